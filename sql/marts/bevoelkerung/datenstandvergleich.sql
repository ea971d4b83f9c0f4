-- Was Nachmeldungen am Bestand eines Stichtags änderten: früherer gegen späteren Datenstand je Gebiet und Definition.
-- Grain: kommune, stichtag, gebiet_id, profil, datenstand_alt, datenstand_neu.
with zahlen as (
    from geheimhaltung.datenstandvergleich
),

gebiete as (
    from stamm.gebiet
)

select
    z.kommune,
    z.stichtag,
    z.gebiet_id,
    z.profil,
    z.datenstand_alt,
    z.datenstand_neu,
    g.gebiet,
    g.ebene,
    z.profilversion,
    z.einwohner_alt,
    z.einwohner_neu,
    z.einwohner_differenz,
    z.einwohner_aenderung,
    z.auslaender_alt,
    z.auslaender_neu,
    z.auslaender_differenz,
    z.personen_mit_mh_alt,
    z.personen_mit_mh_neu,
    z.personen_mit_mh_differenz,
    z.anteil_mh_alt,
    z.anteil_mh_neu,
    z.anteil_mh_differenz,
    z.nachmeldetage,
    z.status,
    z.hinweise,
    l.synthetisch or coalesce(va.synthetisch, false) as beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join geheimhaltung.lieferung as l on z.lieferung_id = l.lieferung_id
left join geheimhaltung.lieferung as va on z.lieferung_alt = va.lieferung_id
inner join gebiete as g on z.kommune = g.kommune and z.gebiet_id = g.gebiet_id
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.gebiet_id, z.profil, z.datenstand_alt, z.datenstand_neu
