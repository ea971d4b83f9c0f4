-- titel: Keine Angabe steht doppelt
-- schwere: warnung
-- erwartet: jede Kombination von Jahr, Gebiet und Gliederung einmal
with doppelt as (
    select datei, list(zeile order by zeile) as zeilen
    from sdg.zeile
    group by datei, jahr, reihe
    having count(*) > 1 and count(distinct coalesce(wert::varchar, ziffern)) = 1
)

select
    datei,
    list_sort(flatten(list(zeilen))) as zeilen,
    count(*) as anzahl,
    min_by(zeilen, zeilen[1]) as zuerst
from doppelt
group by datei
order by datei
