-- titel: Jede Spanne enthält den Anteil, für den sie gilt
-- schwere: fehler
-- erwartet: Grenzen zwischen 0 und 1 um den Anteil, Spanne = obere − untere Grenze; ohne Anteil keine Spanne
with geordnet as (
    select
        *,
        [
            gesamt_unten, gesamt_oben, unentscheidbar_unten, unentscheidbar_oben, definition_unten, definition_oben,
            stichprobe_unten, stichprobe_oben
        ] as grenzen
    from marts.wertespanne
)

select
    kommune,
    concat_ws(', ', stichtag, gebiet, profil, geschlecht, altersgruppe, quelle) as ort,
    anteil, gesamt_unten, gesamt_oben
from geordnet
where
    len(list_filter(grenzen, lambda g: not isfinite(g) or g < 0 or g > 1)) > 0
    or (anteil is null and len(list_filter(grenzen, lambda g: g is not null)) > 0)
    or (anteil is not null and not coalesce(anteil between gesamt_unten and gesamt_oben, false))
    or not coalesce(round(anteil, 9) between round(unentscheidbar_unten, 9) and round(unentscheidbar_oben, 9), true)
    or not coalesce(round(anteil, 9) between round(stichprobe_unten, 9) and round(stichprobe_oben, 9), true)
    -- A lower bound is not compared with the other definitions and may lie below them.
    or (not mindestwert and not coalesce(anteil between definition_unten and definition_oben, true))
    or (anteil is not null and (definition_spanne is null) <> (anzahl_profile < 2))
    or (stichprobe_spanne is not null and stichprobe_art <> 'stichprobe')
    or abs(unentscheidbar_oben - unentscheidbar_unten - unentscheidbar_spanne) > 1e-9
    or abs(definition_oben - definition_unten - definition_spanne) > 1e-9
    or abs(stichprobe_oben - stichprobe_unten - stichprobe_spanne) > 1e-9
order by all
