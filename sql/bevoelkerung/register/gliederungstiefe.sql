-- Wie tief die Hauptdefinition gegliedert ist, und wie viele Einwohner im Mittel auf eine der tiefsten Zeilen kommen.
-- How deep a municipality's main definition is broken down, and how many inhabitants its deepest rows hold on average.
-- Grain: kommune. Secure zone only. With `nach_groesse` it is area × sex × age where enough live behind such a row at every
-- Stichtag, else by area, by sex, by age: of counts that are mostly small more would be hidden than shown. One depth for all
-- Stichtage. Only areas without areas below them count, and persons of known area and age.
with zeilen as (
    select m.kommune, m.stichtag, avg(m.einwohner) as einwohner_je_zeile
    from bevoelkerung.migrationshintergrund as m
    inner join stamm.umfang as u on m.kommune = u.kommune and m.profil = u.hauptprofil
    inner join stamm.kommune as k on m.kommune = k.kommune
    where
        m.geschlecht in ('m', 'w') and m.altersgruppe not in ('insgesamt', 'unbekannt')
        and m.gebiet_id not in (k.ags, 'unbekannt')
        and not exists (
            from stamm.vorfahr as v
            where v.kommune = m.kommune and v.vorfahr = m.gebiet_id and v.gebiet_id <> v.vorfahr
        )
    group by m.kommune, m.stichtag
),

kleinste as (
    select kommune, min(einwohner_je_zeile) as einwohner_je_zeile
    from zeilen
    group by kommune
)

select
    u.kommune,
    case
        when u.hauptdefinition <> 'nach_groesse' then u.hauptdefinition
        when coalesce(z.einwohner_je_zeile >= u.dreifach_ab, true) then 'dreifach'
        else 'einzeln'
    end as hauptdefinition,
    u.hauptdefinition = 'nach_groesse' as ist_nach_groesse,
    z.einwohner_je_zeile,
    u.dreifach_ab
from stamm.umfang as u
left join kleinste as z on u.kommune = z.kommune
order by u.kommune
