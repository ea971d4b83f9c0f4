-- titel: Die Teile einer Gliederung ergeben die Summenzeile
-- schwere: hinweis
-- erwartet: die Summe der Teile, bis auf die Rundung
-- Counts only. One area, one year and one place in the other breakdowns at a time: never across areas, so that nested ones
-- are not added up. A breakdown is judged where its parts add up in at least half of the cases (else they overlap or are a
-- selection) and only with all parts present. Tolerance: (k + 1) * 2 cut to the grid of 5 where all counts of the year are
-- multiples of 5, half a unit for each figure where counts are in thousands, else none.
with zahlen as (
    select
        *,
        regexp_matches(lower(einheit), 'tausend|tsd|1\.? ?000') as in_tausend
    from sdg.zeile
    where
        not regexp_matches(lower(einheit), '%|prozent|promille|anteil|quote|\bje\b|euro|index|durchschnitt')
    qualify bool_and(coalesce(wert = round(wert), true)) over (partition by datei, einheit)
),

gerundet as (
    select datei, jahr, bool_and(wert % 5 = 0) as auf_fuenf
    from zahlen
    where wert is not null
    group by datei, jahr
),

stellen as (
    select
        m.spalte, m.feld, z.datei, z.zeile, z.jahr, z.geocode, glatt(z.gebiet) as gebiet, z.einheit, z.in_tausend, z.wert,
        ist_summe(m.wert) as summe,
        ohne(z.merkmale, m.spalte, m.wert) as rest
    from zahlen as z
    inner join sdg.merkmal as m on z.datei = m.datei and z.zeile = m.zeile
),

gruppen as (
    select
        datei, spalte, feld, jahr, geocode, gebiet, einheit, in_tausend, rest,
        any_value(zeile) filter (where summe) as zeile,
        any_value(wert) filter (where summe) as summenwert,
        sum(wert) filter (where not summe) as teilsumme,
        count(*) filter (where not summe) as teile
    from stellen
    group by all
    having count(*) filter (where summe) = 1 and count(*) filter (where not summe) >= 2 and count(*) = count(wert)
),

vollstaendig as (
    from gruppen
    qualify teile = max(teile) over (partition by datei, spalte, einheit)
),

verglichen as (
    select
        g.*,
        g.teilsumme - g.summenwert as abstand,
        abs(g.teilsumme - g.summenwert) <= case
            when g.in_tausend then (g.teile + 1) // 2
            when r.auf_fuenf then (g.teile + 1) * 2 // 5 * 5
            else 0
        end as geht_auf
    from vollstaendig as g
    inner join gerundet as r on g.datei = r.datei and g.jahr = r.jahr
),

beurteilt as (
    from verglichen
    qualify avg(geht_auf::integer) over (partition by datei, spalte, einheit) >= 0.5
)

select
    b.datei,
    [b.zeile] as zeilen,
    k.feld,
    'die Teile der Spalte »' || b.spalte || '« (' || concat_ws(', ', b.jahr, nullif(b.gebiet, '')) || ') ergeben '
    || zahlwort_sdg(b.teilsumme) || ', die Summenzeile hat ' || zahlwort_sdg(b.summenwert) || ', Unterschied '
    || zahlwort_sdg(b.abstand) as was
from beurteilt as b
inner join sdg.kopf as k on b.datei = k.datei and k.rolle = 'wert'
where not b.geht_auf
order by b.datei, b.zeile, b.spalte
