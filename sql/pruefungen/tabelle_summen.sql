-- titel: Gedruckte Stadtteile summieren sich zur gedruckten Summe
-- asset: eingang/stadtteiltabelle
-- schwere: fehler
-- erwartet: Summe der Zeilen einer Ebene = Summenzeile, in jeder Spalte
with lang as (
    select
        t.kommune,
        t.stichtag,
        t.datei,
        t.profil,
        g.ebene,
        t.gebiet_id = k.ags as ist_summe,
        x.spalte,
        x.wert
    from eingang.stadtteiltabelle as t
    inner join stamm.gebiet as g on t.kommune = g.kommune and t.gebiet_id = g.gebiet_id
    inner join stamm.kommune as k on t.kommune = k.kommune
    cross join lateral (
        values ('Einwohner', t.einwohner), ('Ausländer', t.auslaender), ('Personen mit MH', t.personen_mit_mh)
    ) as x (spalte, wert)
),

teile as (
    select
        kommune, stichtag, datei, profil, ebene, spalte,
        sum(wert) as summe
    from lang
    where not ist_summe
    group by all
),

summen as (
    select * from lang
    where ist_summe and wert is not null
)

select
    s.kommune,
    s.stichtag || ', ' || s.spalte || ': die Zeilen (' || t.ebene || ') ergeben ' || t.summe || ', die Summenzeile nennt '
    || s.wert as ort,
    s.datei
from summen as s
inner join teile as t
    on
        s.kommune = t.kommune
        and s.stichtag = t.stichtag
        and s.datei = t.datei
        and s.profil = t.profil
        and s.spalte = t.spalte
where t.summe <> s.wert
order by all
