-- titel: Kein Haushaltsjahr nennt eine Förderung, die vor ihm endete
-- schwere: warnung
-- erwartet: ein Förderende in diesem Jahr oder später; leer, wenn es keine Förderung mehr gibt
select
    [zelle(zellen, 'foerderende'), zelle(zellen, 'jahr')] as fundstellen,
    massnahme_nr,
    jahr,
    foerderende
from massnahme.haushalt
where year(foerderende) < jahr
order by blatt, zeile
