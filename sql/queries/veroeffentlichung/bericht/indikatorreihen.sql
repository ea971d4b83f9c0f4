-- All series of the municipality as a whole, in the order of the catalogue.
select
    z.*,
    i.nummer,
    i.prozess,
    i.herleitung
from marts.indikator_zeitreihe as z
inner join dim.indikator as i on z.indikator = i.indikator
where z.kommune = $kommune and z.gebiet_id = $ags
order by i.nummer, z.zeitraum
