-- Inhabitants and foreigners at the Stichtag that a municipality's flows into a Stichtag are counted from.
-- Grain: art, gebiet_id, geschlecht.
with vorher as (
    select distinct c::date as tag
    from bevoelkerung.zelle
    where kommune = $kommune and stichtag = $stichtag and art = 'bewegung'
)

select
    z.art,
    z.gebiet_id,
    z.geschlecht,
    z.personen
from bevoelkerung.zelle as z
inner join vorher as v on z.stichtag = v.tag
where z.kommune = $kommune and z.art in ('einwohner', 'auslaender') and z.altersgruppe = 'insgesamt'
order by all
