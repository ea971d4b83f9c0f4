-- Status jeder Maßnahme zu jedem Stand, in der jüngsten Fassung.
-- Grain: kommune, konzept, massnahme_nr, stand.
with massnahmen as (
    from geheimhaltung.massnahme
)

select
    m.kommune,
    m.konzept,
    m.massnahme_nr,
    m.stand,
    m.handlungsfeld,
    m.leitziel,
    m.titel,
    m.art,
    m.verantwortlich,
    m.status,
    m.risiko,
    m.beginn,
    m.beginn_genauigkeit,
    m.ende,
    m.ende_genauigkeit,
    m.ueberfaellig::bigint as ueberfaellig,
    (m.stand_letzter and m.zaehlt and not s.beendet and coalesce(m.ende < h.heute, false))::bigint as ueberfaellig_heute,
    h.heute as ausgewertet_am,
    m.begruendung,
    m.aufwand,
    m.ertrag,
    m.eigenanteil,
    m.vzae,
    m.beschreibung,
    m.zielgruppe,
    m.partner,
    m.indikator,
    m.zielwert,
    m.istwert_w,
    m.istwert_m,
    m.istwert_gesamt,
    m.istwert_art,
    m.teilnehmende,
    m.nicht_erhoben,
    m.naechste_schritte,
    m.prioritaet,
    m.bemerkung,
    m.risiko_abgeleitet,
    m.begruendet,
    m.stand_letzter,
    m.beispieldaten,
    m.quelle_id,
    m.herkunft,
    m.hinweise,
    m.datenstand,
    m.lieferung_id,
    m.fundstelle,
    v.veroeffentlichung
from massnahmen as m
inner join stamm.massnahmenstatus as s on m.status = s.status
cross join stamm.heute as h
cross join stamm.veroeffentlichung as v
where m.gilt
order by m.kommune, m.konzept, m.massnahme_nr, m.stand
