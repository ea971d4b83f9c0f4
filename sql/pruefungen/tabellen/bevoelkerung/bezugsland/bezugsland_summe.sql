-- titel: Bezugsländer ergeben die Personen mit MH
-- schwere: fehler
-- erwartet: Summe aller Bezugsländer mit »NZO« = personen_mit_mh, in jedem Gebiet und unter jeder Definition mit Bezugsland
with summen as (
    select
        kommune, stichtag, gebiet_id, profil, geschlecht,
        sum(personen) as personen
    from bevoelkerung.bezugsland
    where staat <> 'insgesamt'
    group by all
)

select
    b.kommune,
    concat_ws(', ', b.stichtag, 'Gebiet ' || b.gebiet_id, b.profil, b.geschlecht) as ort
from summen as b
inner join bevoelkerung.migrationshintergrund as m
    on
        b.kommune = m.kommune
        and b.stichtag = m.stichtag
        and b.gebiet_id = m.gebiet_id
        and b.profil = m.profil
        and b.geschlecht = m.geschlecht
        and m.altersgruppe = 'insgesamt'
where b.personen <> m.personen_mit_mh
order by all
