-- titel: Statustexte in COMMENT_OBS sind einheitlich geschrieben
-- schwere: warnung
-- erwartet: jeder Statustext im ganzen Ordner in einer Schreibweise
with texte as materialized (
    select
        kommentar, count(distinct datei) as dateien, count(*) as zeilen,
        umriss(kommentar) as umriss, length(enge(kommentar)) as laenge
    from sdg.zeile
    where trim(kommentar) <> ''
    group by kommentar
    qualify count(*) over () <= hoechstens()
),

paare as materialized (
    select
        a.kommentar as falsch,
        b.kommentar as richtig,
        b.zeilen,
        (b.zeilen, b.dateien) = (a.zeilen, a.dateien) as offen
    from texte as a
    inner join texte as b
        on
            vergleichbar(a.umriss, a.laenge, b.umriss, b.laenge)
            and (b.zeilen, b.dateien, b.kommentar) > (a.zeilen, a.dateien, a.kommentar)
)

select
    z.datei,
    list(z.zeile order by z.zeile) as zeilen,
    any_value(k.feld) as feld,
    p.falsch,
    p.richtig,
    any_value(p.offen) as offen
from paare as p
inner join sdg.zeile as z on p.falsch = z.kommentar
inner join sdg.kopf as k on z.datei = k.datei and k.rolle = 'kommentar'
where verschrieben(p.falsch, p.richtig)
group by z.datei, p.falsch, p.richtig, p.zeilen
qualify row_number() over (partition by z.datei, p.falsch order by p.zeilen desc, p.richtig asc) = 1
order by z.datei, p.falsch
