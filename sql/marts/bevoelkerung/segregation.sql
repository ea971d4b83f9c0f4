-- Wie ungleich Gruppen über die Gebiete einer Kommune verteilt wohnen: vier Maße je Gruppe, Definition und Stichtag.
-- Grain: kommune, stichtag, profil, gruppe, mass, quelle.
with zahlen as (
    from geheimhaltung.segregation
),

quellen as (
    from described_lieferungen()
),

profile as (
    from stamm.profil
)

select
    z.kommune,
    z.stichtag,
    z.profil,
    z.gruppe,
    z.mass,
    z.quelle,
    coalesce(p.version, '-') as profilversion,
    coalesce(z.profil = u.hauptprofil, false) as ist_hauptdefinition,
    z.ebene,
    z.wert,
    z.anzahl_gebiete,
    q.herkunft,
    q.lizenz,
    z.status,
    z.hinweise,
    q.beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join quellen as q on z.lieferung_id = q.lieferung_id
left join stamm.umfang as u on z.kommune = u.kommune
left join profile as p on z.profil = p.profil
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.profil, z.gruppe, z.mass, z.quelle
