-- titel: Schlüssel von marts.staatsangehoerigkeit sind eindeutig
-- schwere: fehler
-- erwartet: jede Kombination der Schlüsselspalten genau einmal
select
    kommune,
    concat_ws(', ', stichtag, gebiet_id, staat, geschlecht, quelle) as ort,
    count(*) as zeilen
from marts.staatsangehoerigkeit
group by kommune, stichtag, gebiet_id, staat, geschlecht, quelle
having count(*) > 1
order by all
