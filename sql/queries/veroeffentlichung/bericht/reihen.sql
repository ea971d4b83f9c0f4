-- Figures of the municipality as a whole, all definitions and sources.
select *
from marts.migrationshintergrund
where kommune = $kommune and gebiet_id = $ags and geschlecht = 'insgesamt' and altersgruppe = 'insgesamt'
order by stichtag, quelle
