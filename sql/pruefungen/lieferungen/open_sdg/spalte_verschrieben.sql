-- titel: Spalten heißen wie in den Schwesterdateien
-- schwere: warnung
-- erwartet: dieselben Spaltennamen wie in den übrigen Dateien
-- Open SDG's own names count as known. A name is doubted where more files have one that is all but the same and this file
-- does not have that one as well.
with namen as (
    select spalte, count(distinct datei) as dateien, umriss(spalte) as umriss, length(enge(spalte)) as laenge
    from sdg.kopf
    where spalte <> ''
    group by spalte
),

bekannt as (
    select spalte, dateien, umriss, laenge
    from namen
    where spalte not in ('Year', 'GeoCode', 'Units', 'COMMENT_OBS', 'Value')
    union all
    select o.spalte, 1000000 as dateien, umriss(o.spalte) as umriss, length(enge(o.spalte)) as laenge
    from (values ('Year'), ('GeoCode'), ('Units'), ('COMMENT_OBS'), ('Value')) as o (spalte)
),

paare as materialized (
    select a.spalte as falsch, b.spalte as richtig, b.dateien
    from namen as a
    inner join bekannt as b on a.dateien < b.dateien and vergleichbar(a.umriss, a.laenge, b.umriss, b.laenge)
)

select
    k.datei,
    [1] as zeilen,
    k.feld,
    k.spalte,
    p.richtig,
    case when p.dateien < 1000000 then p.dateien end as schwestern
from sdg.kopf as k
inner join paare as p on k.spalte = p.falsch
where
    verschrieben(p.falsch, p.richtig)
    and not exists (select 1 from sdg.kopf as k2 where k2.datei = k.datei and k2.spalte = p.richtig)
    -- Without Year or Value the file is refused anyway.
    and (k.rolle <> 'merkmal' or p.richtig not in ('Year', 'Value'))
qualify row_number() over (partition by k.datei, k.feld order by p.dateien desc, p.richtig asc) = 1
order by k.datei, k.feld
