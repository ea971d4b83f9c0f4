-- Personen mit Migrationshintergrund je Gebiet, Definition, Geschlecht und Altersgruppe, aus Register und Tabellen.
-- Grain: kommune, stichtag, gebiet_id, profil, geschlecht, altersgruppe, quelle.
with zahlen as (
    from geheimhaltung.migrationshintergrund
),

gebiete as (
    from stamm.gebiet
),

quellen as (
    select
        l.lieferung_id,
        l.synthetisch as beispieldaten,
        herkunft_von(s.herkunft, s.quelle_id, l.synthetisch) as herkunft,
        s.lizenz
    from geheimhaltung.lieferung as l
    inner join stamm.quelle as s on l.kommune = s.kommune and l.quelle = s.quelle_id
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
    q.beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
inner join quellen as q on z.lieferung_id = q.lieferung_id
left join profile as p on z.profil = p.profil
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.geschlecht, z.altersgruppe, z.quelle
