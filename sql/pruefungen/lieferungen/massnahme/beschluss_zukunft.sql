-- titel: Der Beschluss, auf dem eine Maßnahme ruht, liegt nicht nach ihrem Stand
-- schwere: fehler
-- erwartet: ein Tag bis zum Stand
select
    [zelle(zellen, 'beschluss_am'), zelle(zellen, 'stand_datum')] as fundstellen,
    massnahme_nr,
    titel,
    beschluss_am,
    stand
from massnahme.zeile
where beschluss_am > stand
order by blatt, zeile
