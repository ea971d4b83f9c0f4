-- titel: Bewegungen stehen nur für die ganze Kommune da
-- schwere: fehler
-- erwartet: kein Gebiet: aus seinen beiden Beständen folgte fast jede geschützte Bewegung
select
    kommune,
    concat_ws(', ', stichtag, gebiet_id, bewegung, gruppe, geschlecht) as ort
from below_the_kommune('marts.bewegung')
