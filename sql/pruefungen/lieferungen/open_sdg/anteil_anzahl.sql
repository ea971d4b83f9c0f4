-- titel: Anteile folgen aus den Anzahlen der Schwesterdateien
-- schwere: warnung
-- erwartet: der Anteil, der aus Zähler und Nenner desselben Jahres folgt
-- Which files are numerator and denominator of a file of shares is found from the figures: a pair of them is believed where at
-- least five shares were compared and seven in ten follow (proposal of this project). A row of counts fits a share if it is of
-- the same area and year and has no breakdown that the share has not. Where no pair of the same year is believed, one with the
-- denominators of the year before is (nine in ten): then the whole file is told once. What rounded counts leave open is allowed.
-- A sample of 60 shares a file decides on the pair. So
-- that not every pair of files of counts is tried for every share, a first look asks only which counts can be numerators: of a
-- share and a denominator follows their size, and counts of that size are found by their logarithm (in steps of 8 percent).
with reihen as (
    select
        z.datei, z.zeile, z.jahreszahl, z.wert, z.ziffern, o.ort, z.gebiet,
        regexp_matches(lower(z.einheit), '%|‰|prozent|percent|promille|anteil|quote') as ist_anteil,
        a.zeile is not null as ist_anzahl,
        -- The most by which rounding may have changed a count.
        case when a.in_tausend then 0.5 when r.raster > 1 then r.raster / 2 else 0 end as rundung,
        case
            when regexp_matches(lower(z.einheit), '‰|promille') then 1000
            when regexp_matches(lower(z.einheit), '%|prozent|percent') then 100
            when max(z.wert) over (partition by z.datei, z.einheit) <= 1 then 1
            else 100
        end as faktor,
        list_sort(
            list_filter(
                regexp_extract_all(z.merkmale, '\x1F([^\x1F\x1E]*=[^\x1F\x1E]+)\x1E', 1),
                lambda teil: not ist_summe(split_part(teil, '=', 2))
            )
        ) as gliederung
    from sdg.zeile as z
    inner join sdg.ort as o on z.datei = o.datei and z.zeile = o.zeile
    left join sdg.anzahl as a on z.datei = a.datei and z.zeile = a.zeile
    left join sdg.rundung as r on z.datei = r.datei and z.jahr = r.jahr
    where z.wert is not null and z.jahreszahl is not null and z.einheit <> ''
),

alle_anteile as materialized (
    select
        *,
        0.5 * pow(10, -length(split_part(ziffern, '.', 2))) + 1e-9 as spielraum,
        wert > 0 and wert <= faktor as moeglich
    from reihen
    where ist_anteil
),

anteile as materialized (
    select
        *,
        row_number() over (partition by datei order by hash(zeile)) as stelle
    from alle_anteile
    where moeglich
),

anzahlen as materialized (
    select *
    from reihen
    where ist_anzahl and wert = round(wert) and wert >= 0
    qualify bool_and(wert <= 1e10) over (partition by datei)
),

anzahldateien as (
    select count(distinct datei) as dateien
    from anzahlen
),

