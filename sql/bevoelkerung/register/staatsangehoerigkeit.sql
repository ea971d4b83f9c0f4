-- Einwohner nach Staatsangehörigkeit zu jedem erklärten Stichtag, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals by nationality for every declared Stichtag. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, staat, geschlecht. Every nationality found in the municipality, zeros included.
with zellen as (
    select
        w.kommune,
        w.stichtag,
        v.vorfahr as gebiet_id,
        w.geschlecht,
        w.staat,
        w.personen
    from bevoelkerung.staatenwuerfel as w
    inner join stamm.vorfahr as v on w.kommune = v.kommune and w.gebiet_id = v.gebiet_id
    where published_stichtag(w.kommune, w.stichtag)
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
