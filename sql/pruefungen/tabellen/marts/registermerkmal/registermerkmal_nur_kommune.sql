-- titel: Merkmale des Registers stehen nur für die ganze Kommune da
-- schwere: fehler
-- erwartet: kein Gebiet: neben den Kategorien einer Definition verriete ein Merkmal dort Einzelne
select
    m.kommune,
    concat_ws(', ', m.stichtag, m.gebiet_id, m.merkmal, m.auspraegung, m.geschlecht) as ort
from marts.registermerkmal as m
inner join stamm.kommune as k on m.kommune = k.kommune
where m.gebiet_id <> k.ags
