-- titel: Personen mit MH bestehen aus Deutschen mit MH und Ausländern
-- asset: marts/migrationshintergrund
-- schwere: fehler
-- erwartet: deutsche_mit_mh ≤ personen_mit_mh ≤ deutsche_mit_mh + auslaender und ≤ einwohner, wo die Zahlen da sind
-- Not every definition counts all foreigners (einwanderungsgeschichte: born in Germany, parents unknown).
select
    kommune,
    concat_ws(', ', stichtag, gebiet, profil, geschlecht, altersgruppe, quelle) as ort,
    einwohner,
    auslaender,
    deutsche_mit_mh,
    personen_mit_mh
from marts.migrationshintergrund
where
    personen_mit_mh > deutsche_mit_mh + auslaender
    or personen_mit_mh < deutsche_mit_mh
    or personen_mit_mh > einwohner
    or auslaender > einwohner
order by all
