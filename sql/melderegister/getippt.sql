-- Typed rows of a register extract with a bit for every rule a row breaks: the one pass over the file, and no text is kept
-- that can be told by a number.
-- Grain: one row a data line of the file (zeile; the header is line 1).
-- Reads: roh (canonical columns as text, '' already NULL), staaten, gebiete (keys as
-- they may be written, also without leading zeros where unique).
-- Types (pipelines/eingang/melderegister/prepare.py): value lists and keys; what is not in them becomes NULL and a bit.
-- Variables: stichtag, datenstand, fruehester_geburtstag, option_erlaubt, felder_erwartet, schluessel, marke.
-- The bits are named in pipelines/eingang/melderegister/rules.py.
-- pid, parents and address are kept as hashes of 64 bits; where two hashes of a pid meet, the text decides (doppelt.sql).
create or replace temp table getippt as
with zeitpunkte as (
    select
        *,
        zeitpunkt_von(geburtsdatum) as geburt_um,
        zeitpunkt_von(zuzug_datum_ausland) as zuzug_um,
        zeitpunkt_von(einzug_datum) as einzug_um,
        zeitpunkt_von(auszug_datum) as auszug_um,
        zeitpunkt_von(sterbe_datum) as sterbe_um
    from roh
),

gelesen as (
    select
        *,
        tag_von(geburtsdatum, geburt_um) as geburtstag,
        tag_von(zuzug_datum_ausland, zuzug_um) as zuzug_tag,
        tag_von(einzug_datum, einzug_um) as einzug_tag,
        tag_von(auszug_datum, auszug_um) as auszug_bis,
        tag_von(sterbe_datum, sterbe_um) as sterbe_bis,
        try_cast(wohnungsstatus as wohnungsstatus_wert) as status,
        try_cast(geschlecht as geschlecht_wert) as geschlecht_wert,
        try_cast(sta_1 as staatsangehoerigkeit) as staat_1,
        try_cast(sta_2 as staatsangehoerigkeit) as staat_2,
        try_cast(sta_3 as staatsangehoerigkeit) as staat_3,
        try_cast(art_dt_sta as art_dt_sta_wert) as art,
        try_cast(geburtsstaat as staat) as geburt_in,
        try_cast(zuzug_staat as staat) as zuzug_aus
    from zeitpunkte
),

beendet as (
    select
        *,
        ohne_offenes_ende(auszug_bis) as auszug_tag,
        ohne_offenes_ende(sterbe_bis) as sterbe_tag,
        case when pid is not null then hash(pid) end as pid_hash,
        case when elternteil_1_pid is not null then hash(elternteil_1_pid) end as eltern_1_hash,
        case when elternteil_2_pid is not null then hash(elternteil_2_pid) end as eltern_2_hash
    from gelesen
),

-- Whether a row is certainly sound, at the price of comparing numbers: nearly every row is, and only of the others it is asked
-- which rules they break. A row that breaks none may be doubtful here (00.00.0000 is no day, and no fault either).
angesehen as (
    select
        *,
        coalesce(
            felder_zahl = getvariable('felder_erwartet')
            and pid is not null
            and status is not null
            and geschlecht_wert is not null
            and staat_1 is not null
            and (sta_2 is null) = (staat_2 is null)
            and (sta_3 is null) = (staat_3 is null)
            and (art_dt_sta is null) = (art is null)
            and (geburtsstaat is null) = (geburt_in is null)
            and (zuzug_staat is null) = (zuzug_aus is null)
            and (geburtsdatum is null) = (geburtstag is null)
            and (zuzug_datum_ausland is null) = (zuzug_tag is null)
            and (einzug_datum is null) = (einzug_tag is null)
            and (auszug_datum is null) = (auszug_bis is null)
            and (sterbe_datum is null) = (sterbe_bis is null)
            and (geburtstag is null or geburtstag between getvariable('fruehester_geburtstag') and getvariable('datenstand'))
            and (sterbe_tag is null or sterbe_tag between coalesce(geburtstag, sterbe_tag) and getvariable('datenstand'))
            and (auszug_tag is null or auszug_tag >= coalesce(einzug_tag, auszug_tag))
            and (eltern_1_hash is null or eltern_1_hash <> pid_hash)
            and (eltern_2_hash is null or eltern_2_hash <> pid_hash),
            false
        ) as gewiss_brauchbar
    from beendet
),

