-- The door for categories of a definition: small counts and counts that leave only a few others become NULL.
-- Grain: kommune, stichtag, gebiet_id, profil, kategorie, generation, geschlecht. Across rows only the threshold protects.
with zahlen as (
    select
        z.*,
        k.mindestfallzahl,
        k.mindestnenner,
        max(z.personen) filter (where z.kategorie = 'insgesamt' and z.generation = 'insgesamt')
            over (partition by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht) as alle
    from bevoelkerung.mh_kategorie as z
    inner join stamm.kommune as k on z.kommune = k.kommune
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
    g.profil,
    g.kategorie,
    g.generation,
    g.geschlecht,
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
