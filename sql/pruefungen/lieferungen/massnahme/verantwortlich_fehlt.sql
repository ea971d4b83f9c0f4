-- titel: Jede Maßnahme hat eine verantwortliche Stelle
-- schwere: fehler
-- erwartet: eine Stelle oder Rolle, z. B. Koordinierungsstelle Integration; kein Name einer Person
-- Ideas need none. A name is a warning: the column is then not published.
select
    [zelle(zellen, 'verantwortlich')] as fundstellen,
    'keine' as art,
    massnahme_nr,
    titel,
    verantwortlich,
    'fehler' as schwere,
    zeile,
    blatt
from massnahme.zeile
where verantwortlich is null and status <> 'idee' and art <> 'idee'
union all
select
    [zelle(zellen, 'verantwortlich')] as fundstellen,
    'person' as art,
    massnahme_nr,
    titel,
    verantwortlich,
    'warnung' as schwere,
    zeile,
    blatt
from massnahme.zeile
where list_bool_or(list_transform(personenangabe, lambda p: p like 'verantwortlich: %'))
order by blatt, zeile
