-- Cases in the shape of staged persons, so that clues and definitions (merkmale.sql, definitionen/decide.py) are said of them
-- in the same words. Grain: zeile; kinds that are somebody's parent stand beside the cases as rows of their own with
-- negative numbers, odd for the first field and even for the second: two parents of one kind are two persons.
-- Reads: fall, personenart.
create or replace temp view personen as
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
),

zeilen as (
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
    from elternart
)

select
    z.zeile,
    repeat('0', 32) as pseudonym,
    'unbekannt' as gebiet_id,
    case when a.weiblich then 'w' else 'm' end as geschlecht,
    nullif(a.geburtsjahr_ab, -1)::smallint as geburtsjahr,
    nullif(a.alter_ab, -1)::smallint as alter,
    'unbekannt' as altersgruppe,
    schluessel_aus(a.herkunft, 1) as sta_1,
    schluessel_aus(a.herkunft, 1001) as sta_2,
    schluessel_aus(a.herkunft, 1002001) as sta_3,
    a.art_dt_sta::varchar as art_dt_sta,
    schluessel_aus(a.herkunft, 1003003001) as geburtsstaat,
    schluessel_aus(a.herkunft, 1004006004001) as zuzug_staat,
    case when a.zuzug_jahr_ab <> -1 then make_date(a.zuzug_jahr_ab::bigint, 1, 1) end as zuzug_tag,
    0::tinyint as eltern_genannt,
    z.eltern_1_zeile,
    z.eltern_2_zeile,
    z.eltern_1_gleiche_adresse,
    z.eltern_2_gleiche_adresse
from zeilen as z
inner join personenart as a on z.art = a.art;
