-- titel: Keine Angabe steht mit verschiedenen Werten da
-- schwere: fehler
-- erwartet: jede Kombination von Jahr, Gebiet und Gliederung mit einem Wert
select
    z.datei,
    list(z.zeile order by z.zeile) as zeilen,
    any_value(k.feld) as feld,
    z.jahr,
    woertlich(any_value(z.gebiet), any_value(z.merkmale)) as wovon,
    list(z.ziffern order by z.zeile) as werte,
    1 as anzahl
from sdg.zeile as z
inner join sdg.kopf as k on z.datei = k.datei and k.rolle = 'wert'
group by z.datei, z.jahr, z.reihe
having count(distinct coalesce(z.wert::varchar, z.ziffern)) > 1
order by z.datei, zeilen
