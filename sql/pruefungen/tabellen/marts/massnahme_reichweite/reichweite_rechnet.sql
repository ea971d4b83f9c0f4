-- titel: Die Reichweite jeder Maßnahme folgt aus Teilnehmenden und Zielgruppe
-- schwere: fehler
-- erwartet: reichweite = teilnehmende / zielgruppe_groesse; sichtbar, wenn der nötige Anteil höchstens 1 ist; Fehlendes begründet
select
    kommune,
    concat_ws(', ', konzept, massnahme_nr, stand) as ort,
    teilnehmende, zielgruppe_groesse, reichweite, noetiger_anteil_veraendert, sichtbar, status
from marts.massnahme_reichweite
where
    not isfinite(reichweite) or not isfinite(hoechstmoegliche_aenderung) or not isfinite(noetiger_anteil_veraendert)
    or abs(reichweite - teilnehmende / nullif(zielgruppe_groesse, 0)) > 1e-9
    or (reichweite is null and teilnehmende is not null and zielgruppe_groesse > 0)
    or (reichweite is not null and (teilnehmende is null or zielgruppe_groesse is null))
    or (reichweite > 1) <> list_contains(hinweise, 'ueber_hundert')
    or abs(noetiger_anteil_veraendert * hoechstmoegliche_aenderung - kleinste_sichtbare_aenderung) > 1e-9
    or kleinste_sichtbare_aenderung < stabilitaetsband
    or sichtbar <> (noetiger_anteil_veraendert <= 1 + 1e-9)
    or (status = 'ok') <> (reichweite is not null and sichtbar is not null)
    or zielgruppe_stichtag > stand
order by all
