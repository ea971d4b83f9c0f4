-- Areas of a municipality that had fewer inhabitants at any of its Stichtage than it takes to be told by sex and age together.
-- Grain: gebiet_id.
select z.gebiet_id
from bevoelkerung.zelle as z
inner join stamm.kommune as k on z.kommune = k.kommune
inner join stamm.umfang as u on z.kommune = u.kommune
where
    z.kommune = $kommune and z.art = 'einwohner' and z.gebiet_id <> k.ags and z.geschlecht = 'insgesamt'
    and z.altersgruppe = 'insgesamt'
group by z.gebiet_id
having min(z.personen) < max(coalesce(u.kleine_gebiete_unter, 0))
order by z.gebiet_id
