-- titel: Kein Spaltenname steht zweimal
-- schwere: fehler
-- erwartet: jeder Spaltenname einmal
select
    datei,
    [1] as zeilen,
    max(feld) as feld,
    'der Spaltenname »' || any_value(spalte) || '« steht ' || count(*) || '-mal in der Kopfzeile' as was
from sdg.kopf
where spalte <> ''
group by datei, lower(spalte)
having count(*) > 1
order by datei, feld
