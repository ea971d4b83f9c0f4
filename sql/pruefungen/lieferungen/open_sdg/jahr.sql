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
            when z.jahr = '' then 'das Jahr fehlt'
            when regexp_full_match(z.jahr, '\d{2}') then 'das Jahr hat nur zwei Stellen'
            when ist_zeitraum(z.jahr) then 'statt eines Jahres steht ein Zeitraum'
            when z.jahreszahl is null then 'das Jahr ist keine vierstellige Zahl'
            else 'das Jahr liegt nicht zwischen 1950 und heute'
        end as art
    from sdg.zeile as z
    where z.jahreszahl is null or z.jahreszahl not between 1950 and year(current_date)
)

select
    a.datei,
    list(a.zeile order by a.zeile) as zeilen,
    any_value(k.feld) as feld,
    a.art || case
        when min(a.jahr) <> '' then ' (»' || array_to_string(list_sort(list(distinct a.jahr))[:3], '«, »') || '«)' else ''
    end as was,
    case when a.art like '%Zeitraum' then 'hinweis' end as schwere
from arten as a
inner join sdg.kopf as k on a.datei = k.datei and k.rolle = 'jahr'
group by a.datei, a.art
order by a.datei, a.art
