-- titel: Keine Zeitreihe hat Lücken
-- schwere: hinweis
-- erwartet: in jeder Reihe jedes Jahr zwischen dem ersten und dem letzten
-- A year is missed in a series if the file has it elsewhere, or if the file is yearly: more than half of its steps from one
-- year to the next are 1. What is surveyed every four years has no gap.
with jahre as (
    select distinct datei, jahreszahl
    from sdg.zeile
    where jahreszahl between 1950 and year(current_date)
),

schritte as (
    select datei, jahreszahl - lag(jahreszahl) over (partition by datei order by jahreszahl) as schritt
    from jahre
),

jaehrlich as (
    select datei
    from schritte
    where schritt is not null
    group by datei
    having count(*) filter (where schritt = 1) * 2 > count(*)
),

vorhanden as (
    select
        z.datei,
        concat(o.ort, chr(31), z.einheit, z.merkmale) as reihe,
        z.jahreszahl,
        min(z.zeile) as zeile,
        any_value(woertlich(z.gebiet, z.merkmale)) as wovon
    from sdg.zeile as z
    inner join sdg.ort as o on z.datei = o.datei and z.zeile = o.zeile
    inner join jahre as j on z.datei = j.datei and z.jahreszahl = j.jahreszahl
    group by all
),

spruenge as (
    select
        *,
        lag(jahreszahl) over (partition by datei, reihe order by jahreszahl) as davor
    from vorhanden
),

fehlend as (
    select datei, zeile, unnest(generate_series(davor + 1, jahreszahl - 1)) as jahreszahl
    from spruenge
    where jahreszahl - davor > 1
),

luecken as (
    select s.datei, s.zeile, s.wovon, f.jahreszahl
    from fehlend as f
    inner join spruenge as s on f.datei = s.datei and f.zeile = s.zeile
    left join jahre as j on f.datei = j.datei and f.jahreszahl = j.jahreszahl
    where j.datei is not null or s.datei in (select t.datei from jaehrlich as t)
)

select
    datei,
    list(distinct zeile order by zeile) as zeilen,
    list_sort(list(distinct jahreszahl)) as jahre,
    arg_min(wovon, zeile) as zuerst
from luecken
group by datei
order by datei
