-- Die Kommune als Ganzes an ihrem jüngsten Stichtag: Hauptdefinition, alle Geschlechter und Altersgruppen, eine Quelle.
-- Grain: kommune. Every client since DuckDB 1.0 must read it.
with kommune as (
    select m.*
    from marts.migrationshintergrund as m
    inner join dim.kommune as k on m.kommune = k.kommune and m.gebiet_id = k.ags
    where
        m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt' and (m.ist_hauptdefinition or m.profil = '-')
        -- »almost 50,000 around 2010« is no state of any day.
        and not list_contains(m.hinweise, 'geschaetzt')
    -- A town whose figures know no definition has its rows without one.
    qualify m.ist_hauptdefinition = bool_or(m.ist_hauptdefinition) over (partition by m.kommune)
),

gewaehlt as (
    select *
    from kommune
    qualify
        rank() over (partition by kommune order by stichtag desc) = 1
        and rank() over (partition by kommune, stichtag order by quelle <> 'melderegister', quelle) = 1
)

select
    kommune, stichtag, gebiet_id, gebiet, ebene, profil, quelle, einwohner, auslaender, personen_mit_mh, anteil_auslaender,
    anteil_mh, anteil_mh_min, anteil_mh_max, status, hinweise, beispieldaten, veroeffentlichung
from gewaehlt
