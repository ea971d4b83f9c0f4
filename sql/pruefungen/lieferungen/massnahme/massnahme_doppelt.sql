-- titel: Keine Maßnahme steht zweimal zum selben Stand
-- schwere: fehler
-- erwartet: jede Nummer einmal je Stand
select
    list(fundstelle order by blatt desc, zeile desc) as fundstellen,
    massnahme_nr,
    stand,
    count(*) as anzahl,
    list(titel order by blatt, zeile) as alle_titel
from massnahme.zeile
group by massnahme_nr, stand
having count(*) > 1
order by stand, massnahme_nr
