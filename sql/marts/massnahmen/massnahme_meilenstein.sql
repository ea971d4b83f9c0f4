-- Was eine Maßnahme bis wann erreicht haben soll und was davon erreicht ist.
-- Grain: kommune, konzept, massnahme_nr, meilenstein.
with meilensteine as (
    from geheimhaltung.massnahme_meilenstein
)

select
    n.kommune,
    n.konzept,
    n.massnahme_nr,
    n.meilenstein,
    n.geplant_am,
    n.geplant_genauigkeit,
    n.erreicht_am,
    case
        when n.erreicht_am is not null then 'erreicht'
        when n.geplant_am < t.heute then 'ueberfaellig'
        else 'offen'
    end as status,
    case
        when n.erreicht_am is not null or n.geplant_am < t.heute
            then greatest(date_diff('day', n.geplant_am, coalesce(n.erreicht_am, t.heute)), 0)
    end as verzug_tage,
    t.heute as ausgewertet_am,
    n.bemerkung,
    n.beispieldaten,
    n.quelle_id,
    n.herkunft,
    n.hinweise,
    n.datenstand,
    n.lieferung_id,
    n.fundstelle,
    v.veroeffentlichung
from meilensteine as n
cross join stamm.heute as t
cross join stamm.veroeffentlichung as v
order by n.kommune, n.konzept, n.massnahme_nr, n.meilenstein
