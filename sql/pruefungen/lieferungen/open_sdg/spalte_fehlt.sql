-- titel: Jede Datendatei hat Year und Value
-- schwere: fehler
-- erwartet: die Spalten Year und Value
with verlangt as (
    select d.datei, p.spalte, p.rolle
    from sdg.datei as d
    cross join (values ('Year', 'jahr'), ('Value', 'wert')) as p (spalte, rolle)
    where d.problem is null
)

select
    v.datei,
    [1] as zeilen,
    'die Spalte »' || v.spalte || '« fehlt; die Zeilen der Datei wurden nicht geprüft' as was,
    (
        select '»' || k.spalte || '« in »' || v.spalte || '« ändern'
        from sdg.kopf as k
        where k.datei = v.datei and k.rolle = 'merkmal' and damerau_levenshtein(lower(k.spalte), lower(v.spalte)) <= 2
        order by damerau_levenshtein(lower(k.spalte), lower(v.spalte)), k.feld
        limit 1
    ) as vorschlag
from verlangt as v
anti join sdg.kopf as da on v.datei = da.datei and v.rolle = da.rolle
order by v.datei, v.spalte
