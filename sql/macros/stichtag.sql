-- Which days are told, and for which areas a day has rows. A table is named as a parameter: macros are known before tables are.
-- published_stichtag: whether a municipality declares this day for publication (veroeffentlichung.stichtage in kommune.yaml).
create or replace temp macro published_stichtag(fuer, tag, muster := 'stamm.muster') as
exists (from query_table(muster) as m where m.kommune = fuer and tag::varchar glob m.muster);
-- in_grid: whether an area has a row at a Stichtag. Every area has one, zeros included; 'unbekannt' is an area where persons are
-- in it: with nobody in it there is nothing to count. `summen` is the name of the table that counts them.
create or replace temp macro in_grid(summen, fuer, tag, gebiet) as
gebiet <> 'unbekannt' or exists (
    from query_table(summen) as s where s.kommune = fuer and s.stichtag = tag and s.gebiet_id = gebiet
);
-- in_every_gebiet: the rows of a cube at the published days, once for every area they lie in: its own and all above it.
create or replace temp macro in_every_gebiet(wuerfel, vorfahren := 'stamm.vorfahr', muster := 'stamm.muster') as table
    select w.* replace (v.vorfahr as gebiet_id)
    from query_table(wuerfel) as w
    inner join query_table(vorfahren) as v on w.kommune = v.kommune and w.gebiet_id = v.gebiet_id
    where published_stichtag(w.kommune, w.stichtag, muster := muster);
