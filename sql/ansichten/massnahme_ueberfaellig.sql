-- Maßnahmen, deren Ende an ihrem jüngsten Stand oder bis zum Tag der Auswertung verstrichen ist.
-- Grain: kommune, konzept, massnahme_nr. Every client since DuckDB 1.0 must read it.
select
    m.kommune, m.konzept, m.massnahme_nr, m.titel, h.name as handlungsfeld, m.verantwortlich, m.ende, m.status, m.stand,
    m.ausgewertet_am, m.ueberfaellig > 0 as am_stand, m.begruendung, m.beispieldaten, m.veroeffentlichung
from marts.massnahme as m
left join dim.handlungsfeld as h
    on m.kommune = h.kommune and m.konzept = h.konzept and m.handlungsfeld = h.handlungsfeld
where m.stand_letzter and (m.ueberfaellig > 0 or m.ueberfaellig_heute > 0)
