-- titel: Schlüssel von marts.migrationshintergrund sind eindeutig
-- schwere: fehler
-- erwartet: jede Kombination der Schlüsselspalten genau einmal
select
    kommune,
    concat_ws(', ', stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle) as ort,
    count(*) as zeilen
from marts.migrationshintergrund
group by kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle
having count(*) > 1
order by all
