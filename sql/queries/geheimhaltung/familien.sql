-- Every municipality and Stichtag that has cells, with what decides on them. Grain: kommune, stichtag.
with orte as (
    select distinct
        kommune,
        stichtag
    from bevoelkerung.zelle
)

select
    z.kommune,
    z.stichtag,
    k.ags,
    k.mindestfallzahl,
    u.hauptprofil,
    u.mindestzeile
from orte as z
inner join stamm.kommune as k on z.kommune = k.kommune
inner join stamm.umfang as u on z.kommune = u.kommune
order by z.kommune, z.stichtag
