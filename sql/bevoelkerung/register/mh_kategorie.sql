-- Einwohner nach Kategorie der Definition und Generation, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals by category of the definition and generation. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, profil, kategorie, generation, geschlecht. Every combination found in the municipality.
with zellen as (
    select w.*, r.kategorie
    from in_every_gebiet('bevoelkerung.wuerfel') as w
    inner join stamm.regel as r on w.profil = r.profil and w.regel = r.regel
),

summen as (
    select
        kommune,
        stichtag,
        profil,
        gebiet_id,
        coalesce(kategorie, 'insgesamt') as kategorie,
        coalesce(generation, 'insgesamt') as generation,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
        sum(personen)::bigint as personen
    from zellen
    group by kommune, stichtag, profil, gebiet_id, cube (kategorie, generation, geschlecht)
),

raster as (
    select
        k.kommune,
        k.stichtag,
        k.profil,
        k.kategorie,
        k.generation,
        g.gebiet_id,
        x.geschlecht
    from (select distinct kommune, stichtag, profil, kategorie, generation from summen) as k
    inner join stamm.vorfahr as g on k.kommune = g.kommune and g.gebiet_id = g.vorfahr
    cross join stamm.geschlecht as x
    where in_grid('summen', k.kommune, k.stichtag, g.gebiet_id)
)

select
    r.kommune,
    r.stichtag,
    r.gebiet_id,
    r.profil,
    r.kategorie,
    r.generation,
    r.geschlecht,
    coalesce(s.personen, 0) as personen
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.profil = s.profil
        and r.gebiet_id = s.gebiet_id
        and r.kategorie = s.kategorie
        and r.generation = s.generation
        and r.geschlecht = s.geschlecht
order by all
