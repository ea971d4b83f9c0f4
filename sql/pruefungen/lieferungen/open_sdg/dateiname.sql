-- titel: In data/ liegen nur Indikatordateien
-- schwere: warnung
-- erwartet: in data/ nur Dateien mit Namen wie indicator_1-2-5.csv
select
    datei,
    null as zeilen,
    datei ilike '%.csv' as ist_csv,
    case when datei not ilike '%.csv' then 'hinweis' end as schwere
from sdg.fremd
order by datei
