-- Personen, über die zwei Definitionen verschieden urteilen, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals of persons on whom two definitions disagree. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, profil_a, profil_b, regel_a, regel_b ('insgesamt' for all pairs of rules; the
-- cube's own cells of that name hold 0 and say which areas and definitions were compared).
with zellen as (
    from in_every_gebiet('bevoelkerung.vergleichswuerfel')
),

summen as (
    select
        kommune, stichtag, gebiet_id, profil_a, profil_b, regel_a, regel_b, ergebnis_a, ergebnis_b,
        sum(personen)::bigint as personen
    from zellen
    where regel_a <> 'insgesamt'
    group by all
    union all
    select
        kommune, stichtag, gebiet_id, profil_a, profil_b,
        'insgesamt' as regel_a,
        'insgesamt' as regel_b,
        'gemischt' as ergebnis_a,
        'gemischt' as ergebnis_b,
        sum(personen)::bigint as personen
    from zellen
    group by all
),

raster as (
    select
        k.*,
        g.gebiet_id
    from (
        select distinct kommune, stichtag, profil_a, profil_b, regel_a, regel_b, ergebnis_a, ergebnis_b
        from summen
    ) as k
    inner join stamm.vorfahr as g on k.kommune = g.kommune and g.gebiet_id = g.vorfahr
    where in_grid('summen', k.kommune, k.stichtag, g.gebiet_id)
)

select
    r.kommune,
    r.stichtag,
    r.gebiet_id,
    r.profil_a,
    r.profil_b,
    r.regel_a,
    r.regel_b,
    r.ergebnis_a,
    r.ergebnis_b,
    coalesce(s.personen, 0) as personen
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.gebiet_id = s.gebiet_id
        and r.profil_a = s.profil_a
        and r.profil_b = s.profil_b
        and r.regel_a = s.regel_a
        and r.regel_b = s.regel_b
order by all
