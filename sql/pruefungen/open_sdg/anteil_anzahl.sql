-- titel: Anteile folgen aus den Anzahlen der Schwesterdateien
-- schwere: warnung
-- erwartet: der Anteil, der aus Zähler und Nenner desselben Jahres folgt
-- Which files are numerator and denominator of a file of shares is found from the figures: a pair of them is believed where at
-- least five shares were compared and seven in ten follow (proposal of this project). A row of counts fits a share if it is of
-- the same area and year and has no breakdown that the share has not. A sample of 60 shares a file decides on the pair.
with reihen as (
    select
        z.datei, z.zeile, z.jahreszahl, z.wert, z.ziffern, o.ort, z.gebiet,
        regexp_matches(lower(z.einheit), '%|prozent|percent|anteil|quote') as ist_anteil,
        not regexp_matches(
            lower(z.einheit), '%|prozent|percent|promille|anteil|quote|\bje\b|\bper\b|euro|index|durchschnitt'
        ) as ist_anzahl,
        list_sort(
            list_filter(
                regexp_extract_all(z.merkmale, '\x1F([^\x1F\x1E]*=[^\x1F\x1E]+)\x1E', 1),
                lambda teil: not ist_summe(split_part(teil, '=', 2))
            )
        ) as gliederung
    from sdg.zeile as z
    inner join sdg.ort as o on z.datei = o.datei and z.zeile = o.zeile
    where z.wert is not null and z.jahreszahl is not null and z.einheit <> ''
),

anteile as (
    select
        *,
        0.5 * pow(10, -length(split_part(ziffern, '.', 2))) + 1e-9 as spielraum,
        row_number() over (partition by datei order by hash(zeile)) as stelle
    from reihen
    where ist_anteil and wert > 0 and wert <= 100
),

anzahlen as (
    select *
    from reihen
    where ist_anzahl and wert = round(wert) and wert >= 0
    qualify bool_and(wert <= 1e10) over (partition by datei)
),

probe as (
    select
        s.datei as anteildatei,
        n.datei as zaehlerdatei,
        p.datei as nennerdatei,
        len(s.gliederung) - len(n.gliederung) as zaehler_weniger,
        len(s.gliederung) - len(p.gliederung) as nenner_weniger,
        abs(100 * n.wert / p.wert - s.wert) <= s.spielraum as folgt
    from anteile as s
    inner join anzahlen as n
        on s.ort = n.ort and s.jahreszahl = n.jahreszahl and list_has_all(s.gliederung, n.gliederung)
    inner join anzahlen as p
        on s.ort = p.ort and s.jahreszahl = p.jahreszahl and list_has_all(s.gliederung, p.gliederung)
    where s.stelle <= 60 and n.wert < p.wert and p.wert > 0 and n.wert > 0
),

paare as (
    select
        anteildatei,
        zaehlerdatei,
        nennerdatei,
        zaehler_weniger,
        nenner_weniger,
        avg(folgt::integer) as trifft
    from probe
    group by anteildatei, zaehlerdatei, nennerdatei, zaehler_weniger, nenner_weniger
    having count(*) >= 5 and avg(folgt::integer) >= 0.7
    qualify
        row_number() over (partition by anteildatei order by trifft desc, count(*) desc, zaehlerdatei asc, nennerdatei asc) = 1
),

verglichen as (
    select
        s.datei, s.zeile, s.jahreszahl, s.ziffern, s.gebiet, s.spielraum, s.wert, q.zaehlerdatei, q.nennerdatei,
        n.wert as zaehler, p.wert as nenner, v.wert as nenner_davor, w.wert as zaehler_davor
    from paare as q
    inner join anteile as s on q.anteildatei = s.datei
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
    'der Anteil ' || replace(v.ziffern, '.', ',') || ' (' || concat_ws(', ', v.jahreszahl, nullif(glatt(v.gebiet), ''))
    || ') folgt nicht aus ' || zahlwort_sdg(v.zaehler) || ' (' || v.zaehlerdatei || ') von ' || zahlwort_sdg(v.nenner) || ' ('
    || v.nennerdatei || '): das ergibt ' || zahlwort_sdg(round(100 * v.zaehler / v.nenner, 2))
    || case
        when abs(100 * v.zaehler / v.nenner_davor - v.wert) <= v.spielraum
            then '; er folgt nur mit dem Nenner des Vorjahres, ' || zahlwort_sdg(v.nenner_davor)
        when abs(100 * v.zaehler_davor / v.nenner - v.wert) <= v.spielraum
            then '; er folgt nur mit dem Zähler des Vorjahres, ' || zahlwort_sdg(v.zaehler_davor)
        when abs(100 * v.zaehler_davor / v.nenner_davor - v.wert) <= v.spielraum
            then '; er ist der Anteil des Vorjahres'
        else ''
    end as was
from verglichen as v
inner join sdg.kopf as k on v.datei = k.datei and k.rolle = 'wert'
where abs(100 * v.zaehler / v.nenner - v.wert) > v.spielraum
order by v.datei, v.zeile
