-- titel: Jede Zielzahl sagt, wovon sie handelt
-- schwere: hinweis
-- erwartet: die Einheit der Zielzahl oder ein Indikator
select
    [zelle(zellen, 'zielzahl')] as fundstellen,
    massnahme_nr,
    titel,
    zielzahl
from massnahme.zeile
where zielzahl is not null and einheit_ziel is null and indikator is null
order by blatt, zeile