umfang as materialized (
    -- Shares a file that the first look takes: all 60 of the sample, fewer where many files are to be compared.
    select greatest(12, least(60, 300000 // greatest(1, count(distinct s.datei) * any_value(n.dateien)))) as stichprobe
    from anteile as s
    cross join anzahldateien as n
),

-- A share with every breakdown a count may have: each subset of its own.
gefragt as materialized (
    select
        datei, zeile, ort, jahreszahl, wert, spielraum, faktor,
        unnest(
            list_transform(
                range(0, 1 << len(gliederung)),
                lambda m: array_to_string(
                    list_select(
                        gliederung, list_filter(range(1, len(gliederung) + 1), lambda n: (m >> (n - 1)) & 1 = 1)
                    ), chr(30)
                )
            )
        ) as gliederung
    from anteile
    where stelle <= (select u.stichprobe from umfang as u) and len(gliederung) <= 6 and spielraum <= 0.07 * wert
),

groessen as materialized (
    select
        datei, ort, jahreszahl, wert, array_to_string(gliederung, chr(30)) as gliederung, floor(ln(wert) / 0.08)::integer as stufe
    from anzahlen
    where wert > 0
),

-- What may be a denominator of a year: the count of the year, or of the year before.
nenner as (
    select g.* replace (g.jahreszahl + v.versatz as jahreszahl), v.versatz
    from groessen as g
    cross join (values (0), (1)) as v (versatz)
),

-- One row a share, a denominator and a step of size in which its numerator may be.
erwartet as (
    select
        s.datei, s.zeile, s.ort, s.jahreszahl, s.wert, s.spielraum, s.faktor,
        p.datei as nennerdatei, p.wert as nenner, p.versatz,
        floor((ln(p.wert) + ln(s.wert / s.faktor)) / 0.08)::integer + d.daneben as stufe
    from gefragt as s
    inner join nenner as p on s.ort = p.ort and s.jahreszahl = p.jahreszahl and s.gliederung = p.gliederung
    cross join (values (-1), (0), (1)) as d (daneben)
),

treffer as materialized (
    select
        e.datei as anteildatei,
        n.datei as zaehlerdatei,
        e.nennerdatei,
        e.versatz
    from erwartet as e
    inner join groessen as n on e.ort = n.ort and e.jahreszahl = n.jahreszahl and e.stufe = n.stufe
    inner join gefragt as g on e.datei = g.datei and e.zeile = g.zeile and n.gliederung = g.gliederung
    where n.wert < e.nenner and abs(e.faktor * n.wert / e.nenner - e.wert) <= e.spielraum
    group by e.datei, n.datei, e.nennerdatei, e.versatz
    -- What seven in ten of five and more agree in is seen at least so often; chance is not.
    having count(distinct e.zeile) >= case when (select u.stichprobe from umfang as u) = 60 then 4 else 3 end
),

-- One join at a time, beginning with the few pairs of files: all at once every count would meet every other.
stichproben as materialized (
    select s.*, t.zaehlerdatei, t.nennerdatei, t.versatz
    from treffer as t
    inner join anteile as s on t.anteildatei = s.datei
    where s.stelle <= 60
),

mit_zaehler as materialized (
    select s.*, n.wert as zaehler, n.rundung as zaehler_rundung, len(s.gliederung) - len(n.gliederung) as zaehler_weniger
    from stichproben as s
    inner join anzahlen as n
        on
            s.zaehlerdatei = n.datei and s.ort = n.ort and s.jahreszahl = n.jahreszahl
            and list_has_all(s.gliederung, n.gliederung)
    where n.wert > 0
),

probe as materialized (
    select
        s.datei as anteildatei,
        s.zaehlerdatei,
        s.nennerdatei,
        s.versatz,
        s.zaehler_weniger,
        len(s.gliederung) - len(p.gliederung) as nenner_weniger,
        abs(s.faktor * s.zaehler / p.wert - s.wert)
        <= s.spielraum + offen_bleibt(s.faktor, s.zaehler, s.zaehler_rundung, p.wert, p.rundung) as folgt
    from mit_zaehler as s
    inner join anzahlen as p
        on
            s.nennerdatei = p.datei and s.ort = p.ort and s.jahreszahl - s.versatz = p.jahreszahl
            and list_has_all(s.gliederung, p.gliederung)
    where
        s.zaehler < p.wert
        -- Small rounded counts fit everything.
        and offen_bleibt(s.faktor, s.zaehler, s.zaehler_rundung, p.wert, p.rundung) <= 0.07 * s.wert
),

paare as (
    select
        anteildatei,
        zaehlerdatei,
        nennerdatei,
        versatz,
        zaehler_weniger,
        nenner_weniger,
        avg(folgt::integer) as trifft
    from probe
    group by anteildatei, zaehlerdatei, nennerdatei, versatz, zaehler_weniger, nenner_weniger
    having count(*) >= 5 and avg(folgt::integer) >= case when versatz = 0 then 0.7 else 0.9 end
    -- The same breakdowns come before fewer: a fault in one count must not turn the choice to totals that happen to be alike.
    qualify
        row_number() over (
            partition by anteildatei
            order by
                versatz asc, zaehler_weniger + nenner_weniger asc, trifft desc, count(*) desc, zaehlerdatei asc,
                nennerdatei asc
        ) = 1
),

verglichen as (
    select
        s.datei, s.zeile, s.jahreszahl, s.ziffern, s.gebiet, s.wert, s.faktor, q.zaehlerdatei, q.nennerdatei, q.versatz,
        s.spielraum + offen_bleibt(s.faktor, n.wert, n.rundung, p.wert, p.rundung) as spielraum, n.wert as zaehler,
        p.wert as nenner, v.wert as nenner_davor, w.wert as zaehler_davor
    from paare as q
    inner join alle_anteile as s on q.anteildatei = s.datei
    inner join anzahlen as n
        on
            q.zaehlerdatei = n.datei and s.ort = n.ort and s.jahreszahl = n.jahreszahl
            and list_has_all(s.gliederung, n.gliederung) and len(s.gliederung) - len(n.gliederung) = q.zaehler_weniger
    inner join anzahlen as p
        on
            q.nennerdatei = p.datei and s.ort = p.ort and s.jahreszahl = p.jahreszahl
            and list_has_all(s.gliederung, p.gliederung) and len(s.gliederung) - len(p.gliederung) = q.nenner_weniger
    left join anzahlen as v
        on p.datei = v.datei and p.ort = v.ort and p.jahreszahl - 1 = v.jahreszahl and p.gliederung = v.gliederung
    left join anzahlen as w
        on n.datei = w.datei and n.ort = w.ort and n.jahreszahl - 1 = w.jahreszahl and n.gliederung = w.gliederung
    where p.wert > 0
    -- One numerator and one denominator only: with more it is not known which was meant.
    qualify count(*) over (partition by s.datei, s.zeile) = 1
)

select
    v.datei,
    [v.zeile] as zeilen,
    k.feld,
    'einer' as art,
    v.ziffern,
    v.jahreszahl as jahr,
    glatt(v.gebiet) as gebiet,
    v.zaehler,
    v.zaehlerdatei,
    v.nenner,
    v.nennerdatei,
    round(v.faktor * v.zaehler / v.nenner, 2) as ergibt,
    v.nenner_davor,
    v.zaehler_davor,
    -- What it does follow from.
    case
        when abs(v.faktor * v.zaehler / v.nenner_davor - v.wert) <= v.spielraum then 'nenner'
        when abs(v.faktor * v.zaehler_davor / v.nenner - v.wert) <= v.spielraum then 'zaehler'
        when abs(v.faktor * v.zaehler_davor / v.nenner_davor - v.wert) <= v.spielraum then 'beide'
    end as vorjahr
from verglichen as v
inner join sdg.kopf as k on v.datei = k.datei and k.rolle = 'wert'
where v.versatz = 0 and abs(v.faktor * v.zaehler / v.nenner - v.wert) > v.spielraum
union all by name
-- The whole file: where the years do not differ enough to tell, nothing is said.
select
    v.datei,
    list(v.zeile order by v.zeile) as zeilen,
    any_value(k.feld) as feld,
    'alle' as art,
    min_by(v.ziffern, v.zeile) as ziffern,
    min_by(v.jahreszahl, v.zeile) as jahr,
    min_by(glatt(v.gebiet), v.zeile) as gebiet,
    min_by(v.zaehler, v.zeile) as zaehler,
    any_value(v.zaehlerdatei) as zaehlerdatei,
    min_by(v.nenner, v.zeile) as nenner,
    any_value(v.nennerdatei) as nennerdatei,
    min_by(v.nenner_davor, v.zeile) as nenner_davor
from verglichen as v
inner join sdg.kopf as k on v.datei = k.datei and k.rolle = 'wert'
where
    v.versatz = 1 and abs(v.faktor * v.zaehler / v.nenner - v.wert) > v.spielraum
    and abs(v.faktor * v.zaehler / v.nenner_davor - v.wert) <= v.spielraum
group by v.datei
order by datei, zeilen
