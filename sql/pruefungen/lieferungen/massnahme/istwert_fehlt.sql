-- titel: Laufende und abgeschlossene Maßnahmen haben einen Istwert für Frauen und Männer
-- schwere: warnung
-- erwartet: Istwerte für Frauen und für Männer, oder ausdrücklich »nicht erhoben«
-- One finding for each of the two faults and sheet.
with betroffen as (
    select
        z.blatt,
        z.zeile,
        z.massnahme_nr,
        coalesce(z.istwert_w, z.istwert_m, z.istwert_gesamt) is null as ganz,
        zelle(z.zellen, case when z.istwert_w is null then 'istwert_w' else 'istwert_m' end) as stelle
    from massnahme.zeile as z
    inner join massnahme.status as s on z.status = s.status
    where
        s.braucht_istwert and z.art <> 'idee' and (z.istwert_w is null or z.istwert_m is null) and len(z.nicht_erhoben) = 0
)

select
    list(stelle order by zeile) as fundstellen,
    list(massnahme_nr order by zeile) as nummern,
    count(*) as anzahl,
    case when ganz then 'keiner' else 'nicht_getrennt' end as art
from betroffen
group by blatt, ganz
order by blatt, ganz
