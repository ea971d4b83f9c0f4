-- titel: Nichts, was die vorige Lieferung hatte, ist weggefallen
-- braucht: bestand.wert
-- schwere: warnung
-- erwartet: dieselben Gebiete, Merkmale und Gliederungen wie in der vorigen Lieferung
-- This file's latest day against the latest day before it that the source has delivered. Areas that are no longer valid and
-- nationalities (rare ones come and go) are not missed.
with neu as (
    select w.*
    from lieferung.wert as w
    where w.stichtag = (select max(stichtag) from lieferung.wert)
),

alt as (
    select b.*
    from bestand.wert as b
    where b.stichtag = (
        select max(b2.stichtag) from bestand.wert as b2 where b2.stichtag < (select max(w.stichtag) from lieferung.wert as w)
    )
),

weg as (
    select
        a.stichtag, 1 as nr, 'gebiet' as art, a.gebiet_id as wert, any_value(coalesce(a.gebiet_text, a.gebiet_id)) as name,
        null as spalte
    from alt as a
    anti join neu as n on a.gebiet_id = n.gebiet_id
    where
        not exists (select 1 from lieferung.gebiet)
        or a.gebiet_id in (
            select b.gebiet_id from lieferung.baum as b where b.stichtag = (select max(w.stichtag) from lieferung.wert as w)
        )
    group by all
    union all
    select
        a.stichtag, 2 as nr, 'merkmal' as art, a.merkmal as wert, coalesce(any_value(m.titel), a.merkmal) as name, null as spalte
    from alt as a
    anti join neu as n on a.merkmal = n.merkmal
    left join lieferung.merkmal as m on a.merkmal = m.merkmal
    group by a.stichtag, a.merkmal
    union all
    select distinct
        a.stichtag, 3 as nr, 'geschlecht' as art, a.geschlecht as wert, a.geschlecht as name, null as spalte
    from alt as a
    anti join neu as n on a.geschlecht = n.geschlecht
    union all
    select distinct
        a.stichtag, 4 as nr, 'altersgruppe' as art, a.altersgruppe as wert, a.altersgruppe as name, null as spalte
    from alt as a
    anti join neu as n on a.altersgruppe = n.altersgruppe
    union all
    select distinct a.stichtag, 5 as nr, 'gruppe' as art, a.gruppe as wert, a.gruppe as name, null as spalte
    from alt as a
    anti join neu as n on a.gruppe = n.gruppe
    union all
    -- Columns that are gone though each of their words is still there.
    select distinct
        a.stichtag, 6 as nr, 'spalte' as art,
        schluessel(a.merkmal, a.groesse, a.profil, a.geschlecht, a.altersgruppe, '', a.gruppe) as wert,
        null as name,
        {
            'titel': coalesce(m.titel, a.merkmal),
            'zusatz': zusatz(a.groesse, a.geschlecht, a.altersgruppe, 'insgesamt', a.gruppe)
        } as spalte
    from alt as a
    left join lieferung.merkmal as m on a.merkmal = m.merkmal
    anti join neu as n
        on
            a.merkmal = n.merkmal and a.groesse = n.groesse and a.profil = n.profil and a.geschlecht = n.geschlecht
            and a.altersgruppe = n.altersgruppe and a.gruppe = n.gruppe
    where
        a.merkmal in (select n1.merkmal from neu as n1) and a.geschlecht in (select n2.geschlecht from neu as n2)
        and a.altersgruppe in (select n3.altersgruppe from neu as n3) and a.gruppe in (select n4.gruppe from neu as n4)
),

-- What is new beside it: a label that was only renamed.
dazu as (
    select distinct 1 as nr, coalesce(n.gebiet_text, n.gebiet_id) as name
    from neu as n
    anti join alt as a on n.gebiet_id = a.gebiet_id
    union all
    select distinct 5 as nr, n.gruppe as name
    from neu as n
    anti join alt as a on n.gruppe = a.gruppe
),

dazu_je_art as (
    select nr, list(name order by name) as namen
    from dazu
    group by nr
)

select
    []::varchar[] as fundstellen,
    weg.stichtag as vortag,
    (select max(w.stichtag) from lieferung.wert as w) as stichtag,
    art,
    list({ 'name': name, 'spalte': spalte } order by wert) as weg,
    any_value(d.namen) as neu
from weg
left join dazu_je_art as d on weg.nr = d.nr
group by weg.stichtag, weg.nr, weg.art
order by weg.nr
