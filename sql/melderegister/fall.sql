-- Cases: a kind of person, alone or with the kinds of the parents found. Each is decided once, whoever it is true of.
-- Grain: fall (zeile: its number). Reads: personenart, kindzeile.
create or replace temp table fall as
with faelle as (
    select
        art as fall,
        art,
        null::ubigint as eltern_1_art,
        null::ubigint as eltern_2_art,
        null::boolean as eltern_1_gleiche_adresse,
        null::boolean as eltern_2_gleiche_adresse
    from personenart
    union all
    select distinct
        fall,
        art,
        eltern_1_art,
        eltern_2_art,
        eltern_1_gleiche_adresse,
        eltern_2_gleiche_adresse
    from kindzeile
)

select
    row_number() over () as zeile,
    *
from faelle;
