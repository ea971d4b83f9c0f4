-- Where a figure comes from.
-- herkunft_von: where a figure comes from; an extract of invented persons is never called the register of a town.
create or replace temp macro herkunft_von(herkunft, quelle_id, beispieldaten) as
case
    when beispieldaten and quelle_id = 'melderegister' then 'Synthetischer Auszug: alle Personen sind erfunden'
    else herkunft
end;
-- described_lieferungen: what a table says of the delivery behind a row.
create or replace temp macro described_lieferungen(lieferungen := 'geheimhaltung.lieferung', quellen := 'stamm.quelle') as table
    select
        l.lieferung_id,
        l.synthetisch as beispieldaten,
        herkunft_von(s.herkunft, s.quelle_id, l.synthetisch) as herkunft,
        s.lizenz
    from query_table(lieferungen) as l
    inner join query_table(quellen) as s on l.kommune = s.kommune and l.quelle = s.quelle_id;
