-- titel: Haushalt, Meilensteine und Anpassungen gehören zu Maßnahmen der Mappe
-- schwere: fehler
-- erwartet: eine Nummer aus den Blättern der Handlungsfelder
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
anti join massnahme.zeile as z on n.massnahme_nr = z.massnahme_nr
order by n.blatt, n.zeile
