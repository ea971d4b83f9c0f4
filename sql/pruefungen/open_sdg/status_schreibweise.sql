-- titel: Statustexte in COMMENT_OBS sind einheitlich geschrieben
-- schwere: warnung
-- erwartet: jeder Statustext im ganzen Ordner in einer Schreibweise
with texte as (
    select kommentar, count(distinct datei) as dateien, count(*) as zeilen
    from sdg.zeile
    where trim(kommentar) <> ''
    group by kommentar
)

select
    z.datei,
    list(z.zeile order by z.zeile) as zeilen,
    any_value(k.feld) as feld,
    'der Statustext »' || a.kommentar || '« ist sonst »' || b.kommentar || '« geschrieben' as was,
    b.kommentar as vorschlag
from texte as a
inner join texte as b
    on (b.zeilen, b.dateien, b.kommentar) > (a.zeilen, a.dateien, a.kommentar) and verschrieben(a.kommentar, b.kommentar)
inner join sdg.zeile as z on a.kommentar = z.kommentar
inner join sdg.kopf as k on z.datei = k.datei and k.rolle = 'kommentar'
group by z.datei, a.kommentar, b.kommentar, b.zeilen
qualify row_number() over (partition by z.datei, a.kommentar order by b.zeilen desc, b.kommentar asc) = 1
order by z.datei, a.kommentar
