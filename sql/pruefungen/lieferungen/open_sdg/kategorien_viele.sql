-- titel: Spalten haben nicht zu viele verschiedene Wörter
-- schwere: hinweis
-- erwartet: Kategorien und Statustexte, die sich wiederholen
-- Above this number every word would have to be compared with every other for hours; such a column holds no categories.
with worte as (
    select spalte, wert, datei
    from sdg.merkmal
    where trim(wert) <> ''
    union all
    select k.spalte, z.kommentar as wert, z.datei
    from sdg.zeile as z
    inner join sdg.kopf as k on z.datei = k.datei and k.rolle = 'kommentar'
    where trim(z.kommentar) <> ''
)

select
    min(datei) as datei,
    []::integer[] as zeilen,
    spalte,
    count(distinct wert) as worte,
    hoechstens() as hoechstens
from worte
group by spalte
having count(distinct wert) > hoechstens()
order by spalte
