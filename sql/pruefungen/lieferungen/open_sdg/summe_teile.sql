-- titel: Die Teile einer Gliederung ergeben die Summenzeile
-- schwere: hinweis
-- erwartet: die Summe der Teile, bis auf die Rundung
-- Counts only. One area, one year and one place in the other breakdowns at a time: never across areas, so that nested ones
-- are not added up. A breakdown is judged where its parts add up in at least half of the cases (else they overlap or are a
-- selection) and only with all parts present. Tolerance: (k + 1) times the most by which a figure of that grid (sdg.rundung)
-- can be rounded, cut to the grid; half a unit for each figure where counts are in thousands, else none. A digit swap and a
-- contradiction by 1000 or more are errors (proposal of this project), the rest is a hint.
with stellen as (
    select
        m.spalte, m.feld, z.datei, z.zeile, z.jahr, z.geocode, glatt(z.gebiet) as gebiet, z.einheit, z.in_tausend, z.wert,
        ist_summe(m.wert) as summe,
        ohne(z.merkmale, m.spalte, m.wert) as rest
    from sdg.anzahl as z
    inner join sdg.merkmal as m on z.datei = m.datei and z.zeile = m.zeile
),

gruppen as (
    select
        datei, spalte, feld, jahr, geocode, gebiet, einheit, in_tausend, rest,
        any_value(zeile) filter (where summe) as zeile,
        any_value(wert) filter (where summe) as summenwert,
        sum(wert) filter (where not summe) as teilsumme,
        count(*) filter (where not summe) as teile,
        list(wert) filter (where not summe) as einzeln
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
            else (g.teile + 1) * (r.raster // 2) // r.raster * r.raster
        end as geht_auf,
        -- Two neighbouring digits changed places, in the total or in one part, and nothing else is wrong.
        dreher(g.summenwert, g.teilsumme)
        or len(list_filter(g.einzeln, lambda teil: dreher(teil, teil + g.summenwert - g.teilsumme))) > 0 as zifferndreher
    from vollstaendig as g
    inner join sdg.rundung as r on g.datei = r.datei and g.jahr = r.jahr
),

beurteilt as (
    from verglichen
    qualify avg((geht_auf or zifferndreher)::integer) over (partition by datei, spalte, einheit) >= 0.5
)

select
    b.datei,
    [b.zeile] as zeilen,
    k.feld,
    b.spalte,
    b.jahr,
    b.gebiet,
    b.teilsumme,
    b.summenwert,
    b.abstand,
    b.zifferndreher,
    case
        when b.zifferndreher or abs(b.abstand) * case when b.in_tausend then 1000 else 1 end >= 1000 then 'fehler'
    end as schwere
from beurteilt as b
inner join sdg.kopf as k on b.datei = k.datei and k.rolle = 'wert'
where not b.geht_auf
order by b.datei, b.zeile, b.spalte
