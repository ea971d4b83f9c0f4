-- Vorlagen für Rat und Ausschüsse mit ihren Auswirkungen und ihrer Vereinbarkeit mit dem Integrationskonzept.
-- Grain: kommune, vorlage_nr. A paper of the concept that a status sheet judges as well is one row.
with blatt as (
    from geheimhaltung.vorlage
),

konzept as (
    from stamm.vorlage
)

select
    coalesce(b.kommune, k.kommune) as kommune,
    coalesce(b.vorlage_nr, k.vorlage_nr) as vorlage_nr,
    coalesce(b.konzept, k.konzept) as konzept,
    coalesce(k.datum, b.datum) as datum,
    coalesce(k.titel, b.titel) as titel,
    k.art as vorlagenart,
    k.finanziell as auswirkung_finanziell,
    k.personell as auswirkung_personell,
    k.organisatorisch as auswirkung_organisatorisch,
    b.vereinbarkeit,
    b.begruendung,
    coalesce(b.beispieldaten, false) as beispieldaten,
    b.quelle_id,
    coalesce(k.herkunft, b.herkunft) as herkunft,
    case when b.vereinbarkeit is null then 'nicht_erhoben' else 'ok' end as status,
    coalesce(b.hinweise, ['nicht_erhoben']) as hinweise,
    b.datenstand,
    b.lieferung_id,
    b.fundstelle,
    v.veroeffentlichung
from blatt as b
full join konzept as k on b.kommune = k.kommune and b.vorlage_nr = k.vorlage_nr
cross join stamm.veroeffentlichung as v
order by 1, 2
