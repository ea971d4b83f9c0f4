-- Einwohner nach Kategorie und Generation, je Definition und Gebiet.
-- Grain: kommune, stichtag, gebiet_id, profil, kategorie, generation, geschlecht.
with zahlen as (
    from geheimhaltung.mh_kategorie
),

gebiete as (
    from stamm.gebiet
),

kategorien as (
    -- Several rules may lead to one category: it bears the names of all of them, for it counts the persons of all.
    select
        profil,
        kategorie,
        string_agg(distinct kategorie_name, ' / ' order by kategorie_name) as kategorie_name,
        case when count(distinct ergebnis_mh) = 1 then min(ergebnis_mh) else 'gemischt' end as ergebnis_mh
    from stamm.regel
    group by profil, kategorie
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.profil,
    z.kategorie,
    z.generation,
    z.geschlecht,
    g.gebiet,
    g.ebene,
    coalesce(
        k.kategorie_name,
        case z.kategorie
            when 'rest' then 'Ohne Migrationshintergrund oder unentscheidbar'
            when 'weitere' then 'Kategorien ohne eigene Zahlen nach Generation'
            else 'Insgesamt'
        end
    ) as kategorie_name,
    coalesce(k.ergebnis_mh, case when z.kategorie = 'weitere' and z.generation <> '-' then 'mit' else 'gemischt' end)
        as ergebnis_mh,
    z.personen,
    z.anteil,
    z.status,
    z.hinweise,
    l.synthetisch as beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join geheimhaltung.lieferung as l on z.lieferung_id = l.lieferung_id
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
left join kategorien as k on z.profil = k.profil and z.kategorie = k.kategorie
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.kategorie, z.generation, z.geschlecht
