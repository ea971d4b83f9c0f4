-- Measures at their latest state, with the names of their field and goal. Grain: konzept, massnahme_nr.
select
    m.*,
    h.name as feldname,
    h.reihenfolge,
    l.text as zieltext
from marts.massnahme as m
left join dim.handlungsfeld as h
    on m.kommune = h.kommune and m.konzept = h.konzept and m.handlungsfeld = h.handlungsfeld
left join dim.leitziel as l on m.kommune = l.kommune and m.konzept = l.konzept and m.leitziel = l.leitziel
where m.kommune = $kommune and m.stand_letzter
order by m.konzept, h.reihenfolge nulls last, m.massnahme_nr
