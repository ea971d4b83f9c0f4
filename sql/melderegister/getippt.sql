-- Typed rows of a register extract with a bit for every rule a row breaks.
-- Grain: one row a data line of the file (zeile; the header is line 1).
-- Reads: roh (canonical columns as text, '' already NULL), staaten, gebiete (keys as
-- they may be written, also without leading zeros where unique), erlaubt (value lists of the vocabulary).
-- Variables: stichtag, datenstand, fruehester_geburtstag, option_erlaubt, felder_erwartet.
-- The bits are named in pipelines/eingang/melderegister/rules.py.
create or replace temp table getippt as
with geschlossen as (
    select * replace (ohne_offenes_ende(auszug_datum) as auszug_datum, ohne_offenes_ende(sterbe_datum) as sterbe_datum)
    from roh
),

tage as (
    select
        *,
        tag_von(geburtsdatum) as geburtstag,
        tag_von(zuzug_datum_ausland) as zuzug_tag,
        tag_von(einzug_datum) as einzug_tag,
        tag_von(auszug_datum) as auszug_tag,
        tag_von(sterbe_datum) as sterbe_tag
    from geschlossen
),

geprueft as (
    select
        *,
        case
            when felder_zahl <> getvariable('felder_erwartet') then 1::ubigint else
                fehlerbit(pid is null, 1)
                | fehlerbit(wohnungsstatus is null, 2)
                | fehlerbit(wohnungsstatus not in (select wert from erlaubt where spalte = 'wohnungsstatus'), 3)
                | fehlerbit(geschlecht is null, 4)
                | fehlerbit(geschlecht not in (select wert from erlaubt where spalte = 'geschlecht'), 5)
                | fehlerbit(sta_1 is null, 6)
                | fehlerbit(sta_1 not in (select staat from staaten), 7)
                | fehlerbit(sta_2 not in (select staat from staaten), 8)
                | fehlerbit(sta_3 not in (select staat from staaten), 9)
                | fehlerbit(art_dt_sta not in (select wert from erlaubt where spalte = 'art_dt_sta'), 10)
                | fehlerbit(geburtsstaat not in (select staat from staaten where ist_staat), 11)
                | fehlerbit(zuzug_staat not in (select staat from staaten where ist_staat), 12)
                | fehlerbit(not kein_datum(geburtsdatum) and geburtstag is null, 13)
                | fehlerbit(not kein_datum(zuzug_datum_ausland) and zuzug_tag is null, 14)
                | fehlerbit(not kein_datum(einzug_datum) and einzug_tag is null, 15)
                | fehlerbit(not kein_datum(auszug_datum) and auszug_tag is null, 16)
                | fehlerbit(not kein_datum(sterbe_datum) and sterbe_tag is null, 17)
                | fehlerbit(liegt_nach(geburtsdatum, geburtstag, getvariable('datenstand')), 18)
                | fehlerbit(geburtstag < getvariable('fruehester_geburtstag'), 19)
                | fehlerbit(year(sterbe_tag) < year(geburtstag), 20)
                | fehlerbit(auszug_tag < einzug_tag and not tag_fehlt(auszug_datum) and not tag_fehlt(einzug_datum), 21)
                | fehlerbit(elternteil_1_pid = pid, 22)
                | fehlerbit(elternteil_2_pid = pid, 23)
                | fehlerbit(liegt_nach(sterbe_datum, sterbe_tag, getvariable('datenstand')), 24)
        end as einzelfehler
    from tage
)

select
    zeile,
    pid,
    wohnungsstatus,
    geschlecht,
    sta_1,
    sta_2,
    sta_3,
    case when art_dt_sta = 'option' and not getvariable('option_erlaubt') then 'unbekannt' else art_dt_sta end as art_dt_sta,
    case
        when geburtsstaat in ('998', '999') then null
        when geburtsstaat is not null then geburtsstaat
        when geburtsort is not null then '000'
    end as geburtsstaat,
    -- Looked up in the list of birthplaces (pipelines/eingang/melderegister/geburtsort.py); never staged.
    case when geburtsstaat is null then geburtsort end as ort_ohne_staat,
    zuzug_staat,
    geburtstag,
    year(geburtstag)::smallint as geburtsjahr,
    tag_fehlt(geburtsdatum) as alter_ersetzt,
    coalesce(liegt_nach(geburtsdatum, geburtstag, getvariable('stichtag')), false) as spaeter_geboren,
    zuzug_tag,
    einzug_tag,
    auszug_tag,
    sterbe_tag,
    elternteil_1_pid,
    elternteil_2_pid,
    adresse_id,
    g.gebiet_id is not null as gebiet_bekannt,
    coalesce(g.ergaenzt, false) as gebiet_ergaenzt,
    coalesce(g.gebiet_id, 'unbekannt') as gebiet_id,
    inhalt,
    einzelfehler
from geprueft as p
left join gebiete as g on p.gebiet_id = g.schluessel;
