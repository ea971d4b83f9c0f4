-- Moves after the data state, and the last day up to the Stichtag on which anything happened. One row.
with tage as (
    select
        *,
        greatest(geburtstag, einzug_tag, zuzug_tag) as tag
    from getippt
    where einzelfehler = 0
)

select
    count(*) filter (where greatest(einzug_tag, zuzug_tag) > $stand) as spaeter,
    max(tag) filter (where tag <= $stichtag) as letzter
from tage
