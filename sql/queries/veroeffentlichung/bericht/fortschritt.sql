-- Progress of the fields of each concept at its latest state.
select
    m.*,
    coalesce(h.name, m.name) as feldname
from marts.handlungsfeld_fortschritt as m
left join dim.handlungsfeld as h
    on m.kommune = h.kommune and m.konzept = h.konzept and m.handlungsfeld = h.handlungsfeld
where m.kommune = $kommune
qualify m.stand = max(m.stand) over (partition by m.konzept)
order by h.reihenfolge nulls last
