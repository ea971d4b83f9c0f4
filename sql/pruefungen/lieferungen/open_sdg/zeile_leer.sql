-- titel: Keine Zeile besteht nur aus Trennzeichen
-- schwere: hinweis
-- erwartet: keine leeren Zeilen
select
    datei,
    list(zeile order by zeile) as zeilen
from sdg.umbruch
where leer
group by datei
order by datei
