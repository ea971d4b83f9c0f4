-- Die kleinsten Gebiete jeder Kommune an deren jüngstem Stichtag: Hauptdefinition, Geschlechter und Alter zusammen, eine Quelle.
-- Grain: kommune, gebiet_id. Every client since DuckDB 1.0 must read it.
with kleinste as (
    select g.kommune, g.gebiet_id
    from dim.gebiet as g
    inner join dim.kommune as k on g.kommune = k.kommune and g.gebiet_id <> k.ags
    anti join dim.gebiet as teil on g.kommune = teil.kommune and g.gebiet_id = teil.uebergeordnet
),

gebiete as (
    select m.*
    from marts.migrationshintergrund as m
    inner join kleinste as g on m.kommune = g.kommune and m.gebiet_id = g.gebiet_id
    where m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt' and (m.ist_hauptdefinition or m.profil = '-')
    -- A town whose figures know no definition has its rows without one.
    qualify m.ist_hauptdefinition = bool_or(m.ist_hauptdefinition) over (partition by m.kommune)
),

gewaehlt as (
    select *
    from gebiete
    qualify
        rank() over (partition by kommune order by stichtag desc) = 1
        and rank() over (partition by kommune, stichtag order by quelle <> 'melderegister', quelle) = 1
)

select
    kommune, stichtag, gebiet_id, gebiet, ebene, profil, quelle, einwohner, auslaender, personen_mit_mh, anteil_auslaender,
    anteil_mh, anteil_mh_min, anteil_mh_max, status, hinweise, beispieldaten, veroeffentlichung
from gewaehlt
