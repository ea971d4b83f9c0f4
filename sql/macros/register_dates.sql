-- Macros for register dates. A date is TT.MM.JJJJ or JJJJ-MM-TT; unknown day or month is 00.
-- kein_datum: no date, or an explicitly unknown one.
create or replace temp macro kein_datum(t) as t is null or t in ('00.00.0000', '0000-00-00');
-- ohne_offenes_ende: 31.12.9999 is how some registers write "no end".
create or replace temp macro ohne_offenes_ende(tag) as nullif(tag, date '9999-12-31');
-- monat_fehlt, tag_fehlt: what is unknown of a date.
create or replace temp macro monat_fehlt(t) as coalesce(t like '00.00.%' or t like '%-00-00', false);
create or replace temp macro tag_fehlt(t) as coalesce(t like '00.%' or t like '%-00', false);
-- tag_von: the date, with 1 July for an unknown month and the 15th for an unknown day (middle of the period); NULL if it
-- is impossible. Nearly every date takes the first way, from `zeitpunkt_von`, which is read once a date: its guards let through
-- what the pattern would, for the parser alone would take '01.02.01' for the year 1 and a tab for nothing.
create or replace temp macro zeitpunkt_von(t) as try_strptime(t, '%d.%m.%Y');
create or replace temp macro beliebiger_tag_von(t) as
case
    when kein_datum(t) then null
    when regexp_full_match(t, '\d{2}\.\d{2}\.\d{4}')
        then coalesce(
            try_strptime(t, '%d.%m.%Y')::date,
            case
                when t[:5] = '00.00' then try_cast(t[7:] || '-07-01' as date)
                when t[:2] = '00' then try_cast(t[7:] || '-' || t[4:5] || '-15' as date)
            end
        )
    when regexp_full_match(t, '\d{4}-\d{2}-\d{2}')
        then coalesce(
            try_cast(t as date),
            case
                when t[6:] = '00-00' then try_cast(t[:4] || '-07-01' as date)
                when t[9:] = '00' then try_cast(t[:7] || '-15' as date)
            end
        )
end;
create or replace temp macro tag_von(t, zeitpunkt) as
case
    when t is null then null
    when zeitpunkt >= timestamp '1000-01-01' and t like '__.__.____' and t >= '0' then zeitpunkt::date
    else beliebiger_tag_von(t)
end;
-- kein_tag_obwohl: a text that is no day, and no word for an unknown one either.
create or replace temp macro kein_tag_obwohl(t, tag) as case when tag is null then not kein_datum(t) end;
-- volle_jahre: completed years between two days; who is born on 29 February completes a year on 1 March (BGB § 188).
create or replace temp macro volle_jahre(von, bis) as
year(bis) - year(von) - (100 * month(bis) + day(bis) < 100 * month(von) + day(von))::integer;
-- fehlerbit: one rule of a row as one bit; unknown (a column is missing) is no fault.
create or replace temp macro fehlerbit(verletzt, nummer) as coalesce(verletzt, false)::ubigint << nummer;
-- liegt_nach: a date certainly after a day, also where its day or month is unknown.
create or replace temp macro liegt_nach(t, tag, grenze) as
case
    when tag <= grenze then false
    when monat_fehlt(t) then year(tag) > year(grenze)
    when tag_fehlt(t) then date_trunc('month', tag) > grenze
    else tag > grenze
end;
