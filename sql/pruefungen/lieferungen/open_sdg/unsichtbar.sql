-- titel: Kein Text enthält unsichtbare Zeichen
-- schwere: warnung
-- erwartet: nur Zeichen, die man sieht; bitte das Wort neu eintippen
-- All other checks compare the text without them: nobody can follow a hint to write a word as it looks already.
select
    datei,
    list(zeile order by zeile) as zeilen,
    any_value(feld) as feld,
    text,
    wo
from sdg.unsichtbar
group by datei, wo, text
order by datei, zeilen
