-- titel: Keine Maßnahme steht zweimal zum selben Stand
-- schwere: fehler
-- erwartet: jede Nummer einmal je Stand
select
    list(fundstelle order by blatt desc, zeile desc) as fundstellen,
    'die Nummer ' || massnahme_nr || ' steht zum Stand ' || tagwort(stand) || ' ' || count(*) || ' Mal: '
    || string_agg('»' || titel || '«', ', ' order by blatt, zeile) as was
from massnahme.zeile
group by massnahme_nr, stand
having count(*) > 1
order by stand, massnahme_nr
