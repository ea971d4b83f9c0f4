-- titel: Männlich und weiblich ergeben insgesamt
-- braucht: lieferung.nach_geschlecht
-- schwere: fehler
-- erwartet: m + w (+ d + x) = insgesamt; ohne eigene Zahlen für d und x höchstens insgesamt
-- m + w < insgesamt is legal where d and x are not delivered one by one. More than 1 in 100, and more than 10 persons, is a
-- warning: too many for d and x (a proposal of this project).
with offen as (
    select
        z.stichtag, z.gebiet_id, z.merkmal, z.groesse, z.profil, z.altersgruppe, z.staat, z.gruppe,
        max(z.fest) filter (where z.geschlecht = 'insgesamt') as gesamt,
        max(z.fundstelle) filter (where z.geschlecht = 'insgesamt') as zelle,
        any_value(z.wovon) filter (where z.geschlecht = 'insgesamt') as wovon,
        sum(z.fest) filter (where z.geschlecht <> 'insgesamt')::hugeint as summe,
        count(*) filter (where z.geschlecht <> 'insgesamt') as teile,
        count(*) filter (where z.geschlecht in ('m', 'w')) as mw,
        max(z.stellen) as stellen,
        list(z.fundstelle order by z.zeile, z.spalte_nr) filter (where z.geschlecht <> 'insgesamt') as zellen,
        list({ 'geschlecht': z.geschlecht, 'fest': z.fest } order by z.zeile, z.spalte_nr)
        filter (where z.geschlecht <> 'insgesamt') as glieder,
        min(z.zeile) as zeile,
        min(z.spalte_nr) as spalte_nr
    from lieferung.zahl as z
    where z.additiv or z.merkmal in (select summe from lieferung.zerlegung where ueber = 'geschlecht')
    group by all
),

ohne_zahl as (
    select distinct stichtag, gebiet_id, merkmal, groesse, profil, altersgruppe, staat, gruppe
    from lieferung.wert
    where wert is null and geschlecht in ('d', 'x')
),

verglichen as (
    select
        o.*,
        o.gesamt - o.summe as differenz,
        toleranz(l.methode, o.teile, l.hoechstabweichung, o.stellen) as spielraum,
        u.merkmal is not null as verdeckt
    from offen as o
    cross join lieferung.layout as l
    left join ohne_zahl as u
        on
            o.stichtag = u.stichtag and o.gebiet_id = u.gebiet_id and o.merkmal = u.merkmal and o.groesse = u.groesse
            and o.profil = u.profil and o.altersgruppe = u.altersgruppe and o.staat = u.staat and o.gruppe = u.gruppe
    where o.gesamt is not null and o.mw = 2
),

beurteilt as (
    select
        *,
        case
            when differenz < 0 or teile > 2 then 'fehler'
            when differenz * 100 > gesamt and differenz > 10 * eins() then 'warnung'
            else 'hinweis'
        end as schwere
    from verglichen
    where abs(differenz) > spielraum and not (differenz > 0 and verdeckt)
)

select
    list_prepend(zelle, zellen) as fundstellen,
    'summe' as art,
    wovon,
    glieder as teile,
    summe,
    gesamt,
    differenz,
    schwere
from beurteilt
where schwere <> 'hinweis'
union all by name
select
    list(zelle order by stichtag, zeile, spalte_nr) as fundstellen,
    'nicht_einzeln' as art,
    list({ 'wovon': wovon, 'differenz': differenz } order by stichtag, zeile, spalte_nr) as faelle,
    'hinweis' as schwere
from beurteilt
where schwere = 'hinweis'
having count(*) > 0
order by schwere, fundstellen
