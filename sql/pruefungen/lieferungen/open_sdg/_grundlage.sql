-- What the checks compute with.
-- glatt: without doubled blanks. enge: only what a reader hears. wortfolge: the words of a name in any order.
create or replace temp macro glatt(wort) as trim(regexp_replace(wort, '[\s\x{00A0}\x{202F}]+', ' ', 'g'));
create or replace temp macro enge(wort) as regexp_replace(lower(wort), '[\s\x{00A0},;:._''"()-]+', '', 'g');
create or replace temp macro wortfolge(wort) as
array_to_string(list_sort(regexp_extract_all(lower(wort), '[\p{L}\p{N}]+')), ' ');
-- uebrig: the one word of a text that another text has not, empty if there are more (»aus Irland«, »aus Island«: irland).
-- anders: that of each of two texts, in small letters. A word is a run of letters, named by the blocks of living scripts: to
-- prepare \p{L} takes ten times as long.
create or replace temp macro uebrig(worte, andere) as
case
    when len(worte) > 1 and len(list_filter(worte, lambda wort: not list_contains(andere, wort))) = 1
        then list_filter(worte, lambda wort: not list_contains(andere, wort))[1]
    else ''
end;
create or replace temp macro buchstaben() as
'[a-z\x{AA}\x{B5}\x{BA}\x{DF}-\x{F6}\x{F8}-\x{2AF}\x{370}-\x{1FFF}\x{2C00}-\x{2DFF}\x{3040}-\x{D7FF}\x{F900}-\x{FDFF}]+';
create or replace temp macro anders(eins, zwei) as
list_transform(
    [[regexp_extract_all(lower(eins), buchstaben()), regexp_extract_all(lower(zwei), buchstaben())]],
    lambda worte: [uebrig(worte[1], worte[2]), uebrig(worte[2], worte[1])]
)[1];
-- verschrieben: the same word but for a slip of the pen. Numbers and signs must be the same; short words may not differ,
-- (»Bezirk A«, »graph_min_value«), words from 5 letters by one, from 9 by two (proposal of this project); »un-« is no slip.
create or replace temp macro verschrieben(eins, zwei) as
eins <> zwei
and regexp_extract_all(eins, '\d+') = regexp_extract_all(zwei, '\d+')
and regexp_extract_all(eins, '[<>=+%≤≥]') = regexp_extract_all(zwei, '[<>=+%≤≥]')
and lower(eins) <> 'un' || lower(zwei)
and lower(zwei) <> 'un' || lower(eins)
and not (ist_eigenname(eins) and ist_eigenname(zwei))
and len(list_filter(anders(eins, zwei), lambda wort: length(wort) between 1 and 3)) < 2
and not (ist_eigenname(anders(eins, zwei)[1]) and ist_eigenname(anders(eins, zwei)[2]))
and not (
    ohne_richtung(eins) = ohne_richtung(zwei) and lower(eins) <> ohne_richtung(eins) and lower(zwei) <> ohne_richtung(zwei)
    and enge(eins) <> enge(zwei)
)
and (
    enge(eins) = enge(zwei)
    or damerau_levenshtein(lower(eins), lower(zwei))
    <= case when least(length(eins), length(zwei)) >= 9 then 2 when least(length(eins), length(zwei)) >= 5 then 1 else 0 end
);
-- umriss: which letters a word has, a bit each; laenge: how many. Words that may be slips of each other differ by at most two
-- letters: asking that first saves comparing every word with every other, letter by letter.
create or replace temp macro umriss(wort) as
coalesce(
    list_aggregate(
        list_transform(list_distinct(string_split(enge(wort), '')), lambda z: 1::bigint << (unicode(z) % 62)), 'bit_or'
    ), 0
);
create or replace temp macro vergleichbar(umriss_eins, laenge_eins, umriss_zwei, laenge_zwei) as
abs(laenge_eins - laenge_zwei) <= 2 and bit_count(xor(umriss_eins, umriss_zwei)) <= 4;
-- hoechstens: distinct words of a column up to which their spellings are compared (kategorien_viele.sql).
create or replace temp macro hoechstens() as 5000;
-- ohne: what identifies a row without one of its breakdowns. woertlich: area and breakdowns for a reader, null if there are none.
create or replace temp macro ohne(merkmale, spalte, wert) as
replace(merkmale, chr(31) || spalte || '=' || glatt(wert) || chr(30), '');
create or replace temp macro woertlich(gebiet, merkmale) as
nullif(
    array_to_string(
        list_filter(
            [glatt(gebiet)] || regexp_extract_all(merkmale, '\x1F([^\x1F\x1E]*=[^\x1F\x1E]+)\x1E', 1), lambda teil: teil <> ''
        ), ', '
    ), ''
);
-- ist_summe: how a total is marked in a breakdown; an empty cell is Open SDG's own way.
create or replace temp macro ist_summe(wort) as
enge(wort) in ('', 'insgesamt', 'gesamt', 'zusammen', 'total', 'summe', 'alle');
-- dreher: whether two neighbouring digits of one count changed places give the other.
create or replace temp macro dreher(zahl, ziel) as
zahl <> ziel and least(zahl, ziel) >= 10 and greatest(zahl, ziel) < 1e15
and coalesce(
    list_contains(
        list_transform(
            range(1, length(try_cast(zahl as bigint)::varchar)),
            lambda i: try_cast(
                left(try_cast(zahl as bigint)::varchar, i - 1) || substring(try_cast(zahl as bigint)::varchar, i + 1, 1)
                || substring(try_cast(zahl as bigint)::varchar, i, 1) || substring(try_cast(zahl as bigint)::varchar, i + 2)
                as bigint
            )
        ), try_cast(ziel as bigint)
    ), false
);
-- offen_bleibt: by how much a share may be off because its counts are rounded (each by at most so much).
create or replace temp macro offen_bleibt(faktor, zaehler, zaehler_rundung, nenner, nenner_rundung) as
faktor * (zaehler_rundung / nenner + zaehler * nenner_rundung / (nenner * nenner));

