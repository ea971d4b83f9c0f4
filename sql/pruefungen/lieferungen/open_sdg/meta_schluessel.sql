-- titel: Schlüssel der Metadateien heißen wie in den Schwesterdateien
-- schwere: warnung
-- erwartet: dieselben Schlüssel wie in den übrigen Metadateien
with namen as (
    select schluessel, count(distinct datei) as dateien
    from sdg.meta
    group by schluessel
),

-- Open SDG's own keys count more than any sister.
richtig as (
    select schluessel, dateien + case when ist_metaschluessel(schluessel) then 1000000 else 0 end as dateien
    from namen
    union
    select b.schluessel, coalesce(n.dateien, 0) + 1000000 as dateien
    from sdg.meta_bekannt as b
    left join namen as n on b.schluessel = n.schluessel
)

select
    m.datei,
    [m.zeile] as zeilen,
    m.schluessel,
    b.schluessel as richtig,
    case when b.dateien < 1000000 then b.dateien end as schwestern
from sdg.meta as m
inner join namen as n on m.schluessel = n.schluessel
inner join richtig as b on n.dateien < b.dateien and verschrieben(m.schluessel, b.schluessel)
where
    not ist_metaschluessel(m.schluessel)
    and not exists (select 1 from sdg.meta as m2 where m2.datei = m.datei and m2.schluessel = b.schluessel)
qualify row_number() over (partition by m.datei, m.zeile order by b.dateien desc, b.schluessel asc) = 1
order by m.datei, m.zeile
