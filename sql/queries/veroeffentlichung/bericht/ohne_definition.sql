-- Days of the whole municipality without a definition that name inhabitants or foreigners, or say why they do not.
select *
from marts.migrationshintergrund
where
    kommune = $kommune and gebiet_id = $ags and profil = '-' and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
    and (coalesce(einwohner, auslaender, anteil_auslaender) is not null or list_contains($geheim, status))
order by stichtag, quelle
