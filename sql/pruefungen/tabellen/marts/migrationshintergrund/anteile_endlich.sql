-- titel: Anteile sind endlich und liegen zwischen 0 und 1
-- schwere: fehler
-- erwartet: 0 ≤ Anteil ≤ 1, Mindestwert ≤ Anteil ≤ Höchstwert, Lokationsquotient endlich und nicht negativ
select
    kommune,
    concat_ws(', ', stichtag, gebiet, profil, geschlecht, altersgruppe, quelle) as ort,
    anteil_auslaender,
    anteil_mh,
    anteil_mh_min,
    anteil_mh_max,
    lokationsquotient_mh
from marts.migrationshintergrund
where
    not coalesce(isfinite(anteil_auslaender) and anteil_auslaender between 0 and 1, true)
    or not coalesce(isfinite(anteil_mh) and anteil_mh between 0 and 1, true)
    or not coalesce(anteil_mh between anteil_mh_min and anteil_mh_max, true)
    or not coalesce(isfinite(anteil_mh_max) and anteil_mh_max <= 1, true)
    or not coalesce(isfinite(lokationsquotient_mh) and lokationsquotient_mh >= 0, true)
order by all
