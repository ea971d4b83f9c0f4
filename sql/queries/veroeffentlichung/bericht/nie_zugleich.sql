-- Whether the register is told by area, by sex and by age, and nowhere by two of these at once. Grain: one row.
with zeilen as (
    select
        gebiet_id <> $ags as ist_gebiet,
        geschlecht <> 'insgesamt' as ist_geschlecht,
        altersgruppe <> 'insgesamt' as ist_alter
    from marts.migrationshintergrund
    where kommune = $kommune and quelle = 'melderegister' and ist_hauptdefinition
)

select
    count_if(ist_gebiet) > 0 and count_if(ist_geschlecht) > 0 and count_if(ist_alter) > 0
    and count_if(ist_gebiet::integer + ist_geschlecht::integer + ist_alter::integer > 1) = 0 as nie_zugleich
from zeilen
