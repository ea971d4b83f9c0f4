-- Status jeder Maßnahme zu jedem Stand, in der jüngsten Fassung.
-- Grain: kommune, konzept, massnahme_nr, stand.
with massnahmen as (
    from geheimhaltung.massnahme
),

-- What a measure cost up to the year of its state, where the sheet's own row gives no amount.
ausgaben as (
    select m.kommune, m.konzept, m.massnahme_nr, m.stand, sum(h.aufwand_ist) as aufwand_ist
    from massnahmen as m
    inner join geheimhaltung.massnahme_haushalt as h
        on m.kommune = h.kommune and m.konzept = h.konzept and m.massnahme_nr = h.massnahme_nr and h.jahr <= year(m.stand)
    where m.gilt
    group by m.kommune, m.konzept, m.massnahme_nr, m.stand
),

-- A name that two areas have means neither.
gebiete as (
    select kommune, name_norm, any_value(gebiet_id) as gebiet_id, any_value(gebiet) as gebiet
    from (
        select kommune, gebiet_id, gebiet, lower(gebiet_id) as name_norm
        from stamm.gebiet
        union all
        select kommune, gebiet_id, gebiet, lower(gebiet) as name_norm
        from stamm.gebiet
    ) as namen
    group by kommune, name_norm
    having count(distinct gebiet_id) = 1
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
    m.zielzahl,
    m.einheit_ziel,
    m.istwert_w,
    m.istwert_m,
    m.istwert_gesamt,
    m.istwert_art,
    m.teilnehmende,
    m.teilnehmende_w,
    m.teilnehmende_m,
    m.nicht_erhoben,
    m.wirkung,
    m.wirkung_grund,
    m.sozialraum,
    m.vorlage_nr,
    m.beschluss_am,
    m.naechste_schritte,
    m.prioritaet,
    m.bemerkung,
    m.istwert_gesamt / nullif(m.zielzahl, 0) as zielerreichung,
    g.gebiet_id,
    g.gebiet,
    coalesce(m.aufwand, a.aufwand_ist) as kosten,
    coalesce(m.aufwand, a.aufwand_ist) / nullif(m.teilnehmende, 0) as kosten_je_teilnehmende,
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
left join ausgaben as a
    on m.kommune = a.kommune and m.konzept = a.konzept and m.massnahme_nr = a.massnahme_nr and m.stand = a.stand
left join gebiete as g on m.kommune = g.kommune and lower(m.sozialraum) = g.name_norm
cross join stamm.heute as h
cross join stamm.veroeffentlichung as v
where m.gilt
order by m.kommune, m.konzept, m.massnahme_nr, m.stand
