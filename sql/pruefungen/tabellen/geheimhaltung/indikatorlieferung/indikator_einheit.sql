-- titel: Jeder gelieferte Indikator hat eine Einheit, die sich in die des Katalogs umrechnen lässt
-- schwere: fehler
-- sperrt: nein
-- erwartet: in kommune.yaml unter merkmale die Einheit des Katalogs, z. B. prozent
select
    l.kommune,
    l.indikator || ', ' || l.stichtag || ': Einheit passt nicht zu »' || i.einheit || '« (' || coalesce(l.fundstelle, '–') || ')'
        as ort
from geheimhaltung.indikatorlieferung as l
inner join stamm.indikator as i on l.indikator = i.indikator
where not l.einheit_passt
order by all
