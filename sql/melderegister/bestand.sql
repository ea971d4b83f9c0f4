-- The population at the Stichtag. Grain: one row a person (zeile). Reads: getippt.
create or replace temp view bestand as
select *
from getippt
where im_bestand
