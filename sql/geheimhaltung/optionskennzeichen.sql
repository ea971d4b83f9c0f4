-- The door for what the switched-off option mark would change: of the town as a whole only, hidden where the count is small, or
-- leaves only few of the bearers, of those without MH, or of all.
-- Grain: kommune, stichtag, profil.
with zahlen as (
    select
        w.kommune,
        w.stichtag,
        w.profil,
        w.personen,
        w.traeger,
        m.einwohner,
        m.einwohner - m.personen_mit_mh as ohne_mh,
        k.mindestfallzahl
    from bevoelkerung.optionswuerfel as w
    inner join stamm.kommune as k on w.kommune = k.kommune
    inner join bevoelkerung.migrationshintergrund as m
        on
            w.kommune = m.kommune and w.stichtag = m.stichtag and w.profil = m.profil and k.ags = m.gebiet_id
            and m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt'
),

geheim as (
    select
        *,
        klein(personen, mindestfallzahl)
        or rest_klein(personen, traeger, mindestfallzahl)
        or rest_klein(personen, ohne_mh, mindestfallzahl)
        or rest_klein(personen, einwohner, mindestfallzahl) as verborgen
    from zahlen
)

select
    g.kommune,
    g.stichtag,
    g.profil,
    case when not g.verborgen then g.personen end as personen,
    status_von(g.verborgen, g.einwohner, true) as status,
    hinweise_von(g.verborgen, g.einwohner, true) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by g.kommune, g.stichtag, g.profil
