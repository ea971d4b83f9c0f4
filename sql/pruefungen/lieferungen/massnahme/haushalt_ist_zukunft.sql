-- titel: Kein Haushaltsjahr nach dem Stand hat ein Ist
-- schwere: fehler
-- erwartet: ein Ist nur für Jahre, die begonnen haben
with letzter as (
    select max(stand) as stand from massnahme.zeile
)

select
    [zelle(h.zellen, case when h.aufwand_ist is null then 'ertrag_ist' else 'aufwand_ist' end)] as fundstellen,
    h.massnahme_nr,
    h.jahr,
    l.stand
from massnahme.haushalt as h
inner join letzter as l on h.jahr > year(l.stand)
where coalesce(h.aufwand_ist, h.ertrag_ist) is not null
order by h.blatt, h.zeile
