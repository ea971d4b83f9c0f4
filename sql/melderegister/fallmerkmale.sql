-- The clues of every case: those of its kind, with its parents. Definitions (definitionen/decide.py) read it in place of persons.
-- Grain: zeile; kinds that are somebody's parent stand beside the cases as rows of their own with
-- negative numbers, odd for the first field and even for the second: two parents of one kind are two persons.
-- Reads: fall, merkmale (of kinds, zeile is the art).
alter table merkmale rename to artmerkmale;
create or replace temp table fallzeile as
with elternart as (
    select
        art,
        -2 * row_number() over () as nummer
    from (
        select eltern_1_art as art
        from fall
        union
        select eltern_2_art as art
        from fall
    ) as eltern
    where art is not null
)

select
    f.zeile,
    f.art,
    e1.nummer + 1 as eltern_1_zeile,
    e2.nummer as eltern_2_zeile,
    f.eltern_1_gleiche_adresse,
    f.eltern_2_gleiche_adresse
from fall as f
left join elternart as e1 on f.eltern_1_art = e1.art
left join elternart as e2 on f.eltern_2_art = e2.art
union all by name
select
    unnest([nummer + 1, nummer]) as zeile,
    art
from elternart;
create or replace temp view merkmale as
select
    f.*,
    a.* exclude (zeile, eltern_1_zeile, eltern_2_zeile, eltern_1_gleiche_adresse, eltern_2_gleiche_adresse)
from fallzeile as f
inner join artmerkmale as a on f.art = a.zeile;
