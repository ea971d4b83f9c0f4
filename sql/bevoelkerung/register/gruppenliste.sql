-- Zu welcher Staatengruppe eine Staatsangehörigkeit an einem Stichtag gehört, wie die Kommune sie erzählt.
-- Which group of states a foreign nationality belongs to on a Stichtag, as it is told in a municipality.
-- Grain: kommune, stichtag, staat. Secure zone only. Groups are those of the day: membership of the EU then, never today's.
-- EU always; another group where it had enough persons at every Stichtag, else with all that are left: 'sonstige'.
with staaten as (
    select
        s.kommune, s.stichtag, s.staat, s.personen,
        staatengruppe_am(t.gruppe, t.kontinent, t.eu_von, t.eu_bis, s.stichtag) as gruppe,
        coalesce(t.kontinent, 'ohne') = 'ohne' as ohne_kontinent
    from bevoelkerung.staatsangehoerigkeit as s
    inner join stamm.kommune as k on s.kommune = k.kommune and s.gebiet_id = k.ags
    left join stamm.staat as t on s.staat = t.staat
    -- Who has no known nationality counts as no foreigner.
    where s.geschlecht = 'insgesamt' and s.staat not in ('insgesamt', '000', '999')
),

je_stichtag as (
    select kommune, stichtag, gruppe, sum(personen) as personen
    from staaten
    where not ohne_kontinent
    group by all
),

stichtage as (
    select kommune, count(distinct stichtag) as stichtage
    from staaten
    group by all
),

genannt as (
    select j.kommune, j.gruppe
    from je_stichtag as j
    inner join stamm.umfang as u on j.kommune = u.kommune
    inner join stichtage as n on j.kommune = n.kommune
    group by all
    having j.gruppe = 'EU' or (count(*) = any_value(n.stichtage) and min(j.personen) >= any_value(u.mindestzeile))
)

select
    s.kommune, s.stichtag, s.staat,
    coalesce(g.gruppe, 'sonstige') as gruppe
from staaten as s
left join genannt as g on s.kommune = g.kommune and s.gruppe = g.gruppe
order by s.kommune, s.stichtag, s.staat
