-- Die Kommunen dieses Datenordners mit ihren Schutzregeln. Grain: kommune.
select
    kommune,
    name,
    ags,
    land,
    mindestfallzahl,
    mindestnenner,
    begruendung
from stamm.kommune
order by kommune
