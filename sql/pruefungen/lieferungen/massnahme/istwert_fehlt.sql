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
    case
        when count(*) = 1 then 'die laufende oder abgeschlossene Maßnahme '
        else count(*) || ' laufende oder abgeschlossene Maßnahmen ('
    end
    || string_agg(massnahme_nr, ', ' order by zeile)
    || case when count(*) = 1 then ' hat ' else ') haben ' end
    || case when ganz then 'keinen Istwert' else 'einen Istwert, aber nicht für Frauen und Männer getrennt' end as was
from betroffen
group by blatt, ganz
order by blatt, ganz
