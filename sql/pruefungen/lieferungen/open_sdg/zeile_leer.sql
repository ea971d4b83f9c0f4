-- titel: Keine Zeile besteht nur aus Trennzeichen
-- schwere: hinweis
-- erwartet: keine leeren Zeilen
select
    datei,
    list(zeile order by zeile) as zeilen,
    'die Zeile enthält nur Trennzeichen' as was,
    'Zeile löschen' as vorschlag
from sdg.umbruch
where leer
group by datei
order by datei
