-- titel: Merkmale des Registers stehen nur für die ganze Kommune da
-- schwere: fehler
-- erwartet: kein Gebiet: neben den Kategorien einer Definition verriete ein Merkmal dort Einzelne
select
    kommune,
    concat_ws(', ', stichtag, gebiet_id, merkmal, auspraegung, geschlecht) as ort
from below_the_kommune('marts.registermerkmal')
