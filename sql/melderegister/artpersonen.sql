-- Kinds in the shape of staged persons, so that clues (merkmale.sql) are said of them in the same words: once for each kind,
-- however many cases it is in. Grain: zeile (the kind's art). Reads: personenart.
create or replace temp view personen as
select
    art as zeile,
    repeat('0', 32) as pseudonym,
    'unbekannt' as gebiet_id,
    case when weiblich then 'w' else 'm' end as geschlecht,
    nullif(geburtsjahr_ab, -1)::smallint as geburtsjahr,
    nullif(alter_ab, -1)::smallint as alter,
    'unbekannt' as altersgruppe,
    sta_1,
    sta_2,
    sta_3,
    art_dt_sta,
    geburtsstaat,
    zuzug_staat,
    case when zuzug_jahr_ab <> -1 then make_date(zuzug_jahr_ab::bigint, 1, 1) end as zuzug_tag,
    0::tinyint as eltern_genannt,
    null::bigint as eltern_1_zeile,
    null::bigint as eltern_2_zeile,
    null::boolean as eltern_1_gleiche_adresse,
    null::boolean as eltern_2_gleiche_adresse
from personenart;
