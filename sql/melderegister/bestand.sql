-- The population at the Stichtag: usable rows with the main or only residence, moved in, not moved out, not dead.
-- Grain: one row a person (zeile). An unknown day of a move or death counts with its substitute day.
create or replace temp table bestand as
select g.*
from getippt as g
where
    g.einzelfehler = 0
    and g.zeile not in (select zeile from doppelt)
    and g.wohnungsstatus in ('alleinige', 'haupt')
    and not g.spaeter_geboren
    and (g.einzug_tag is null or g.einzug_tag <= getvariable('stichtag'))
    and (g.auszug_tag is null or g.auszug_tag > getvariable('stichtag'))
    and (g.sterbe_tag is null or g.sterbe_tag > getvariable('stichtag'));
