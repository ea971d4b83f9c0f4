-- titel: Schlüssel der Metadateien heißen wie in den Schwesterdateien
-- schwere: warnung
-- erwartet: dieselben Schlüssel wie in den übrigen Metadateien
-- Only keys that nobody knows are compared, by numbers first and by letters where these are all but the same.
with namen as (
    select
        schluessel,
        count(distinct datei) as dateien,
        umriss(schluessel) as umriss,
        length(enge(schluessel)) as laenge,
        ist_metaschluessel(schluessel) as bekannt
    from sdg.meta
    group by schluessel
),

-- Open SDG's own keys count more than any sister.
richtig as (
    select schluessel, dateien + case when bekannt then 1000000 else 0 end as dateien, umriss, laenge
    from namen
    union
    select
        b.schluessel,
        coalesce(n.dateien, 0) + 1000000 as dateien,
        umriss(b.schluessel) as umriss,
        length(enge(b.schluessel)) as laenge
    from sdg.meta_bekannt as b
    left join namen as n on b.schluessel = n.schluessel
),

paare as materialized (
    select a.schluessel as falsch, b.schluessel as richtig, b.dateien
    from namen as a
    inner join richtig as b on a.dateien < b.dateien and vergleichbar(a.umriss, a.laenge, b.umriss, b.laenge)
    where not a.bekannt
)

select
    m.datei,
    [m.zeile] as zeilen,
    m.schluessel,
    p.richtig,
    case when p.dateien < 1000000 then p.dateien end as schwestern
from sdg.meta as m
inner join paare as p on m.schluessel = p.falsch
where
    verschrieben(p.falsch, p.richtig)
    and not exists (select 1 from sdg.meta as m2 where m2.datei = m.datei and m2.schluessel = p.richtig)
qualify row_number() over (partition by m.datei, m.zeile order by p.dateien desc, p.richtig asc) = 1
order by m.datei, m.zeile
