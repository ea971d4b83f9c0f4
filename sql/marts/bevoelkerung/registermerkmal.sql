-- Was ein Auszug über die Definitionen hinaus sagt: Dauer, weitere Staatsangehörigkeiten, Asylherkunft, Wahlrecht, Altersjahre.
-- Grain: kommune, stichtag, gebiet_id, merkmal, auspraegung, geschlecht.
with zahlen as (
    from geheimhaltung.registermerkmal
),

gebiete as (
    from stamm.gebiet
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.merkmal,
    z.auspraegung,
    z.geschlecht,
    g.gebiet,
    g.ebene,
    merkmalswert(z.merkmal, z.auspraegung) as auspraegung_name,
    z.grundgesamtheit,
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
order by z.kommune, z.stichtag, z.gebiet_id, z.merkmal, z.auspraegung, z.geschlecht
