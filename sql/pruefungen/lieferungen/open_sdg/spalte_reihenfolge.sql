-- titel: Year steht vorn und Value hinten
-- schwere: hinweis
-- erwartet: Year als erste, Value als letzte Spalte (so verlangt es das Datenformat von Open SDG)
with breite as (
    select datei, max(feld) filter (where rolle <> 'ohne_namen') as letzte
    from sdg.kopf
    group by datei
)

select
    k.datei,
    [1] as zeilen,
    k.feld,
    k.spalte,
    k.rolle
from sdg.kopf as k
inner join breite as b on k.datei = b.datei
where (k.rolle = 'jahr' and k.feld <> 1) or (k.rolle = 'wert' and k.feld <> b.letzte)
order by k.datei, k.feld
