-- How many lines an extract has, and a sum that is the same whatever their order: every value of a line goes into it. One row.
select
    count(*) as zeilen,
    coalesce(sum(hash(
        pid_hash, hauptwohnung, geschlecht::varchar, sta_1::varchar, sta_2::varchar, sta_3::varchar, art_dt_sta::varchar,
        geburtsstaat::varchar, ort_ohne_staat, zuzug_staat::varchar, geburtstag, zuzug_tag, einzug_tag, auszug_tag, sterbe_tag,
        eltern_1_hash, eltern_2_hash, adresse_hash, gebiet_id::varchar, einzelfehler
    )::hugeint), 0) as summe
from getippt
