-- Status jeder Maßnahme zu jedem Stand, in der jüngsten Fassung.
-- Grain: kommune, konzept, massnahme_nr, stand.
with massnahmen as (
    from geheimhaltung.massnahme
),

-- What a measure cost in each year up to that of its state; the sheet's own row stands for that year where the budget has no Ist.
je_jahr as (
    select m.kommune, m.konzept, m.massnahme_nr, m.stand, h.jahr, h.aufwand_ist as betrag
    from massnahmen as m
    inner join geheimhaltung.massnahme_haushalt as h
        on m.kommune = h.kommune and m.konzept = h.konzept and m.massnahme_nr = h.massnahme_nr and h.jahr <= year(m.stand)
    where m.gilt and h.aufwand_ist is not null
    union all
    select m.kommune, m.konzept, m.massnahme_nr, m.stand, year(m.stand) as jahr, m.aufwand as betrag
    from massnahmen as m
    anti join geheimhaltung.massnahme_haushalt as h
        on
            m.kommune = h.kommune and m.konzept = h.konzept and m.massnahme_nr = h.massnahme_nr and h.jahr = year(m.stand)
            and h.aufwand_ist is not null
    where m.gilt and m.aufwand is not null
),

-- Money per participant is money of the same time: of the whole years in which they were counted, or, where the sheet does not
-- say when, of the year of the state alone.
gezaehlt as (
    select
        kommune, konzept, massnahme_nr, stand,
        case when teilnehmende_von is null then year(stand) else year(teilnehmende_von) end as von,
        case when teilnehmende_von is null then year(stand) else year(teilnehmende_bis) end as bis,
        teilnehmende_von is not null as genannt,
        coalesce(
            dayofyear(teilnehmende_von) = 1
            and teilnehmende_bis >= least(stand, make_date(year(teilnehmende_bis), 12, 31)), true
        ) as ganze_jahre
    from massnahmen
    where gilt
),

ausgaben as (
    select
        j.kommune, j.konzept, j.massnahme_nr, j.stand,
        sum(j.betrag) as kosten,
        min(j.jahr)::bigint as kosten_von,
        max(j.jahr)::bigint as kosten_bis,
        count(*) as kosten_jahre,
        case
            when
                any_value(g.ganze_jahre) and (any_value(g.genannt) or count(*) = 1)
                and count(*) filter (where j.jahr between g.von and g.bis) = any_value(g.bis - g.von + 1)
                then sum(j.betrag) filter (where j.jahr between g.von and g.bis)
        end as kosten_gezaehlt
    from je_jahr as j
    inner join gezaehlt as g
        on j.kommune = g.kommune and j.konzept = g.konzept and j.massnahme_nr = g.massnahme_nr and j.stand = g.stand
    group by j.kommune, j.konzept, j.massnahme_nr, j.stand
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
    m.teilnehmende_von,
    m.teilnehmende_bis,
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
    a.kosten,
    a.kosten_von,
    a.kosten_bis,
    a.kosten_jahre,
    a.kosten_gezaehlt / nullif(m.teilnehmende, 0) as kosten_je_teilnehmende,
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
