-- Die Kommunen dieses Datenordners mit ihren Schutzregeln. Grain: kommune.
select
    k.kommune,
    k.name,
    k.ags,
    k.land,
    k.mindestfallzahl,
    k.mindestnenner,
    u.mindestzeile,
    k.mindestwert_ab,
    k.begruendung,
    k.verfahren,
    k.hoechstfehler,
    k.verfahren_text
from stamm.kommune as k
inner join stamm.umfang as u on k.kommune = u.kommune
order by k.kommune
