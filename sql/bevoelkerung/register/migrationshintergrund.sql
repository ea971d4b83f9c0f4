-- Summen des Registers zu jedem erklärten Stichtag, ungeschützt. Nur im geschützten Bereich.
-- Unprotected totals of the register for every declared Stichtag. Secure zone only.
-- Grain: kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe. A row for every cell, zeros included.
with zellen as (
    from in_every_gebiet('bevoelkerung.wuerfel')
),

summen as (
    select
        kommune,
        stichtag,
        profil,
        gebiet_id,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
        coalesce(altersgruppe, 'insgesamt') as altersgruppe,
        sum(personen)::bigint as einwohner,
        coalesce(sum(personen) filter (where ist_auslaender), 0)::bigint as auslaender,
        coalesce(sum(personen) filter (where ergebnis_mh = 'mit' and not ist_auslaender), 0)::bigint as deutsche_mit_mh,
        coalesce(sum(personen) filter (where ergebnis_mh = 'mit'), 0)::bigint as personen_mit_mh,
        coalesce(sum(personen) filter (where ergebnis_mh in ('unentscheidbar', 'nicht_bestimmbar')), 0)::bigint
            as unentscheidbar
    from zellen
    group by kommune, stichtag, profil, gebiet_id, cube (geschlecht, altersgruppe)
),

raster as (
    select
        k.kommune,
        k.stichtag,
        k.profil,
        g.gebiet_id,
        x.geschlecht,
        a.altersgruppe
    from (select distinct kommune, stichtag, profil from zellen) as k
    inner join stamm.vorfahr as g on k.kommune = g.kommune and g.gebiet_id = g.vorfahr
    inner join stamm.altersgruppe as a on k.kommune = a.kommune
    cross join stamm.geschlecht as x
    where in_grid('summen', k.kommune, k.stichtag, g.gebiet_id)
)

select
    r.kommune,
    r.stichtag,
    r.gebiet_id,
    r.profil,
    r.geschlecht,
    r.altersgruppe,
    coalesce(s.einwohner, 0) as einwohner,
    coalesce(s.auslaender, 0) as auslaender,
    coalesce(s.deutsche_mit_mh, 0) as deutsche_mit_mh,
    coalesce(s.personen_mit_mh, 0) as personen_mit_mh,
    coalesce(s.unentscheidbar, 0) as unentscheidbar
from raster as r
left join summen as s
    on
        r.kommune = s.kommune
        and r.stichtag = s.stichtag
        and r.profil = s.profil
        and r.gebiet_id = s.gebiet_id
        and r.geschlecht = s.geschlecht
        and r.altersgruppe = s.altersgruppe
order by all
