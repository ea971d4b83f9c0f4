-- titel: Kein Spaltenname steht zweimal
-- schwere: fehler
-- erwartet: jeder Spaltenname einmal
select
    datei,
    [1] as zeilen,
    max(feld) as feld,
    any_value(spalte) as spalte,
    count(*) as mal
from sdg.kopf
where spalte <> ''
group by datei, lower(spalte)
having count(*) > 1
order by datei, feld
