-- Wie viele Personen eine Definition anders zählte, wenn das Optionskennzeichen nicht abgeschaltet wäre; ganze Kommune.
-- Grain: kommune, stichtag, profil.
with zahlen as (
    from geheimhaltung.optionskennzeichen
)

select
    z.kommune,
    z.stichtag,
    z.profil,
    z.personen,
    z.status,
    z.hinweise,
    l.synthetisch as beispieldaten,
    z.datenstand,
    z.lieferung_id,
    z.fundstelle,
    v.veroeffentlichung
from zahlen as z
inner join geheimhaltung.lieferung as l on z.lieferung_id = l.lieferung_id
cross join stamm.veroeffentlichung as v
order by z.kommune, z.stichtag, z.profil
