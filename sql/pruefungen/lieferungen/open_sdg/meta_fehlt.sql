-- titel: Jede Datendatei hat eine Metadatei
-- schwere: warnung
-- erwartet: zu jeder Datei in data/ eine gleich nummerierte in meta/
select
    d.datei,
    null as zeilen,
    d.nummer
from sdg.datei as d
anti join sdg.metadatei as m on d.nummer = m.nummer
order by d.datei
