-- titel: Kein Feld reicht über mehrere Zeilen
-- schwere: fehler
-- erwartet: jeder Satz auf einer eigenen Zeile, Anführungszeichen immer paarweise
select
    datei,
    [zeile] as zeilen,
    bis
from sdg.umbruch
where bis > zeile
order by datei, zeile
