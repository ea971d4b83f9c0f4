-- Ausländer nach Staatengruppe: EU, Drittstaaten und ihre Erdteile, nach dem Stand des Stichtags.
-- Grain: kommune, stichtag, gebiet_id, staatengruppe, geschlecht.
with zahlen as (
    from geheimhaltung.staatengruppe
),

gebiete as (
    from stamm.gebiet
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.staatengruppe,
    z.geschlecht,
    g.gebiet,
    g.ebene,
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
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.staatengruppe, z.geschlecht
