-- titel: Gedruckte Anteile folgen aus gedruckten Anzahlen
-- asset: eingang/stadtteiltabelle
-- schwere: fehler
-- erwartet: der Anteil aus den Anzahlen derselben Zeile, einmal gerundet (halbe aufwärts), in der gedruckten Stellenzahl
-- Integer arithmetic from the exact fraction: never a rounding of a rounded number.
with gedruckt as (
    select *, auslaender as zaehler, anteil_auslaender_gedruckt as anteil, 'Ausländer' as was
    from eingang.stadtteiltabelle
    union all by name
    select *, personen_mit_mh as zaehler, anteil_mh_gedruckt as anteil, 'Personen mit Migrationshintergrund' as was
    from eingang.stadtteiltabelle
),

stellen as (
    select
        *,
        case when anteil like '%,%' then len(split_part(anteil, ',', 2)) else 0 end as nachkomma,
        replace(anteil, ',', '')::hugeint as gedruckte_ziffern
    from gedruckt
    where anteil is not null and zaehler is not null and einwohner > 0
),

gerechnet as (
    select
        *,
        (2 * 100 * (10 ** nachkomma)::hugeint * zaehler + einwohner) // (2 * einwohner) as richtige_ziffern
    from stellen
)

select
    kommune,
    stichtag || ', ' || gebiet_text || ', Anteil ' || was || ' (' || fundstelle || '): gedruckt ' || anteil || ' %, aus '
    || zaehler || ' von ' || einwohner || ' folgt '
    || replace(round(richtige_ziffern / 10 ** nachkomma, nachkomma::integer)::varchar, '.', ',') || ' %' as ort,
    gebiet_id,
    datei
from gerechnet
where gedruckte_ziffern <> richtige_ziffern
order by kommune, stichtag, gebiet_id, was
