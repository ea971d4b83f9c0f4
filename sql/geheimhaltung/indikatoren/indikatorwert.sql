-- Geschützte Werte aller Indikatoren: die öffentliche Zahl jeder Reihe, bevor etwas verglichen wird.
-- Protected values of all indicators: the public figure of every series, before anything is compared.
-- Grain: kommune, zeitraum, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe.
select
    kommune, stichtag, zeitraum, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe, zaehler, nenner, wert, quelle_id,
    nenner_quelle_id, nenner_stichtag, nenner_passt, umgerechnet, beispieldaten, status, hinweise, datenstand, lieferung_id,
    fundstelle
from geheimhaltung.indikatorbasis
union all by name
select
    kommune, stichtag, zeitraum, gebiet_id, indikator, profil, gruppe, geschlecht, altersgruppe,
    null::double as zaehler,
    null::double as nenner,
    wert, quelle_id,
    quelle_id as nenner_quelle_id,
    stichtag as nenner_stichtag,
    true as nenner_passt,
    false as umgerechnet,
    beispieldaten, status, hinweise, datenstand, lieferung_id, fundstelle
from geheimhaltung.indikatorrechnung
order by kommune, indikator, profil, gebiet_id, gruppe, geschlecht, altersgruppe, zeitraum
