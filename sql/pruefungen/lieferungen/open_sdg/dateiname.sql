-- titel: In data/ liegen nur Indikatordateien
-- schwere: warnung
-- erwartet: in data/ nur Dateien mit Namen wie indicator_1-2-5.csv
select
    datei,
    null as zeilen,
    'die Datei gehört nach ihrem Namen nicht in data/ und wurde nicht gelesen' as was,
    case when datei ilike '%.csv' then 'umbenennen, löschen oder in einen anderen Ordner legen' end as vorschlag,
    case when datei not ilike '%.csv' then 'hinweis' end as schwere
from sdg.fremd
order by datei
