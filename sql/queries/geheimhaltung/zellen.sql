-- All cells of a municipality at a Stichtag.
select
    art,
    profil,
    gebiet_id,
    geschlecht,
    altersgruppe,
    a,
    b,
    c,
    personen
from bevoelkerung.zelle
where kommune = $kommune and stichtag = $stichtag
order by all
