-- All rows of the view of places beside each other, by the order of the catalogue.
select
    o.*,
    i.nummer
from marts.ort_neben_ort as o
inner join dim.indikator as i on o.indikator = i.indikator
order by i.nummer, o.indikator, o.gruppe, o.geschlecht, o.gebiet, o.gebiet_id
