-- titel: Segregationsmaße liegen in ihrem Bereich und passen zusammen
-- schwere: fehler
-- erwartet: alle Maße endlich und zwischen 0 und 1; Isolation + Interaktion = 1 in jeder Gruppe
-- 1e-9: more than rounding of floating-point numbers can make, less than any figure shows.
with grenzen as (
    select 1e-9 as spielraum
),

werte as (
    select
        z.kommune, z.stichtag, z.profil, z.gruppe, z.quelle, z.mass, z.wert,
        sum(z.wert) filter (where z.mass in ('isolation', 'interaktion')) over gruppe as summe,
        count(z.wert) filter (where z.mass in ('isolation', 'interaktion')) over gruppe as summanden,
        g.spielraum
    from marts.segregation as z
    cross join grenzen as g
    window gruppe as (partition by z.kommune, z.stichtag, z.profil, z.gruppe, z.quelle)
)

select
    kommune,
    concat_ws(', ', stichtag, profil, gruppe, mass, quelle) as ort,
    wert,
    summe as isolation_und_interaktion
from werte
where
    not coalesce(isfinite(wert), true)
    or not coalesce(wert between 0 and 1, true)
    -- Named once a group, at its isolation; one of the two without the other is as wrong.
    or (mass = 'isolation' and (summanden = 1 or abs(summe - 1) > spielraum))
order by kommune, stichtag, profil, gruppe, mass, quelle
