-- Nationalities of the municipality at its latest Stichtag, most frequent first; of several sources the register before others.
with gewaehlt as (
    from marts.staatsangehoerigkeit
    where kommune = $kommune and gebiet_id = $ags and geschlecht = 'insgesamt'
    qualify dense_rank() over (order by stichtag desc, quelle <> 'melderegister' asc, quelle asc, lieferung_id asc) = 1
)

select
    *,
    max(personen) filter (where staat = 'insgesamt') over () as einwohner
from gewaehlt
order by staat = 'insgesamt' asc, rang asc nulls last, personen desc nulls last, staat_name collate de asc, staat asc
