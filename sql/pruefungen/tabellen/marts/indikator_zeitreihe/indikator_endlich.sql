-- titel: Jeder Wert eines Indikators ist eine Zahl, die sein kann
-- schwere: fehler
-- erwartet: endliche Zahlen; Anzahlen und Anteile nicht negativ; das Stabilitätsband um den Wert
select
    kommune,
    concat_ws(', ', indikator, zeitraum, gebiet, profil, gruppe, geschlecht, altersgruppe) as ort,
    wert, untergrenze, obergrenze
from marts.indikator_zeitreihe
where
    not isfinite(wert) or not isfinite(verhaeltnis) or not isfinite(index_basis) or not isfinite(lage_quotient)
    or not isfinite(veraenderung_je_jahr)
    or (einheit = 'anzahl' and wert < 0)
    or zaehler < 0 and einheit = 'prozent'
    or nenner < 0
    or round(untergrenze, 9) > round(wert, 9)
    or round(obergrenze, 9) < round(wert, 9)
order by all
