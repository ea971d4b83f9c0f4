-- titel: Jede Metadatei hat eine Datendatei
-- schwere: hinweis
-- erwartet: zu jeder Datei in meta/ eine gleich nummerierte in data/
select
    m.datei,
    null as zeilen,
    m.nummer
from sdg.metadatei as m
anti join sdg.datei as d on m.nummer = d.nummer
order by m.datei
