-- titel: Früher gelieferte Zahlen sind unverändert
-- braucht: bestand.wert
-- schwere: hinweis
-- erwartet: dieselbe Zahl wie früher, oder eine Berichtigung der Quelle (Kennzeichen r)
-- What another file says with the same state is left to jahr_doppelt. 20 rows, then how many more.
with geaendert as (
    select
        w.fundstelle, w.zeile, w.spalte_nr, f.datei, f.fundstelle as alte_stelle,
        {
            'spalte': {
                'titel': m.titel, 'zusatz': zusatz(w.groesse, w.geschlecht, w.altersgruppe, w.staat, w.gruppe)
            },
            'gebiet': coalesce(w.gebiet_text, w.gebiet_id),
            'stichtag': w.stichtag
        } as wovon,
        angabe(f.gedruckt, f.kennzeichen) as alt,
        angabe(w.gedruckt, w.kennzeichen) as neu,
        row_number() over (order by w.zeile, w.spalte_nr) as nr
    from lieferung.wert as w
    inner join lieferung.frueher as f
        on
            w.stichtag = f.stichtag and w.gebiet_id = f.gebiet_id
            and f.spalte = schluessel(w.merkmal, w.groesse, w.profil, w.geschlecht, w.altersgruppe, w.staat, w.gruppe)
    inner join lieferung.merkmal as m on w.merkmal = m.merkmal
    where
        coalesce(w.wert::varchar, w.kennzeichen, '') <> coalesce(f.wert::varchar, f.kennzeichen, '')
        and not (w.datei <> f.datei and w.datenstand = f.datenstand)
)

select
    [fundstelle] as fundstellen,
    'geaendert' as art,
    wovon,
    alt,
    datei,
    alte_stelle,
    neu,
    nr
from geaendert
where nr <= 20
union all by name
select
    list(fundstelle order by nr) as fundstellen,
    'weitere' as art,
    count(*) as anzahl,
    21 as nr
from geaendert
where nr > 20
having count(*) > 0
order by nr
