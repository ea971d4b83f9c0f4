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
    v.spalte,
    (
        select k.spalte
        from sdg.kopf as k
        where k.datei = v.datei and k.rolle = 'merkmal' and damerau_levenshtein(lower(k.spalte), lower(v.spalte)) <= 2
        order by damerau_levenshtein(lower(k.spalte), lower(v.spalte)), k.feld
        limit 1
    ) as aehnlich
from verlangt as v
anti join sdg.kopf as da on v.datei = da.datei and v.rolle = da.rolle
order by v.datei, v.spalte
