-- Delivered figures of a municipality as they were printed, source by source, in the order they are told.
select *
from marts.tabellenwert
where kommune = $kommune and not umgerechnet
order by
    herkunft collate de asc, quelle_id asc, stichtag desc, merkmal_titel collate de asc, gebiet collate de asc,
    gruppe <> 'insgesamt' asc, gruppe collate de asc, altersgruppe asc, wert desc nulls last
