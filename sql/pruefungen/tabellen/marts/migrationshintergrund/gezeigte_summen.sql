-- titel: Gezeigte Frauen und Männer ergeben die gezeigten Einwohner
-- schwere: fehler
-- erwartet: w + m = insgesamt in jeder Zeile aus dem Register; gerundet oder mit Cell-Key bis auf den dreifachen Höchstfehler
with zeilen as (
    select
        m.kommune, m.stichtag, m.gebiet, m.gebiet_id, m.profil, m.altersgruppe, m.geschlecht,
        x.spalte,
        x.wert
    from marts.migrationshintergrund as m
    cross join
        lateral (
            values ('Einwohner', m.einwohner), ('Ausländer', m.auslaender), ('Personen mit MH', m.personen_mit_mh)
        ) as x (spalte, wert)
    where m.quelle = 'melderegister' and x.wert is not null
),

summen as (
    select
        kommune, stichtag, gebiet, gebiet_id, profil, altersgruppe, spalte,
        max(wert) filter (where geschlecht = 'insgesamt') as alle,
        sum(wert) filter (where geschlecht <> 'insgesamt') as einzeln,
        count(*) as zeilen
    from zeilen
    group by all
)

select
    s.kommune,
    concat_ws(', ', s.stichtag, s.gebiet, s.profil, s.altersgruppe, s.spalte) as ort
from summen as s
inner join stamm.kommune as k on s.kommune = k.kommune
where s.zeilen = 3 and abs(s.alle - s.einzeln) > 3 * k.hoechstfehler
order by all
