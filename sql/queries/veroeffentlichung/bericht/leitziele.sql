-- Goals and the indicators their concept names for them.
select
    z.*,
    l.text,
    l.handlungsfeld
from dim.leitziel_indikator as z
inner join dim.leitziel as l on z.kommune = l.kommune and z.konzept = l.konzept and z.leitziel = l.leitziel
where z.kommune = $kommune
order by z.konzept, z.leitziel, z.indikator_text
