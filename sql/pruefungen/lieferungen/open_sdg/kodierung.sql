-- titel: Alle Datendateien sind gleich kodiert
-- schwere: hinweis
-- erwartet: UTF-8 mit BOM wie die übrigen Dateien des Ordners
-- A missing BOM is told where nearly all sisters have one: at most one file in five, but always a single one.
with anzahl as (
    select
        count(*) filter (where kodierung = 'utf-8-bom') as mit_bom,
        count(*) filter (where kodierung = 'utf-8') as ohne_bom
    from sdg.datei
)

select
    d.datei,
    null as zeilen,
    case when d.kodierung = 'windows-1252' then 'windows_1252' else 'ohne_bom' end as art,
    a.mit_bom,
    case when d.kodierung = 'windows-1252' then 'warnung' end as schwere
from sdg.datei as d
cross join anzahl as a
where
    d.kodierung = 'windows-1252'
    or (d.kodierung = 'utf-8' and d.problem is null and a.mit_bom >= 2 and a.ohne_bom <= greatest(1, a.mit_bom // 4))
order by d.datei