geprueft as (
    select
        *,
        case
            when gewiss_brauchbar then 0::ubigint
            when felder_zahl <> getvariable('felder_erwartet') then 1::ubigint else
                fehlerbit(pid is null, 1)
                | fehlerbit(wohnungsstatus is null, 2)
                | fehlerbit(wohnungsstatus is not null and status is null, 3)
                | fehlerbit(geschlecht is null, 4)
                | fehlerbit(geschlecht is not null and geschlecht_wert is null, 5)
                | fehlerbit(sta_1 is null, 6)
                | fehlerbit(sta_1 is not null and staat_1 is null, 7)
                | fehlerbit(sta_2 is not null and staat_2 is null, 8)
                | fehlerbit(sta_3 is not null and staat_3 is null, 9)
                | fehlerbit(art_dt_sta is not null and art is null, 10)
                | fehlerbit(geburtsstaat is not null and geburt_in is null, 11)
                | fehlerbit(zuzug_staat is not null and zuzug_aus is null, 12)
                | fehlerbit(kein_tag_obwohl(geburtsdatum, geburtstag), 13)
                | fehlerbit(kein_tag_obwohl(zuzug_datum_ausland, zuzug_tag), 14)
                | fehlerbit(kein_tag_obwohl(einzug_datum, einzug_tag), 15)
                | fehlerbit(kein_tag_obwohl(auszug_datum, auszug_bis), 16)
                | fehlerbit(kein_tag_obwohl(sterbe_datum, sterbe_bis), 17)
                | fehlerbit(liegt_nach(geburtsdatum, geburtstag, getvariable('datenstand')), 18)
                | fehlerbit(geburtstag < getvariable('fruehester_geburtstag'), 19)
                | fehlerbit(case when sterbe_tag < geburtstag then year(sterbe_tag) < year(geburtstag) end, 20)
                | fehlerbit(auszug_tag < einzug_tag and not (tag_fehlt(auszug_datum) or tag_fehlt(einzug_datum)), 21)
                | fehlerbit(elternteil_1_pid = pid, 22)
                | fehlerbit(elternteil_2_pid = pid, 23)
                | fehlerbit(liegt_nach(sterbe_datum, sterbe_tag, getvariable('datenstand')), 24)
        end as einzelfehler
    from angesehen
),

-- The population at the Stichtag: usable rows with the main or only residence, moved in, not moved out, not dead. An unknown
-- day of a move or death counts with its substitute day. Rows whose pid stands more than once leave it later (doppelt.sql).
eingeordnet as (
    select
        *,
        coalesce(
            einzelfehler = 0
            and status in ('alleinige', 'haupt')
            and not coalesce(liegt_nach(geburtsdatum, geburtstag, getvariable('stichtag')), false)
            and (einzug_tag is null or einzug_tag <= getvariable('stichtag'))
            and (auszug_tag is null or auszug_tag > getvariable('stichtag'))
            and (sterbe_tag is null or sterbe_tag > getvariable('stichtag')),
            false
        ) as im_bestand
    from geprueft
)

select
    zeile,
    felder_zahl::integer as felder_zahl,
    pid_hash,
    -- The same keyed hash as in pipelines/bevoelkerung/explain_person.py; nobody else has a pseudonym.
    case
        when im_bestand or (einzelfehler = 0 and sterbe_tag is not null)
            then left(sha256(getvariable('schluessel') || pid), 32)
    end as pseudonym,
    status in ('alleinige', 'haupt') as hauptwohnung,
    geschlecht_wert as geschlecht,
    staat_1 as sta_1,
    staat_2 as sta_2,
    staat_3 as sta_3,
    case when art = 'option' and not getvariable('option_erlaubt') then 'unbekannt'::art_dt_sta_wert else art end as art_dt_sta,
    case
        when geburtsstaat in ('998', '999') then null
        when geburtsstaat is not null then geburt_in
        when geburtsort is not null then '000'::staat
    end as geburtsstaat,
    -- Looked up in the list of birthplaces (pipelines/eingang/melderegister/geburtsort.py); never staged.
    case when geburtsstaat is null then geburtsort end as ort_ohne_staat,
    zuzug_aus as zuzug_staat,
    geburtstag,
    tag_fehlt(geburtsdatum) as alter_ersetzt,
    zuzug_tag,
    einzug_tag,
    auszug_tag,
    sterbe_tag,
    eltern_1_hash,
    eltern_2_hash,
    case when adresse_id is not null then hash(adresse_id) end as adresse_hash,
    coalesce(g.gebiet_id, 'unbekannt'::gebiet) as gebiet_id,
    g.gebiet_id is not null as gebiet_bekannt,
    coalesce(g.ergaenzt, false) as gebiet_ergaenzt,
    case when g.gebiet_id is null then p.gebiet_id end as gebiet_fremd,
    coalesce(art = 'option', false) as optionskennzeichen,
    -- No list has the key 0: such a row breaks a rule, whatever else it holds.
    case when einzelfehler <> 0 then coalesce('0' in (sta_1, sta_2, sta_3, geburtsstaat, zuzug_staat), false) else false end
        as nullen_verloren,
    coalesce(starts_with(pid, getvariable('marke')), false) as synthetisch,
    einzelfehler::uinteger as einzelfehler,
    im_bestand
from eingeordnet as p
left join gebiete as g on p.gebiet_id = g.schluessel;
