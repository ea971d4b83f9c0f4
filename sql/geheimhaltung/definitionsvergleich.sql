-- The door for the comparison of definitions: small counts become NULL.
-- Grain: kommune, stichtag, gebiet_id, profil_a, profil_b, regel_a, regel_b. Across rows only the threshold protects.
with zahlen as (
    select
        v.*,
        k.mindestfallzahl,
        k.mindestnenner,
        m.einwohner as alle
    from bevoelkerung.definitionsvergleich as v
    inner join stamm.kommune as k on v.kommune = k.kommune
    inner join bevoelkerung.migrationshintergrund as m
        on
            v.kommune = m.kommune
            and v.stichtag = m.stichtag
            and v.gebiet_id = m.gebiet_id
            and v.profil_a = m.profil
            and m.geschlecht = 'insgesamt'
            and m.altersgruppe = 'insgesamt'
),

geheim as (
    select
        *,
        klein(personen, mindestfallzahl)
        or klein(alle, mindestfallzahl)
        or rest_klein(personen, alle, mindestfallzahl) as geheim,
        coalesce(alle >= greatest(mindestnenner, 1), false) as nenner_reicht
    from zahlen
)

select
    g.kommune,
    g.stichtag,
    g.gebiet_id,
    g.profil_a,
    g.profil_b,
    g.regel_a,
    g.regel_b,
    g.ergebnis_a,
    g.ergebnis_b,
    case when not g.geheim then g.personen end as personen,
    case when not g.geheim and g.nenner_reicht then g.personen / nullif(g.alle, 0) end as anteil,
    status_von(g.geheim, g.alle, g.nenner_reicht) as status,
    hinweise_von(g.geheim, g.alle, g.nenner_reicht) as hinweise,
    l.datenstand,
    l.lieferung_id,
    null::varchar as fundstelle
from geheim as g
inner join geheimhaltung.bestand as l on g.kommune = l.kommune and g.stichtag = l.stichtag
order by all
