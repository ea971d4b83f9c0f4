-- Counts of other definitions by two or all of area, sex and age, which no table tells: they stand between margins that are told.
-- Where an area has nearly nobody with MH but foreigners, or nearly nobody without, the margins leave them no room, and what they
-- leave tells of foreigners. Only of definitions that have such an area. Grain: art, profil, gebiet_id, geschlecht, altersgruppe.
with schiefe as (
    select distinct m.profil
    from bevoelkerung.migrationshintergrund as m
    inner join stamm.kommune as k on m.kommune = k.kommune
    where
        m.kommune = $kommune and m.stichtag = $stichtag and m.gebiet_id not in (k.ags, 'unbekannt')
        and m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt' and m.einwohner > 0
        and least(m.deutsche_mit_mh, m.einwohner - m.personen_mit_mh - m.unentscheidbar) < $wenige
)

select
    x.art,
    m.profil,
    m.gebiet_id,
    m.geschlecht,
    m.altersgruppe,
    x.personen
from bevoelkerung.migrationshintergrund as m
inner join schiefe as s on m.profil = s.profil
inner join stamm.kommune as k on m.kommune = k.kommune
cross join
    lateral (
        values
        ('deutsche_mit_mh', m.deutsche_mit_mh), ('personen_mit_mh', m.personen_mit_mh), ('unentscheidbar', m.unentscheidbar)
    ) as x (art, personen)
where
    m.kommune = $kommune and m.stichtag = $stichtag
    and (m.gebiet_id <> k.ags)::integer + (m.geschlecht <> 'insgesamt')::integer + (m.altersgruppe <> 'insgesamt')::integer >= 2
order by all
