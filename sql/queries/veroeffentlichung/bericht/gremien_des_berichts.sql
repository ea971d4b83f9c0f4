-- The bodies that a report goes to: those its duty names, else all of the latest concept; no day is known yet.
with juengstes as (
    select konzept
    from dim.konzept
    where kommune = $kommune and konzept in (select konzept from dim.gremium where kommune = $kommune)
    qualify row_number() over (order by gueltig_von desc nulls last, konzept desc) = 1
),

genannt as (
    select unnest(gremien) as name
    from marts.berichtspflicht
    where kommune = $kommune and bericht = $bericht
)

select
    g.gremium,
    g.name,
    null::date as termin,
    null::varchar as behandlung
from dim.gremium as g
where
    g.kommune = $kommune and g.konzept in (from juengstes)
    and (g.name in (from genannt) or not exists (from genannt))
order by g.reihenfolge
