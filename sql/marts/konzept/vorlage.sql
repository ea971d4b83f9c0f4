-- Vorlagen für Rat und Ausschüsse mit ihrer Vereinbarkeit mit dem Integrationskonzept.
-- Grain: kommune, vorlage_nr.
with vorlagen as (
    from geheimhaltung.vorlage
)

select
    p.kommune,
    p.vorlage_nr,
    p.konzept,
    p.datum,
    p.titel,
    p.vereinbarkeit,
    p.begruendung,
    p.beispieldaten,
    p.quelle_id,
    p.herkunft,
    'ok' as status,
    p.hinweise,
    p.datenstand,
    p.lieferung_id,
    p.fundstelle,
    v.veroeffentlichung
from vorlagen as p
cross join stamm.veroeffentlichung as v
order by p.kommune, p.vorlage_nr
