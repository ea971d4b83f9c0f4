-- titel: Jede fehlende Zahl hat einen Grund
-- asset: marts/migrationshintergrund
-- schwere: fehler
-- erwartet: fehlt personen_mit_mh oder anteil_mh, ist status nicht ok; fehlt irgendeine Zahl, nennt hinweise einen Code
select
    kommune,
    concat_ws(', ', stichtag, gebiet, profil, geschlecht, altersgruppe, quelle) as ort,
    status,
    hinweise
from marts.migrationshintergrund
where
    ((personen_mit_mh is null or anteil_mh is null) and status = 'ok')
    or (
        (
            einwohner is null or auslaender is null or deutsche_mit_mh is null or unentscheidbar is null
            or anteil_auslaender is null or anteil_mh_max is null or lokationsquotient_mh is null
        )
        and len(hinweise) = 0
    )
order by all
