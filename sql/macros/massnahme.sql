-- Measures.
-- istwert_art_von: what the value of a measure's indicator counts. Only the sheet says so (`zaehlt`), never the wording of the
-- indicator: one wrong word would disclose a small count of persons. Undecided is protected as persons are.
create or replace temp macro istwert_art_von(zaehlt, nach_geschlecht) as
case
    when nach_geschlecht then 'personen'
    when zaehlt in ('personen', 'sachen') then zaehlt
    else 'unbekannt'
end;
-- istwert_geschuetzt: whether a small value is hidden: persons, the undecided, and things in a row that names participants.
create or replace temp macro istwert_geschuetzt(istwert_art, mit_teilnehmenden) as istwert_art <> 'sachen' or mit_teilnehmenden;
-- newest_zeilen: the rows of a side tab that the newest version of their file has, with the source and the texts that point to a
-- person. That version may have no row of this tab any more: its measures say which one it is.
create or replace temp macro newest_zeilen(
    nebenblatt, massnahmen := 'eingang.massnahme', quellen := 'stamm.massnahmenquelle'
) as table
    with fassungen as (
        select kommune, quelle_id, datei, max(eingelesen_am) as eingelesen_am
        from query_table(massnahmen)
        group by kommune, quelle_id, datei
    )

    select
        n.*,
        q.herkunft,
        list_transform(n.personenangabe, lambda p: split_part(p, ': ', 1)) as personentexte
    from query_table(nebenblatt) as n
    inner join fassungen as f
        on n.kommune = f.kommune and n.quelle_id = f.quelle_id and n.datei = f.datei and n.eingelesen_am = f.eingelesen_am
    inner join query_table(quellen) as q on n.kommune = q.kommune and n.quelle_id = q.quelle_id;
