-- Personen mit Migrationshintergrund je Gebiet, Definition, Geschlecht und Altersgruppe, aus Register und Tabellen.
-- Grain: kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle.
with zahlen as (
    from geheimhaltung.migrationshintergrund
),

gebiete as (
    from stamm.gebiet
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
    z.gebiet_id,
    z.profil,
    z.geschlecht,
    z.altersgruppe,
    z.quelle,
    g.gebiet,
    g.ebene,
    coalesce(p.version, '-') as profilversion,
    coalesce(z.profil = u.hauptprofil, false) as ist_hauptdefinition,
    z.einwohner,
    z.auslaender,
    z.deutsche_mit_mh,
    z.personen_mit_mh,
    z.unentscheidbar,
    z.anteil_auslaender,
    z.anteil_mh,
    z.anteil_mh_min,
    z.anteil_mh_max,
    z.lokationsquotient_mh,
    z.anteil_auslaender_gerechnet,
    z.anteil_mh_gerechnet,
    q.herkunft,
    q.lizenz,
    z.status,
    z.hinweise,
    -- The quotient rests on the municipality's row too, which another delivery may have brought.
    q.beispieldaten or coalesce(z.lokationsquotient_mh is not null and oq.beispieldaten, false) as beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
inner join quellen as q on z.lieferung_id = q.lieferung_id
inner join stamm.kommune as k on z.kommune = k.kommune
left join stamm.umfang as u on z.kommune = u.kommune
left join zahlen as o
    on
        z.kommune = o.kommune and z.stichtag = o.stichtag and z.profil = o.profil and z.geschlecht = o.geschlecht
        and z.altersgruppe = o.altersgruppe and z.quelle = o.quelle and k.ags = o.gebiet_id
left join quellen as oq on o.lieferung_id = oq.lieferung_id
left join profile as p on z.profil = p.profil
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht, z.altersgruppe, z.quelle
