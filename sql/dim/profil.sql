-- Die Definitionen von Migrationshintergrund. Grain: profil.
with verwendet as (
    select
        v.profil,
        list(v.kommune order by v.kommune) as kommunen
    from (select kommune, unnest(definitionen) as profil from stamm.kommune) as v
    group by v.profil
)

select
    p.profil,
    p.version,
    p.titel,
    p.beschreibung,
    p.herkunft,
    p.naeherung,
    p.rekonstruktion,
    p.regeln,
    coalesce(v.kommunen, []) as kommunen
from stamm.profil as p
left join verwendet as v on p.profil = v.profil
order by p.profil
