-- Which rows are published, and for which areas.
-- im_umfang: whether a row of population totals is published. The main definition in all its depth (`dreifach`) or, like the
-- others (`einzeln`), by area or by sex or by age; `kommune`: for the town only, by sex or by age.
create or replace temp macro im_umfang(tiefe, ist_kommune, geschlecht, altersgruppe) as
case tiefe
    when 'dreifach' then true
    when 'einzeln'
        then
            (not ist_kommune)::integer + (geschlecht <> 'insgesamt')::integer + (altersgruppe <> 'insgesamt')::integer <= 1
    else ist_kommune and 'insgesamt' in (geschlecht, altersgruppe)
end;
-- below_the_kommune: rows of a table for parts of the municipality. What is told of the whole only must have none.
create or replace temp macro below_the_kommune(tabelle, kommunen := 'stamm.kommune') as table
    select t.*
    from query_table(tabelle) as t
    inner join query_table(kommunen) as k on t.kommune = k.kommune
    where t.gebiet_id <> k.ags;
