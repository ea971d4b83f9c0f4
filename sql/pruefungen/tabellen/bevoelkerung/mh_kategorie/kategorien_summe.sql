-- titel: Kategorien mit MH ergeben die Personen mit MH
-- schwere: fehler
-- erwartet: Summe der Kategorien mit Ergebnis »mit« = personen_mit_mh, in jedem Gebiet und unter jeder Definition
with ergebnisse as (
    select distinct profil, kategorie
    from stamm.regel
    where ergebnis_mh = 'mit'
),

kategorien as (
    select
        k.kommune, k.stichtag, k.gebiet_id, k.profil, k.geschlecht,
        sum(k.personen) as personen
    from bevoelkerung.mh_kategorie as k
    inner join ergebnisse as e on k.profil = e.profil and k.kategorie = e.kategorie
    where k.generation not in ('insgesamt', '-')
    group by all
)

select
    m.kommune,
    concat_ws(', ', m.stichtag, 'Gebiet ' || m.gebiet_id, m.profil, m.geschlecht) as ort
from bevoelkerung.migrationshintergrund as m
left join kategorien as k
    on
        m.kommune = k.kommune
        and m.stichtag = k.stichtag
        and m.gebiet_id = k.gebiet_id
        and m.profil = k.profil
        and m.geschlecht = k.geschlecht
where m.altersgruppe = 'insgesamt' and m.personen_mit_mh <> coalesce(k.personen, 0)
order by all
