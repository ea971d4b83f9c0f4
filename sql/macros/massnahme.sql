-- Measures.
-- istwert_art_von: what the value of a measure's indicator counts. Only the sheet says so (`zaehlt`), never the wording of the
-- indicator: one wrong word would disclose a small count of persons. Undecided is protected as persons are.
create or replace temp macro istwert_art_von(zaehlt, nach_personen) as
case
    when nach_personen then 'personen'
    when zaehlt in ('personen', 'sachen') then zaehlt
    else 'unbekannt'
end;
