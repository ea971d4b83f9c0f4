-- Inhabitants of the areas by age and sex at the latest Stichtag of the register. Grain: gebiet_id, altersgruppe, geschlecht.
select *
from marts.migrationshintergrund
where
    kommune = $kommune
    and gebiet_id <> $ags
    and profil = $profil
    and quelle = 'melderegister'
    and geschlecht in ('w', 'm')
    and altersgruppe not in ('insgesamt', 'unbekannt')
qualify dense_rank() over (order by stichtag desc) = 1
order by gebiet_id, altersgruppe, geschlecht
