-- Personen mit Migrationshintergrund nach Bezugsland, je Definition und Gebiet.
-- Grain: kommune, stichtag, gebiet_id, profil, staat, geschlecht.
with zahlen as (
    from geheimhaltung.bezugsland
),

gebiete as (
    from stamm.gebiet
),

staaten as (
    from stamm.staat
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.profil,
    z.staat,
    z.geschlecht,
    g.gebiet,
    g.ebene,
    coalesce(
        staatsname(s.name, s.fruehere_namen, z.stichtag),
        case z.staat when 'uebrige' then 'Übrige' when 'NZO' then 'nicht zuordenbar' else 'Insgesamt' end
    ) as staat_name,
    z.personen,
    z.anteil,
    z.rang,
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
left join staaten as s on z.staat = s.staat
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.staat, z.geschlecht
