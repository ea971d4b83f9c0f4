-- titel: Keine Anpassung ist nach dem Stand beschlossen
-- schwere: fehler
-- erwartet: ein Tag bis zum Stand
select
    [zelle(a.zellen, 'datum')] as fundstellen,
    a.massnahme_nr,
    a.datum,
    max(z.stand) as stand
from massnahme.anpassung as a
inner join massnahme.zeile as z on a.massnahme_nr = z.massnahme_nr
group by a.zellen, a.massnahme_nr, a.datum, a.blatt, a.zeile
having a.datum > max(z.stand)
order by a.blatt, a.zeile
