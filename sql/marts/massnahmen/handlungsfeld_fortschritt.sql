-- Wie viele Maßnahmen eines Handlungsfelds zu jedem Stand welchen Status haben.
-- Grain: kommune, konzept, handlungsfeld, stand. A row for every field of the concept and every day it has; measures of the
-- catalogue that a sheet leaves out count as ohne_angabe, ideas in no rate.
with massnahmen as (
    select
        m.*,
        s.braucht_grund,
        s.beendet
    from geheimhaltung.massnahme as m
    inner join stamm.massnahmenstatus as s on m.status = s.status
    where m.gilt
),

staende as (
    select
        kommune,
        konzept,
        stand,
        bool_or(stand_letzter) as stand_letzter,
        bool_or(beispieldaten) as beispieldaten,
        max(datenstand) as datenstand,
        arg_max(lieferung_id, (eingelesen_am, lieferung_id)) as lieferung_id
    from massnahmen
    group by kommune, konzept, stand
),

felder as (
    select kommune, konzept, handlungsfeld
    from stamm.handlungsfeld
    where art in ('handlungsfeld', 'querschnitt')
    union
    -- Concepts that have something else in place of fields, and measures that belong to none.
    select kommune, konzept, coalesce(handlungsfeld, '-') as handlungsfeld
    from massnahmen
),

fehlend as (
    select k.kommune, k.konzept, coalesce(k.handlungsfeld, '-') as handlungsfeld, s.stand, count(*) as ohne_angabe
    from stamm.massnahme as k
    inner join staende as s on k.kommune = s.kommune and k.konzept = s.konzept
    anti join massnahmen as m
        on k.kommune = m.kommune and k.konzept = m.konzept and k.massnahme_nr = m.katalog_nr and s.stand = m.stand
    where k.art = 'massnahme'
    group by k.kommune, k.konzept, coalesce(k.handlungsfeld, '-'), s.stand
),

gezaehlt as (
    select
        kommune,
        konzept,
        coalesce(handlungsfeld, '-') as handlungsfeld,
        stand,
        count(*) filter (where zaehlt) as angaben,
        count(*) filter (where zaehlt and status = 'geplant') as geplant,
        count(*) filter (where zaehlt and status = 'begonnen') as begonnen,
        count(*) filter (where zaehlt and status = 'laufend') as laufend,
        count(*) filter (where zaehlt and status = 'daueraufgabe') as daueraufgabe,
        count(*) filter (where zaehlt and status = 'abgeschlossen') as abgeschlossen,
        count(*) filter (where zaehlt and status = 'verschoben') as verschoben,
        count(*) filter (where zaehlt and status = 'nicht_begonnen') as nicht_begonnen,
        count(*) filter (where zaehlt and status = 'entfallen') as entfallen,
        count(*) filter (where not zaehlt) as ideen,
        count(*) filter (where zaehlt and ist_begonnen) as mit_beginn,
        count(*) filter (where zaehlt and braucht_grund and not begruendet) as ohne_begruendung,
        count(*) filter (where zaehlt and ueberfaellig) as ueberfaellig,
        count(*) filter (where zaehlt and stand_letzter and not beendet and ende < heute) as ueberfaellig_heute
    from massnahmen
    cross join stamm.heute
    group by kommune, konzept, coalesce(handlungsfeld, '-'), stand
),

alle as (
    select
        s.*,
        f.handlungsfeld,
        coalesce(g.angaben, 0) as angaben,
        coalesce(o.ohne_angabe, 0) as ohne_angabe,
        coalesce(g.angaben, 0) + coalesce(o.ohne_angabe, 0) as massnahmen,
        coalesce(g.geplant, 0) as geplant,
        coalesce(g.begonnen, 0) as begonnen,
        coalesce(g.laufend, 0) as laufend,
        coalesce(g.daueraufgabe, 0) as daueraufgabe,
        coalesce(g.abgeschlossen, 0) as abgeschlossen,
        coalesce(g.verschoben, 0) as verschoben,
        coalesce(g.nicht_begonnen, 0) as nicht_begonnen,
        coalesce(g.entfallen, 0) as entfallen,
        coalesce(g.ideen, 0) as ideen,
        coalesce(g.mit_beginn, 0) as mit_beginn,
        coalesce(g.ohne_begruendung, 0) as ohne_begruendung,
        coalesce(g.ueberfaellig, 0) as ueberfaellig,
        coalesce(g.ueberfaellig_heute, 0) as ueberfaellig_heute
    from staende as s
    inner join felder as f on s.kommune = f.kommune and s.konzept = f.konzept
    left join gezaehlt as g
        on s.kommune = g.kommune and s.konzept = g.konzept and s.stand = g.stand and f.handlungsfeld = g.handlungsfeld
    left join fehlend as o
        on s.kommune = o.kommune and s.konzept = o.konzept and s.stand = o.stand and f.handlungsfeld = o.handlungsfeld
)

select
    a.kommune,
    a.konzept,
    a.handlungsfeld,
    a.stand,
    coalesce(h.name, 'ohne Handlungsfeld') as name,
    a.massnahmen,
    a.geplant,
    a.begonnen,
    a.laufend,
    a.daueraufgabe,
    a.abgeschlossen,
    a.verschoben,
    a.nicht_begonnen,
    a.entfallen,
    a.ohne_angabe,
    a.ideen,
    case when a.angaben > 0 then a.abgeschlossen / nullif(a.massnahmen, 0) end as anteil_umgesetzt,
    case when a.angaben > 0 then a.mit_beginn / nullif(a.massnahmen, 0) end as anteil_begonnen,
    a.ohne_begruendung,
    a.ueberfaellig,
    a.ueberfaellig_heute,
    t.heute as ausgewertet_am,
    a.stand_letzter,
    a.beispieldaten,
    case when a.massnahmen = 0 then 'nicht_bewertbar' when a.angaben = 0 then 'keine_daten' else 'ok' end as status,
    list_filter(
        [
            case when a.massnahmen = 0 then 'nicht_bewertbar' end,
            case when a.ohne_angabe > 0 then 'keine_daten' end
        ],
        lambda code: code is not null
    ) as hinweise,
    a.datenstand,
    a.lieferung_id,
    null::varchar as fundstelle,
    v.veroeffentlichung
from alle as a
left join stamm.handlungsfeld as h on a.kommune = h.kommune and a.konzept = h.konzept and a.handlungsfeld = h.handlungsfeld
cross join stamm.heute as t
cross join stamm.veroeffentlichung as v
order by a.kommune, a.konzept, a.handlungsfeld, a.stand
