-- Plan und Ist je Maßnahme und Haushaltsjahr, mit Mittelherkunft, Förderende und Stellen.
-- Grain: kommune, konzept, massnahme_nr, jahr.
with haushalt as (
    from geheimhaltung.massnahme_haushalt
)

select
    h.kommune,
    h.konzept,
    h.massnahme_nr,
    h.jahr,
    h.aufwand_plan,
    h.aufwand_ist,
    h.aufwand_ist - h.aufwand_plan as abweichung,
    h.aufwand_ist / nullif(h.aufwand_plan, 0) as ausschoepfung,
    h.ertrag_plan,
    h.ertrag_ist,
    h.mittelherkunft,
    h.foerderende,
    h.vzae_befristet,
    h.vzae_unbefristet,
    h.bemerkung,
    h.beispieldaten,
    h.quelle_id,
    h.herkunft,
    case
        when coalesce(h.aufwand_plan, h.aufwand_ist, h.ertrag_plan, h.ertrag_ist) is null then 'nicht_erhoben' else 'ok'
    end as status,
    h.hinweise
    || case
        when h.aufwand_plan is null or h.aufwand_ist is null or h.ertrag_plan is null or h.ertrag_ist is null
            then ['nicht_erhoben']
        else []::varchar[]
    end as hinweise,
    h.datenstand,
    h.lieferung_id,
    h.fundstelle,
    v.veroeffentlichung
from haushalt as h
cross join stamm.veroeffentlichung as v
order by h.kommune, h.konzept, h.massnahme_nr, h.jahr
