-- Einwohner nach Staatsangehörigkeit zu jedem erklärten Stichtag, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals by nationality for every declared Stichtag. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, staat, geschlecht. Every nationality found in the municipality, zeros included.
with zellen as (
    from in_every_gebiet('bevoelkerung.staatenwuerfel')
),

summen as (
    select
        kommune,
        stichtag,
        gebiet_id,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
        coalesce(staat, 'insgesamt') as staat,
        sum(personen)::bigint as personen
    from zellen
    group by kommune, stichtag, gebiet_id, cube (geschlecht, staat)
),

raster as (
    select
        k.kommune,
        k.stichtag,
        k.staat,
        g.gebiet_id,
        x.geschlecht
    from (select distinct kommune, stichtag, staat from summen) as k
    inner join stamm.vorfahr as g on k.kommune = g.kommune and g.gebiet_id = g.vorfahr
    cross join stamm.geschlecht as x
    where in_grid('summen', k.kommune, k.stichtag, g.gebiet_id)
)

select
    r.kommune,
    r.stichtag,
    r.gebiet_id,
    r.staat,
    r.geschlecht,
    coalesce(s.personen, 0) as personen
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.gebiet_id = s.gebiet_id
        and r.staat = s.staat
        and r.geschlecht = s.geschlecht
order by all
