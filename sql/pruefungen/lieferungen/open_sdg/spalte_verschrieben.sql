-- titel: Spalten heißen wie in den Schwesterdateien
-- schwere: warnung
-- erwartet: dieselben Spaltennamen wie in den übrigen Dateien
-- Open SDG's own names count as known. A name is doubted where more files have one that is all but the same and this file
-- does not have that one as well.
with namen as (
    select spalte, count(distinct datei) as dateien
    from sdg.kopf
    where spalte <> ''
    group by spalte
),

bekannt as (
    select spalte, dateien
    from namen
    where spalte not in ('Year', 'GeoCode', 'Units', 'COMMENT_OBS', 'Value')
    union all
    select o.spalte, 1000000 as dateien
    from (values ('Year'), ('GeoCode'), ('Units'), ('COMMENT_OBS'), ('Value')) as o (spalte)
)

select
    k.datei,
    [1] as zeilen,
    k.feld,
    k.spalte,
    b.spalte as richtig,
    case when b.dateien < 1000000 then b.dateien end as schwestern
from sdg.kopf as k
inner join namen as n on k.spalte = n.spalte
inner join bekannt as b on n.dateien < b.dateien and verschrieben(k.spalte, b.spalte)
where
    not exists (select 1 from sdg.kopf as k2 where k2.datei = k.datei and k2.spalte = b.spalte)
    -- Without Year or Value the file is refused anyway.
    and (k.rolle <> 'merkmal' or b.spalte not in ('Year', 'Value'))
qualify row_number() over (partition by k.datei, k.feld order by b.dateien desc, b.spalte asc) = 1
order by k.datei, k.feld
