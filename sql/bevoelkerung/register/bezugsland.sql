-- Personen mit Migrationshintergrund nach Bezugsland, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals of persons with MH by Bezugsland. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, profil, staat, geschlecht. Every Bezugsland found in the municipality.
with zellen as (
    from in_every_gebiet('bevoelkerung.bezugslandwuerfel')
),

summen as (
    select
        kommune,
        stichtag,
        profil,
        gebiet_id,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
        coalesce(staat, 'insgesamt') as staat,
        sum(personen)::bigint as personen
    from zellen
    group by kommune, stichtag, profil, gebiet_id, cube (geschlecht, staat)
),

raster as (
    select
        k.kommune,
        k.stichtag,
        k.profil,
        k.staat,
        g.gebiet_id,
        x.geschlecht
    from (select distinct kommune, stichtag, profil, staat from summen) as k
    inner join stamm.vorfahr as g on k.kommune = g.kommune and g.gebiet_id = g.vorfahr
    cross join stamm.geschlecht as x
    where in_grid('summen', k.kommune, k.stichtag, g.gebiet_id)
)

select
    r.kommune,
    r.stichtag,
    r.gebiet_id,
    r.profil,
    r.staat,
    r.geschlecht,
    coalesce(s.personen, 0) as personen
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.profil = s.profil
        and r.gebiet_id = s.gebiet_id
        and r.staat = s.staat
        and r.geschlecht = s.geschlecht
order by all
