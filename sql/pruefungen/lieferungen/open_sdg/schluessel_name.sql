-- titel: GeoCode und Gebietsname gehören zusammen
-- schwere: fehler
-- erwartet: zu jedem Namen der Code, den er in den Schwesterdateien hat
-- Judged by what most files say. A block shifted by one row: a run of rows that all carry the code due to the row below (or
-- above), but for the one at its end, with three or more wrong ones (an area may fill several rows). A second name for a
-- code that no other code claims is a warning only, and so is one name on codes of different length: these may be areas of
-- two levels.
with folge as (
    select
        z.datei,
        z.zeile,
        z.geocode,
        z.code,
        z.name,
        s.gebiet,
        sn.name as soll_name,
        sc.code as soll_code,
        lag(sc.code) over datei as code_davor,
        lead(sc.code) over datei as code_danach,
        row_number() over datei as nummer
    from sdg.zeile as z
    left join sdg.schreibung as s on z.name = s.name
    left join sdg.soll_name as sn on z.code = sn.code
    left join sdg.soll_code as sc on z.name = sc.name
    window datei as (partition by z.datei order by z.zeile)
),

laeufe as (
    select
        *,
        coalesce(
            sum((code is distinct from code_danach)::integer) over (
                partition by datei order by nummer rows between unbounded preceding and 1 preceding
            ), 0
        ) as lauf_danach,
        sum((code is distinct from code_davor)::integer) over (partition by datei order by nummer) as lauf_davor
    from folge
),

je_code as (
    select datei, jahr, name, code, count(*) as zeilen
    from sdg.zeile
    where code <> '' and name <> ''
    group by datei, jahr, name, code
),

uebergeordnet as (
    select datei, name
    from je_code
    group by datei, jahr, name
    having count(*) >= 3 and max(zeilen) * 2 < sum(zeilen)
),

falsch as (
    select
        f.*,
        r.gebiet as soll_gebiet,
        case
            when f.soll_name <> f.name and f.soll_code <> f.code then 'vertauscht'
            when f.soll_name <> f.name then 'zwei_namen'
            when length(f.code) = length(f.soll_code) or ltrim(f.code, '0') = ltrim(f.soll_code, '0') then 'zwei_codes'
            else 'zwei_ebenen'
        end as art,
        regexp_extract(f.geocode, '^[A-Za-z]*') || f.soll_code as wie_sonst
    from laeufe as f
    inner join sdg.schreibung as r on f.soll_name = r.name
    where
        f.code <> '' and f.name <> ''
        -- A name over three and more codes of one year is that of a larger area: the code belongs to a finer level.
        and (f.datei, f.name) not in (select (u.datei, u.name) from uebergeordnet as u)
        and (f.soll_name <> f.name or f.soll_code <> f.code)
        -- A slip in the name: gebiet_schreibweise tells it.
        and not (f.soll_code = f.code and verschrieben(f.gebiet, r.gebiet))
),

gezaehlt as (
    select
        *,
        -- Only what stands in the folder is proposed: put together, letters and digits may name nothing.
        (select any_value(z.geocode) from sdg.zeile as z where z.geocode = falsch.wie_sonst) as vorschlag,
        (select min(z.geocode) from sdg.zeile as z where z.code = falsch.soll_code) as anderswo,
        count(*) filter (where art = 'vertauscht') over (partition by datei, lauf_danach) as im_lauf_danach,
        count(*) filter (where art = 'vertauscht') over (partition by datei, lauf_davor) as im_lauf_davor
    from falsch
),

benannt as (
    select
        *,
        art = 'vertauscht' and greatest(im_lauf_danach, im_lauf_davor) >= 3 as verschoben,
        case when im_lauf_danach >= im_lauf_davor then lauf_danach else -1 - lauf_davor end as lauf
    from gezaehlt
)

select
    b.datei,
    list(b.zeile order by b.zeile) as zeilen,
    any_value(k.feld) as feld,
    'verschoben' as art,
    min_by(b.gebiet, b.zeile) as gebiet,
    min_by(b.geocode, b.zeile) as geocode,
    min_by(coalesce(b.vorschlag, b.anderswo), b.zeile) as richtig,
    'fehler' as schwere
from benannt as b
inner join sdg.kopf as k on b.datei = k.datei and k.rolle = 'geocode'
where b.verschoben
group by b.datei, b.lauf
union all by name
select
    b.datei,
    list(b.zeile order by b.zeile) as zeilen,
    any_value(k.feld) as feld,
    case b.art when 'zwei_ebenen' then 'zwei_codes' else b.art end as art,
    b.gebiet,
    b.geocode,
    coalesce(b.vorschlag, b.anderswo) as richtig,
    b.soll_gebiet,
    case
        when b.art <> 'zwei_namen' then b.vorschlag
        when not (ist_eigenname(b.gebiet) and ist_eigenname(b.soll_gebiet)) then b.soll_gebiet
    end as ersatz,
    case when b.art in ('vertauscht', 'zwei_codes') then 'fehler' else 'warnung' end as schwere
from benannt as b
inner join sdg.kopf as k on b.datei = k.datei and k.rolle = 'geocode'
where not b.verschoben
group by b.datei, b.geocode, b.gebiet, b.soll_gebiet, b.vorschlag, b.anderswo, b.art
order by datei, zeilen
