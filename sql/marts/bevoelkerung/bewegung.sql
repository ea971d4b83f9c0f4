-- Zu- und Fortzüge, Geburten, Sterbefälle und Einbürgerungen der Kommune zwischen einem Stichtag und dem davor, aus dem Register.
-- Grain: kommune, stichtag, gebiet_id, bewegung, gruppe, geschlecht.
with zahlen as (
    from geheimhaltung.bewegung
),

gebiete as (
    from stamm.gebiet
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.bewegung,
    z.gruppe,
    z.geschlecht,
    z.stichtag_vorher,
    (z.stichtag - z.stichtag_vorher)::bigint as tage,
    g.gebiet,
    g.ebene,
    bewegung_in_worten(z.bewegung) as bewegung_name,
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
order by z.kommune, z.stichtag, z.gebiet_id, z.bewegung, z.gruppe, z.geschlecht
