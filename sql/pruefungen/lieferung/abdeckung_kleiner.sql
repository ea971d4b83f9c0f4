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
    select a.stichtag, 1 as nr, 'Gebiete' as art, a.gebiet_id as wert, any_value(coalesce(a.gebiet_text, a.gebiet_id)) as name
    from alt as a
    anti join neu as n on a.gebiet_id = n.gebiet_id
    where
        not exists (select 1 from lieferung.gebiet)
        or a.gebiet_id in (
            select b.gebiet_id from lieferung.baum as b where b.stichtag = (select max(w.stichtag) from lieferung.wert as w)
        )
    group by all
    union all
    select a.stichtag, 2 as nr, 'Merkmale' as art, a.merkmal as wert, coalesce(any_value(m.titel), a.merkmal) as name
    from alt as a
    anti join neu as n on a.merkmal = n.merkmal
    left join lieferung.merkmal as m on a.merkmal = m.merkmal
    group by a.stichtag, a.merkmal
    union all
    select distinct a.stichtag, 3 as nr, 'Geschlechter' as art, a.geschlecht as wert, geschlechtswort(a.geschlecht) as name
    from alt as a
    anti join neu as n on a.geschlecht = n.geschlecht
    union all
    select distinct a.stichtag, 4 as nr, 'Altersgruppen' as art, a.altersgruppe as wert, a.altersgruppe as name
    from alt as a
    anti join neu as n on a.altersgruppe = n.altersgruppe
)

select
    []::varchar[] as fundstellen,
    'gegenüber der Lieferung zum ' || tagwort(stichtag) || ' fehlen zum '
    || tagwort((select max(w.stichtag) from lieferung.wert as w)) || ' ' || count(*) || ' ' || art || ': '
    || replace(aufzaehlung(list(name order by wert), 10), ';', ',') as was
from weg
group by stichtag, nr, art
order by nr
