-- Where a figure comes from.
-- herkunft_von: where a figure comes from; an extract of invented persons is never called the register of a town.
create or replace temp macro herkunft_von(herkunft, quelle_id, beispieldaten) as
case
    when beispieldaten and quelle_id = 'melderegister' then 'Synthetischer Auszug: alle Personen sind erfunden'
    else herkunft
end;
