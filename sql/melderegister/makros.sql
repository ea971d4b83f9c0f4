-- Macros for register dates. A date is TT.MM.JJJJ or JJJJ-MM-TT; unknown day or month is 00.
-- iso_text: any of the two forms as JJJJ-MM-TT; NULL if it has neither form (guards try_cast against '01.02.01').
create or replace temp macro iso_text(t) as
    case
        when t[3] = '.' and regexp_full_match(t, '\d{2}\.\d{2}\.\d{4}') then t[7:10] || '-' || t[4:5] || '-' || t[1:2]
        when regexp_full_match(t, '\d{4}-\d{2}-\d{2}') then t
    end;
-- kein_datum: an explicitly unknown date.
create or replace temp macro kein_datum(t) as t is null or t in ('00.00.0000', '0000-00-00');
-- ersatztag: the date, with 1 July for an unknown month and the 15th for an unknown day (middle of the period).
create or replace temp macro ersatztag(iso) as
    try_cast(
        case
            when iso[6:] = '00-00' then iso[:4] || '-07-01'
            when iso[9:] = '00' then iso[:7] || '-15'
            else iso
        end as date
    );
-- fehlerbit: one rule of a row as one bit; unknown (a column is missing) is no fault.
create or replace temp macro fehlerbit(verletzt, nummer) as coalesce(verletzt, false)::ubigint << nummer;
-- liegt_nach: a date certainly after a day, also where its day or month is unknown.
create or replace temp macro liegt_nach(iso, tag, grenze) as
    case
        when iso[6:] = '00-00' then iso[:4]::integer > year(grenze)
        when iso[9:] = '00' then date_trunc('month', tag) > grenze
        else tag > grenze
    end;
