-- titel: Kein Stand liegt in der Zukunft
-- schwere: fehler
-- erwartet: ein Tag, der schon war und im Berichtszeitraum liegt
select
    list(zelle(z.zellen, 'stand_datum') order by z.blatt, z.zeile) as fundstellen,
    z.stand,
    any_value(q.spaetestens) as spaetestens,
    case when z.stand > any_value(q.heute) then 'zukunft' else 'nach_zeitraum' end as art
from massnahme.zeile as z
inner join quelle.angabe as q on z.stand > least(q.heute, coalesce(q.spaetestens, q.heute))
group by z.stand
order by z.stand
