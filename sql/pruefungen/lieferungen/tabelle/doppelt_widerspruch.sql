-- titel: Keine Zahl steht zweimal mit verschiedenen Werten in der Datei
-- braucht: lieferung.mehrfach
-- schwere: fehler
-- erwartet: jede Angabe einmal
-- None of the values is used by the other checks. One finding a day and area.
with gruppen as (
    select
        w.stichtag, w.gebiet_id,
        list(w.fundstelle order by w.zeile desc, w.spalte_nr desc) as zellen,
        list(angabe(w.gedruckt, w.kennzeichen) order by w.zeile, w.spalte_nr) as zahlen,
        first(coalesce(w.gebiet_text, w.gebiet_id) order by w.zeile, w.spalte_nr) as gebiet,
        {
            'titel': any_value(m.titel), 'zusatz': zusatz(w.groesse, w.geschlecht, w.altersgruppe, w.staat, w.gruppe)
        } as spaltenname,
        min(w.zeile) as zeile,
        min(w.spalte_nr) as spalte_nr
    from lieferung.wert as w
    inner join lieferung.merkmal as m on w.merkmal = m.merkmal
    group by w.stichtag, w.gebiet_id, w.merkmal, w.groesse, w.profil, w.geschlecht, w.altersgruppe, w.staat, w.gruppe
    having count(distinct coalesce(w.wert::varchar, w.kennzeichen, '')) > 1
)

select
    flatten(list(zellen order by zeile, spalte_nr)) as fundstellen,
    gebiet,
    stichtag,
    list({ 'name': spaltenname, 'zahlen': zahlen } order by zeile, spalte_nr) as spalten
from gruppen
group by stichtag, gebiet_id, gebiet
order by stichtag, min(zeile), min(spalte_nr)
