-- titel: Haushalt, Meilensteine und Anpassungen gehören zu Maßnahmen der Mappe
-- schwere: fehler
-- erwartet: eine Nummer aus den Blättern der Handlungsfelder
-- A row that was set aside for another fault is there; where a number could not be read, nothing can be said.
with nebenzeilen as (
    select massnahme_nr, blatt, zeile, zellen from massnahme.haushalt
    union all
    select massnahme_nr, blatt, zeile, zellen from massnahme.meilenstein
    union all
    select massnahme_nr, blatt, zeile, zellen from massnahme.anpassung
)

select
    [zelle(n.zellen, 'massnahme_nr')] as fundstellen,
    n.massnahme_nr
from nebenzeilen as n
inner join quelle.angabe as q on q.nummern_lesbar
anti join massnahme.genannt as g on n.massnahme_nr = g.massnahme_nr
order by n.blatt, n.zeile
