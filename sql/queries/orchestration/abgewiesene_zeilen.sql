-- Anteil der abgewiesenen Zeilen je Kommune und Stichtag, aus den veröffentlichten Angaben zu den Lieferungen.
select
    k.name as kommune,
    l.stichtag,
    sum(l.zeilen_abgewiesen) / sum(l.zeilen_gelesen) as anteil
from protokoll.lieferung as l
inner join dim.kommune as k on l.kommune = k.kommune
where l.stichtag is not null and l.zeilen_gelesen > 0 and l.zeilen_abgewiesen is not null
group by all
order by k.name, l.stichtag
