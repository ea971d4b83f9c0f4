-- titel: Ausländer und Deutsche mit MH ergeben die Personen mit MH
-- asset: marts/migrationshintergrund
-- schwere: fehler
-- erwartet: auslaender + deutsche_mit_mh = personen_mit_mh ≤ einwohner, wo die Zahlen veröffentlicht sind
select
    kommune,
    concat_ws(', ', stichtag, gebiet, profil, geschlecht, altersgruppe, quelle) as ort,
    einwohner,
    auslaender,
    deutsche_mit_mh,
    personen_mit_mh
from marts.migrationshintergrund
where
    auslaender + deutsche_mit_mh <> personen_mit_mh
    or personen_mit_mh > einwohner
    or auslaender > einwohner
order by all
