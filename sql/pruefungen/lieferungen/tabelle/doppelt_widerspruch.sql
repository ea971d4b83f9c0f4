-- titel: Keine Zahl steht zweimal mit verschiedenen Werten in der Datei
-- schwere: fehler
-- erwartet: jede Angabe einmal
-- None of the values is used by the other checks. One finding a day and area.
with gruppen as (
    select
        w.stichtag, w.gebiet_id,
        list(w.fundstelle order by w.zeile desc, w.spalte_nr desc) as zellen,
        list(gedruckt_wort(w.gedruckt, w.kennzeichen) order by w.zeile, w.spalte_nr) as zahlen,
        first(coalesce(w.gebiet_text, w.gebiet_id) order by w.zeile, w.spalte_nr) as gebiet,
        any_value(m.titel) || zusaetze(w.groesse, w.geschlecht, w.altersgruppe, w.staat, w.gruppe) as spaltenname,
        min(w.zeile) as zeile,
        min(w.spalte_nr) as spalte_nr
    from lieferung.wert as w
    inner join lieferung.merkmal as m on w.merkmal = m.merkmal
    group by w.stichtag, w.gebiet_id, w.merkmal, w.groesse, w.profil, w.geschlecht, w.altersgruppe, w.staat, w.gruppe
    having count(distinct coalesce(w.wert::varchar, w.kennzeichen, '')) > 1
)

select
    flatten(list(zellen order by zeile, spalte_nr)) as fundstellen,
    gebiet || ' am ' || tagwort(stichtag) || ' steht mehrfach mit verschiedenen Werten: '
    || aufzaehlung(list(spaltenname || ' ' || array_to_string(zahlen, ' und ') order by zeile, spalte_nr), 4) as was
from gruppen
group by stichtag, gebiet_id, gebiet
order by stichtag, min(zeile), min(spalte_nr)
