-- Typed rows of a register extract with a bit for every rule a row breaks.
-- Grain: one row a data line of the file (zeile; the header is line 1).
-- Reads: roh (canonical columns as text, '' already NULL), staaten, gebiete, erlaubt (value lists of the vocabulary).
-- Variables: datenstand, option_erlaubt, felder_erwartet. The bits are named in pipelines/eingang/register_regeln.py.
create or replace temp table getippt as
with daten as (
    select
        *,
        iso_text(geburtsdatum) as geburt_iso,
        iso_text(zuzug_datum_ausland) as zuzug_iso,
        iso_text(einzug_datum) as einzug_iso,
        iso_text(auszug_datum) as auszug_iso,
        iso_text(sterbe_datum) as sterbe_iso
    from roh
),

tage as (
    select
        *,
        ersatztag(geburt_iso) as geburtstag,
        ersatztag(zuzug_iso) as zuzug_tag,
        ersatztag(einzug_iso) as einzug_tag,
        ersatztag(auszug_iso) as auszug_tag,
        ersatztag(sterbe_iso) as sterbe_tag
    from daten
),

geprueft as (
    select
        *,
        case when felder_zahl <> getvariable('felder_erwartet') then 1::ubigint else
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
        | fehlerbit(liegt_nach(geburt_iso, geburtstag, getvariable('datenstand')), 18)
        | fehlerbit(geburtstag < date '1850-01-01', 19)
        | fehlerbit(sterbe_iso[:4] < geburt_iso[:4], 20)
        | fehlerbit(auszug_iso not like '%00' and einzug_iso not like '%00' and auszug_tag < einzug_tag, 21)
        | fehlerbit(elternteil_1_pid = pid, 22)
        | fehlerbit(elternteil_2_pid = pid, 23)
        | fehlerbit(liegt_nach(sterbe_iso, sterbe_tag, getvariable('datenstand')), 24)
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
    zuzug_staat,
    geburtstag,
    try_cast(geburt_iso[:4] as smallint) as geburtsjahr,
    coalesce(geburt_iso like '%-00', false) as alter_ersetzt,
    zuzug_tag,
    einzug_tag,
    auszug_tag,
    sterbe_tag,
    elternteil_1_pid,
    elternteil_2_pid,
    adresse_id,
    coalesce(gebiet_id in (select gebiet_id from gebiete), false) as gebiet_bekannt,
    case when gebiet_id in (select gebiet_id from gebiete) then gebiet_id else 'unbekannt' end as gebiet_id,
    inhalt,
    einzelfehler
from geprueft;
