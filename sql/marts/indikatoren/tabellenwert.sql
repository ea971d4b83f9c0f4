-- Jede gelieferte Zahl mit Quelle, Lizenz, Definition und Fundstelle; Grundlage der Zeitreihen.
-- Grain: kommune, quelle_id, stichtag, gebiet_id, merkmal, groesse, profil, geschlecht, altersgruppe, staat, gruppe,
-- umgerechnet.
with zahlen as (
    from geheimhaltung.tabellenwert
),

gebiete as (
    from stamm.gebiet
),

quellen as (
    from stamm.quelle
),

profile as (
    from stamm.profil
)

select
    z.kommune,
    z.quelle_id,
    z.stichtag,
    z.gebiet_id,
    z.merkmal,
    z.groesse,
    z.profil,
    z.geschlecht,
    z.altersgruppe,
    z.staat,
    z.gruppe,
    z.umgerechnet,
    g.gebiet,
    g.ebene,
    g.gebietsstand,
    z.merkmal_titel,
    coalesce(p.version, '-') as profilversion,
    z.wert,
    z.gedruckt,
    z.kennzeichen,
    z.nachgerechnet,
    z.bemerkung,
    z.wert_einheit,
    q.bevoelkerung,
    q.methode,
    q.herkunft,
    q.lizenz,
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
inner join quellen as q on z.kommune = q.kommune and z.quelle_id = q.quelle_id
left join profile as p on z.profil = p.profil
cross join stamm.veroeffentlichung as v
order by
    z.kommune, z.quelle_id, z.stichtag, z.gebiet_id, z.merkmal, z.groesse, z.profil, z.geschlecht, z.altersgruppe, z.staat,
    z.gruppe, z.umgerechnet
