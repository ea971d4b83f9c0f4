-- Facts of the latest Stichtag, the municipality first. Grain: gebiet_id, merkmal, auspraegung, geschlecht.
select
    *,
    'melderegister' as quelle,
    gebiet_id = $ags as ist_kommune
from marts.registermerkmal
where kommune = $kommune
qualify dense_rank() over (order by stichtag desc) = 1
order by
    not ist_kommune, gebiet collate de, gebiet_id, merkmal, not starts_with(auspraegung, 'vor_'),
    auspraegung in ('unbekannt', 'in_deutschland_geboren'), auspraegung, list_position(['insgesamt', 'w', 'm'], geschlecht)
