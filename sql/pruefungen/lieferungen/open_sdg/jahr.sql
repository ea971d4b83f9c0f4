-- titel: Jahre sind vierstellig und möglich
-- schwere: fehler
-- erwartet: ein vierstelliges Jahr von 1950 bis heute
-- Spans and parts of years (school years, terms, quarters, months) are a hint: sites show them, but not as points in time.
with arten as (
    select
        z.datei,
        z.zeile,
        z.jahr,
        case
            when z.jahr = '' then 'fehlt'
            when regexp_full_match(z.jahr, '\d{2}') then 'zweistellig'
            when ist_zeitraum(z.jahr) then 'zeitraum'
            when z.jahreszahl is null then 'keine_zahl'
            else 'unmoeglich'
        end as art
    from sdg.zeile as z
    where z.jahreszahl is null or z.jahreszahl not between 1950 and year(current_date)
)

select
    a.datei,
    list(a.zeile order by a.zeile) as zeilen,
    any_value(k.feld) as feld,
    a.art,
    list_sort(list(distinct a.jahr)) as jahre,
    case when a.art = 'zeitraum' then 'hinweis' end as schwere
from arten as a
inner join sdg.kopf as k on a.datei = k.datei and k.rolle = 'jahr'
group by a.datei, a.art
order by a.datei, a.art
