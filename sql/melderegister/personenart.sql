-- Kinds of persons: who agrees in all that a definition can ask about is of one kind, told by a hash of it.
-- Grain: art (eindeutig: no two kinds share the hash; anything else stops the count). Reads: personenzeile.
create or replace temp table personenart as
with arten as (
    select distinct
        sta_1,
        sta_2,
        sta_3,
        art_dt_sta,
        geburtsstaat,
        zuzug_staat,
        weiblich,
        alter_ab,
        geburtsjahr_ab,
        zuzug_jahr_ab
    from personenzeile
),

mit_art as (
    select
        art_von(
            sta_1, sta_2, sta_3, art_dt_sta, geburtsstaat, zuzug_staat, weiblich, alter_ab, geburtsjahr_ab, zuzug_jahr_ab
        ) as art,
        *
    from arten
)

select
    *,
    count(*) over (partition by art) = 1 as eindeutig
from mit_art;
