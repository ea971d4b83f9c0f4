-- Die Kommunen dieses Datenordners mit ihren Schutzregeln. Grain: kommune.
select
    kommune,
    name,
    ags,
    land,
    mindestfallzahl,
    mindestnenner,
    mindestwert_ab,
    begruendung
from stamm.kommune
order by kommune
