-- titel: Jede Bewertung der Wirkung ist begründet und passt zum Status
-- schwere: fehler
-- erwartet: eine Begründung der Wirkung; bewertet wird, was begonnen hat
select
    [zelle(zellen, 'wirkung_grund'), zelle(zellen, 'wirkung')] as fundstellen,
    'ohne_grund' as art,
    massnahme_nr,
    titel,
    wirkung,
    'fehler' as schwere,
    blatt,
    zeile
from massnahme.zeile
where wirkung in ('erfolgreich', 'teilweise', 'nicht') and wirkung_grund is null
union all by name
select
    [zelle(z.zellen, 'wirkung'), zelle(z.zellen, 'status')] as fundstellen,
    'status' as art,
    z.massnahme_nr,
    z.titel,
    z.wirkung,
    z.status,
    'warnung' as schwere,
    z.blatt,
    z.zeile
from massnahme.zeile as z
inner join massnahme.status as s on z.status = s.status
where z.wirkung in ('erfolgreich', 'teilweise') and not s.begonnen and z.status not in ('verschoben', 'entfallen')
order by blatt, zeile, fundstellen
