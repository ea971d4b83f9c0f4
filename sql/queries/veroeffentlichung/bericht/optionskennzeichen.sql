-- What switching the option mark off changes, at the latest Stichtag of each definition. Grain: profil.
select
    profil,
    stichtag,
    personen,
    beispieldaten
from marts.optionskennzeichen
where kommune = $kommune
qualify stichtag = max(stichtag) over (partition by profil)
order by profil
