-- Flows into every Stichtag, the municipality first. Grain: gebiet_id, stichtag, bewegung, gruppe, geschlecht.
select
    *,
    'melderegister' as quelle,
    gebiet_id = $ags as ist_kommune
from marts.bewegung
where kommune = $kommune
order by
    not ist_kommune, gebiet collate de, gebiet_id, stichtag, bewegung, gruppe = 'auslaender',
    list_position(['insgesamt', 'w', 'm'], geschlecht)
