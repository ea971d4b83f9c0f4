-- titel: Zahlen stehen nur für Gebiete, die es am Stichtag gab
-- schwere: fehler
-- erwartet: Gebiete, die am Stichtag gelten; Zahlen alter Gebiete rechnet bruecke.csv auf den neuen Gebietsstand um
with zeiten as (
    select
        w.gebiet_id, g.gebiet, g.gebietsstand, g.gueltig_von, g.gueltig_bis,
        list(w.fundstelle order by w.zeile, w.spalte_nr) as zellen,
        list(distinct w.stichtag order by w.stichtag) as tage,
        min(w.zeile) as zeile
    from lieferung.wert as w
    inner join lieferung.gebiet as g on w.gebiet_id = g.gebiet_id
    where w.stichtag < g.gueltig_von or w.stichtag > g.gueltig_bis
    group by all
)

select
    zellen as fundstellen,
    gebiet,
    gebiet_id,
    gebietsstand,
    gueltig_von,
    gueltig_bis,
    tage
from zeiten
order by zeile, gebiet_id
