-- titel: Umzüge in Gebiete und aus Gebieten ergeben zusammen die Umzüge der Kommune
-- schwere: fehler
-- erwartet: beide Summen gleich der Zahl der Kommune, wo keine verborgen ist (bei Rundung nicht geprüft)
with summen as (
    select
        g.kommune,
        g.stichtag,
        g.bewegung,
        sum(g.personen) as personen,
        count_if(g.personen is null) as verborgen
    from marts.bewegung as g
    where g.bewegung in ('umzug_zu', 'umzug_fort')
    group by g.kommune, g.stichtag, g.bewegung
)

select
    s.kommune,
    concat_ws(', ', s.stichtag, s.bewegung) || ': ' || s.personen || ' statt ' || b.personen as ort
from summen as s
inner join marts.bewegung as b on s.kommune = b.kommune and s.stichtag = b.stichtag and b.bewegung = 'umzug'
inner join stamm.kommune as k on s.kommune = k.kommune
where s.verborgen = 0 and k.verfahren = 'sperrung' and s.personen <> b.personen
