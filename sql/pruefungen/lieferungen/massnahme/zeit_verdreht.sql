-- titel: Keine Maßnahme endet vor ihrem Beginn
-- schwere: fehler
-- erwartet: ein Ende nach dem Beginn
select
    [
        zelle(zellen, case when zellen['ende'] is null then 'zeitplan' else 'ende' end),
        zelle(zellen, case when zellen['beginn'] is null then 'zeitplan' else 'beginn' end)
    ] as fundstellen,
    massnahme_nr,
    titel,
    beginn,
    ende
from massnahme.zeile
where ende < beginn
order by blatt, zeile
