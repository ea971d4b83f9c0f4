-- titel: Jede Korrektur hat einen früheren Wert, einen anderen neuen und eine spätere Veröffentlichung
-- schwere: fehler
-- erwartet: alt und neu verschieden; Reihenfolge veroeffentlichung_vorher, veroeffentlichung, jetzige; »*« nur bei ganzen Zeilen
with korrekturen as (
    -- 2026-11-20.10 is later than 2026-11-20.9: day and running number are compared apart.
    select
        r.*,
        (split_part(r.veroeffentlichung, '.', 1), coalesce(try_cast(split_part(r.veroeffentlichung, '.', 2) as integer), 1))
            as seit,
        (
            split_part(r.veroeffentlichung_vorher, '.', 1),
            coalesce(try_cast(split_part(r.veroeffentlichung_vorher, '.', 2) as integer), 1)
        ) as davor,
        (split_part(s.veroeffentlichung, '.', 1), coalesce(try_cast(split_part(s.veroeffentlichung, '.', 2) as integer), 1))
            as jetzt
    from protokoll.revision as r
    cross join stamm.veroeffentlichung as s
)

select
    kommune,
    concat_ws(', ', tabelle, schluessel, spalte) as ort,
    alt, neu, veroeffentlichung_vorher, veroeffentlichung
from korrekturen
where
    alt is null
    or alt is not distinct from neu
    or davor >= seit
    or seit > jetzt
    or (spalte = '*') <> (grund = 'entfallen' or neu is not distinct from 'geändert')
order by all
