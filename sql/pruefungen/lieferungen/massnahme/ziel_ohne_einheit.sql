-- titel: Jede Zielzahl sagt, wovon sie handelt
-- schwere: hinweis
-- erwartet: die Einheit der Zielzahl, z. B. Personen oder Kurse
-- One finding a workbook; a number in the column Zielwert is a target all the same.
select
    list(
        zelle(zellen, case when zellen['zielzahl'] is null then 'zielwert' else 'zielzahl' end) order by blatt, zeile
    ) as fundstellen,
    list(massnahme_nr order by blatt, zeile) as nummern,
    count(*) as anzahl,
    any_value(zielzahl order by blatt, zeile) as zielzahl
from massnahme.zeile
where zielzahl is not null and einheit_ziel is null and status <> 'idee' and art <> 'idee'
having count(*) > 0
