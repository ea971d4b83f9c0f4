-- Was die Steuerungsgruppe wann an einer Maßnahme geändert hat und warum.
-- Grain: kommune, konzept, massnahme_nr, datum, anpassung.
with anpassungen as (
    from geheimhaltung.massnahme_anpassung
)

select
    a.kommune,
    a.konzept,
    a.massnahme_nr,
    a.datum,
    a.anpassung,
    a.gremium_name,
    a.begruendung,
    a.beispieldaten,
    a.quelle_id,
    a.herkunft,
    a.hinweise,
    a.datenstand,
    a.lieferung_id,
    a.fundstelle,
    v.veroeffentlichung
from anpassungen as a
cross join stamm.veroeffentlichung as v
order by a.kommune, a.konzept, a.massnahme_nr, a.datum, a.anpassung
