-- titel: Register und gedruckte Tabelle stimmen überein
-- schwere: fehler
-- erwartet: gleiche Zahlen in jedem Gebiet, bis auf abgleich.toleranz in kommune.yaml und den Höchstfehler des Verfahrens
with zahlen as (
    select
        m.kommune, m.stichtag, m.gebiet_id, m.gebiet, m.profil, m.quelle, m.fundstelle,
        l.quelle as quelle_id,
        l.erzeugt_aus,
        x.spalte,
        x.wert
    from marts.migrationshintergrund as m
    inner join protokoll.lieferung as l on m.lieferung_id = l.lieferung_id
    cross join
        lateral (
            values ('Einwohner', m.einwohner), ('Ausländer', m.auslaender), ('Personen mit MH', m.personen_mit_mh)
        ) as x (spalte, wert)
    where m.geschlecht = 'insgesamt' and m.altersgruppe = 'insgesamt' and x.wert is not null
)

select
    r.kommune,
    r.stichtag || ', ' || r.gebiet || ', ' || r.spalte || ': Register ' || r.wert || ', Tabelle ' || t.wert
    || ' (' || t.fundstelle || ')'
    || case when list_contains(r.erzeugt_aus, t.quelle_id) then '; das Register ist aus dieser Tabelle erzeugt' else '' end
        as ort,
    a.schwere,
    r.gebiet_id,
    r.wert as register,
    t.wert as tabelle
from zahlen as r
inner join zahlen as t
    on
        r.kommune = t.kommune
        and r.stichtag = t.stichtag
        and r.gebiet_id = t.gebiet_id
        and r.profil = t.profil
        and r.spalte = t.spalte
        and r.quelle = 'melderegister'
        and t.quelle = 'stadtteiltabelle'
inner join stamm.abgleich as a on t.kommune = a.kommune and t.profil = a.profil and t.quelle_id = a.quelle
inner join stamm.kommune as k on r.kommune = k.kommune
where abs(r.wert - t.wert) > a.toleranz + k.hoechstfehler
order by r.kommune, r.stichtag, r.gebiet_id, r.spalte
