-- titel: Value enthält Zahlen mit Dezimalpunkt
-- schwere: fehler
-- erwartet: eine Zahl mit Dezimalpunkt, ohne Tausenderzeichen, oder ein leeres Feld
with arten as (
    select
        datei,
        zeile,
        ziffern,
        case
            when wert is not null and ziffern ilike '%e%' then 'exponent'
            when wert is not null and ziffern like '+%' then 'plus'
            when wert is not null then 'gut'
            when regexp_full_match(ziffern, '[+-]?\d+,\d+') then 'komma'
            when regexp_full_match(ziffern, '[+-]?\d{1,3}([.,'' ]\d{3})+([.,]\d+)?') then 'tausender'
            when ziffern in ('-', '–', '—', '.', '...', '…', '/', 'x', 'X', '()', '( )') then 'zeichen'
            else 'text'
        end as art
    from sdg.zeile
    where ziffern <> ''
)

select
    a.datei,
    list(a.zeile order by a.zeile) as zeilen,
    any_value(k.feld) as feld,
    a.art,
    list_sort(list(distinct left(a.ziffern, 40))) as werte,
    case when count(distinct a.ziffern) = 1 then any_value(a.ziffern) end as einziger,
    case when a.art in ('exponent', 'zeichen') then 'warnung' when a.art = 'plus' then 'hinweis' end as schwere
from arten as a
inner join sdg.kopf as k on a.datei = k.datei and k.rolle = 'wert'
where a.art <> 'gut'
group by a.datei, a.art
order by a.datei, a.art
