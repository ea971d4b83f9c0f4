-- Persons whom two definitions judge differently, by the pair of rules that decided.
select
    gebiet_id,
    profil_a,
    profil_b,
    regel_a,
    regel_b,
    personen
from bevoelkerung.definitionsvergleich
where kommune = $kommune and stichtag = $stichtag and regel_a <> 'insgesamt'
order by all
