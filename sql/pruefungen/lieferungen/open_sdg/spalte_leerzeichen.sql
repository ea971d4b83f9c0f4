-- titel: Spaltennamen haben keine Leerzeichen zu viel
-- schwere: warnung
-- erwartet: der Spaltenname ohne Leerzeichen am Rand und ohne doppelte
-- Open SDG compares its own names sign by sign: »Year « is no year.
select
    datei,
    [1] as zeilen,
    feld,
    roh,
    spalte,
    rolle in ('jahr', 'wert', 'geocode', 'einheit') as unerkannt,
    case when rolle in ('jahr', 'wert') then 'fehler' end as schwere
from sdg.kopf
where roh <> spalte and spalte <> ''
order by datei, feld
