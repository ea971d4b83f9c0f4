-- titel: Schlüssel der Metadateien heißen wie in den Schwesterdateien
-- schwere: warnung
-- erwartet: dieselben Schlüssel wie in den übrigen Metadateien
with namen as (
    select schluessel, count(distinct datei) as dateien
    from sdg.meta
    group by schluessel
)

select
    m.datei,
    [m.zeile] as zeilen,
    'der Schlüssel »' || m.schluessel || '« heißt in ' || b.dateien || ' Schwesterdateien »' || b.schluessel
    || '«; die Angabe bleibt ohne Wirkung' as was,
    b.schluessel as vorschlag
from sdg.meta as m
inner join namen as n on m.schluessel = n.schluessel
inner join namen as b on n.dateien < b.dateien and verschrieben(m.schluessel, b.schluessel)
where not exists (select 1 from sdg.meta as m2 where m2.datei = m.datei and m2.schluessel = b.schluessel)
qualify row_number() over (partition by m.datei, m.zeile order by b.dateien desc, b.schluessel asc) = 1
order by m.datei, m.zeile