-- One row a sound row of a data file. einheit: of the column Units, in a file without it that of the metadata.
-- code: the digits of GeoCode (the letters before them name a layer of the map and
-- differ between files). name: the words of the area's name, in any order. reihe: what makes a series.
create or replace table sdg.zeile as
with einheiten as (
    select d.datei, any_value(m.wert) as einheit_meta
    from sdg.datei as d
    inner join sdg.metadatei as f on d.nummer = f.nummer
    inner join sdg.meta as m on f.datei = m.datei and m.schluessel = 'computation_units'
    where d.datei not in (select k.datei from sdg.kopf as k where k.rolle = 'einheit')
    group by d.datei
),

zerlegt as (
    select
        g.* exclude (geocode, gebiet, einheit),
        coalesce(nullif(einheit, ''), ersatz.einheit_meta, '') as einheit,
        geocode as geocode_text,
        gebiet as gebiet_text,
        case when ist_fehlerwert(geocode) then '' else geocode end as geocode,
        case when ist_fehlerwert(gebiet) then '' else gebiet end as gebiet
    from sdg.gelesen as g
    left join einheiten as ersatz on g.datei = ersatz.datei
),

benannt as (
    select
        *,
        coalesce(nullif(regexp_extract(geocode, '^[A-Za-z]*(\d+)$', 1), ''), geocode) as code,
        wortfolge(gebiet) as name,
        glatt(wert_text) as ziffern,
        concat(geocode, chr(31), glatt(gebiet), chr(31), einheit, chr(31), merkmale) as reihe
    from zerlegt
)

select
    *,
    case
        when regexp_full_match(ziffern, '[+-]?\d+(\.\d+)?([eE][+-]?\d{1,2})?') then try_cast(ziffern as double)
    end as wert,
    case when regexp_full_match(jahr, '\d{4}') then jahr::integer end as jahreszahl
from benannt;

-- Counts, and to what the counts of a year are rounded: every figure a multiple of the grid, with enough different ones that it
-- is no chance.
create or replace table sdg.anzahl as
select
    *,
    regexp_matches(lower(einheit), 'tausend|tsd|1\.? ?000') as in_tausend
from sdg.zeile
where
    not regexp_matches(
        lower(einheit), '%|‰|prozent|percent|promille|anteil|quote|\bje\b|\bper\b|euro|index|durchschnitt'
    )
qualify bool_and(coalesce(wert = round(wert), true)) over (partition by datei, einheit);

create or replace table sdg.rundung as
select
    datei,
    jahr,
    case
        when bool_and(wert % 1000 = 0) and count(distinct wert) >= 3 then 1000
        when bool_and(wert % 500 = 0) and count(distinct wert) >= 3 then 500
        when bool_and(wert % 100 = 0) and count(distinct wert) >= 3 then 100
        when bool_and(wert % 50 = 0) and count(distinct wert) >= 3 then 50
        when bool_and(wert % 10 = 0) and count(distinct wert) >= 3 then 10
        when bool_and(wert % 5 = 0) then 5
        when bool_and(wert % 3 = 0) and count(distinct wert) >= 5 then 3
        else 1
    end as raster
from sdg.anzahl
where wert is not null and wert <> 0
group by datei, jahr;

-- The name to a code and the code to a name that most files have (then most rows).
create or replace table sdg.paar as
select
    code,
    name,
    count(distinct datei) as dateien,
    count(*) as zeilen
from sdg.zeile
where code <> '' and name <> ''
group by code, name;

create or replace table sdg.soll_name as
select code, name
from sdg.paar
qualify row_number() over (partition by code order by dateien desc, zeilen desc, name asc) = 1;

create or replace table sdg.soll_code as
select name, code
from sdg.paar
qualify row_number() over (partition by name order by dateien desc, zeilen desc, code asc) = 1;

-- sdg.ort: the area a row means: the code its name has elsewhere, else its own. So neither a slip in the name nor a wrong code
-- tears a series.
create or replace table sdg.ort as
select
    z.datei,
    z.zeile,
    coalesce(sc.code, nullif(z.code, ''), z.name) as ort
from sdg.zeile as z
left join sdg.soll_code as sc on z.name = sc.name;

-- The spelling of a name that most files have; one without doubled blanks wins.
create or replace table sdg.schreibung as
select
    name,
    gebiet
from sdg.zeile
where name <> ''
group by name, gebiet
qualify
    row_number() over (
        partition by name order by gebiet = glatt(gebiet) desc, count(distinct datei) desc, count(*) desc, gebiet asc
    ) = 1;
