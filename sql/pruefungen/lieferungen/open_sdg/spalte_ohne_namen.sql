-- titel: Jede Spalte hat einen Namen
-- schwere: warnung
-- erwartet: ein Name für jede Spalte, kein Komma am Ende der Kopfzeile
select
    datei,
    [1] as zeilen,
    feld
from sdg.kopf
where rolle = 'ohne_namen'
order by datei, feld
