-- The bodies that deal with a paper that is published, in their order.
select
    gremium,
    gremium_name as name,
    termin,
    behandlung
from marts.beratungsfolge
where kommune = $kommune and vorlage_nr = $nummer
order by reihenfolge
