-- titel: Bewegungen stehen nur für die ganze Kommune da
-- schwere: fehler
-- erwartet: kein Gebiet: aus seinen beiden Beständen folgte fast jede geschützte Bewegung
select
    m.kommune,
    concat_ws(', ', m.stichtag, m.gebiet_id, m.bewegung, m.gruppe, m.geschlecht) as ort
from marts.bewegung as m
inner join stamm.kommune as k on m.kommune = k.kommune
where m.gebiet_id <> k.ags
