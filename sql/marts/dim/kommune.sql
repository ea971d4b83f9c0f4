-- Die Kommunen dieses Datenordners mit ihren Schutzregeln. Grain: kommune.
select
    kommune,
    name,
    ags,
    land,
    mindestfallzahl,
    mindestnenner,
    mindestwert_ab,
    begruendung,
    verfahren,
    hoechstfehler,
    verfahren_text
from stamm.kommune
order by kommune
