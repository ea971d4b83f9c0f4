-- titel: Jede Datendatei ist lesbar
-- schwere: fehler
-- erwartet: eine Textdatei in UTF-8 mit Komma als Trennzeichen
select
    datei,
    case when zeile is null then [] else [zeile] end as zeilen,
    problem
from sdg.datei
where problem is not null
order by datei
