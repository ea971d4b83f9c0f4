-- Staaten, die eine Kommune einzeln nennt: eine Liste über alle Stichtage, damit Kommen und Gehen nichts verrät.
-- States that are named in a municipality: one list over all Stichtage, so that a name that comes or goes tells nothing.
-- Grain: kommune, art, staat. Secure zone only.
-- `benannt`: enough persons at every Stichtag; and of each group of states (gruppenliste) nobody or enough are left unnamed,
-- else its smallest is not named either. `je_geschlecht`: named, and enough women and men at every Stichtag; then both are told.
-- `je_gebiet`: also told by area, the largest foreign ones over all Stichtage together. The rest is told for the whole town
-- only: Germans, because Einwohner less Ausländer is the same count; NZO (no country); 999 (no known nationality).
-- Where these were ever fewer than a row needs they are told together with the Germans (000).
with zahlen as (
    select
        s.kommune, 'staat' as art, s.staat, s.stichtag,
        max(s.personen) filter (where s.geschlecht = 'insgesamt') as personen,
        min(s.personen) filter (where s.geschlecht in ('m', 'w')) as weniger,
        count(*) filter (where s.geschlecht in ('m', 'w')) = 2 as beide,
        null::bigint as deutsche
    from bevoelkerung.staatsangehoerigkeit as s
    inner join stamm.kommune as k on s.kommune = k.kommune and s.gebiet_id = k.ags
    where s.staat <> 'insgesamt'
    group by all
    union all
    select
        b.kommune, 'bezugsland' as art, b.staat, b.stichtag,
        max(b.personen) filter (where b.geschlecht = 'insgesamt') as personen,
        -- Women and men, and of both the Germans: Ausländer have the country of their nationality.
        least(
            min(b.personen) filter (where b.geschlecht in ('m', 'w')),
            min(b.personen - coalesce(s.personen, 0))
            filter (where b.geschlecht in ('m', 'w') and b.personen > coalesce(s.personen, 0))
        ) as weniger,
        count(*) filter (where b.geschlecht in ('m', 'w')) = 2 as beide,
        max(b.personen - coalesce(s.personen, 0)) filter (where b.geschlecht = 'insgesamt') as deutsche
    from bevoelkerung.bezugsland as b
    inner join stamm.kommune as k on b.kommune = k.kommune and b.gebiet_id = k.ags
    inner join stamm.umfang as u on b.kommune = u.kommune and b.profil = u.hauptprofil
    left join bevoelkerung.staatsangehoerigkeit as s
        on
            b.kommune = s.kommune and b.stichtag = s.stichtag and b.gebiet_id = s.gebiet_id and b.staat = s.staat
            and b.geschlecht = s.geschlecht
    where b.staat <> 'insgesamt'
    group by all
),

-- A state nobody has at one Stichtag has no row there.
stichtage as (
    select kommune, art, count(distinct stichtag) as anzahl
    from zahlen
    group by all
),

genug as (
    select
        z.kommune, z.art, z.staat,
        sum(z.personen)::bigint as personen,
        z.staat not in ('000', '999', 'NZO') as ist_herkunft,
        z.staat in ('000', '999', 'NZO') or (
            count(*) = any_value(s.anzahl) and min(z.personen) >= any_value(k.mindestfallzahl)
            and not bool_or(coalesce(klein(z.deutsche, k.mindestfallzahl), false))
        ) as benannt,
        z.staat not in ('000', '999', 'NZO')
        and count(*) = any_value(s.anzahl) and bool_and(z.beide and z.weniger >= k.mindestfallzahl) as je_geschlecht
    from zahlen as z
    inner join stichtage as s on z.kommune = s.kommune and z.art = s.art
    inner join stamm.kommune as k on z.kommune = k.kommune
    group by z.kommune, z.art, z.staat
),

-- Groups that leave few unnamed at a Stichtag.
wenige_uebrig as (
    select g.kommune, g.gruppe
    from bevoelkerung.gruppenliste as g
    inner join zahlen as z on g.kommune = z.kommune and g.stichtag = z.stichtag and g.staat = z.staat and z.art = 'staat'
    inner join genug as n on g.kommune = n.kommune and g.staat = n.staat and n.art = 'staat'
    inner join stamm.kommune as k on g.kommune = k.kommune
    group by g.kommune, g.stichtag, g.gruppe
    having klein(sum(z.personen) filter (where not n.benannt), any_value(k.mindestfallzahl))
),

ungenannt as (
    select distinct g.kommune, g.staat
    from bevoelkerung.gruppenliste as g
    inner join wenige_uebrig as w on g.kommune = w.kommune and g.gruppe = w.gruppe
    inner join genug as n on g.kommune = n.kommune and g.staat = n.staat and n.art = 'staat'
    where n.benannt
    qualify rank() over (partition by g.kommune, g.gruppe order by n.personen, g.staat) = 1
),

summen as (
    select
        g.* replace (
            g.benannt and u.staat is null as benannt,
            g.je_geschlecht and u.staat is null as je_geschlecht
        )
    from genug as g
    left join ungenannt as u on g.kommune = u.kommune and g.staat = u.staat and g.art = 'staat'
),

ohne_angabe as (
    select z.kommune, z.art, min(z.personen) >= any_value(u.mindestzeile) as genug
    from zahlen as z
    inner join stamm.umfang as u on z.kommune = u.kommune
    where z.art = 'staat' and z.staat = '999' and z.personen > 0
    group by all
)

select
    s.kommune, s.art, s.staat,
    s.benannt and (s.staat <> '999' or coalesce(n.genug, true)) as benannt,
    (s.je_geschlecht and s.benannt) or (s.staat in ('000', '999') and not coalesce(n.genug, true)) as je_geschlecht,
    s.benannt and s.ist_herkunft
    and row_number() over (
        partition by s.kommune, s.art order by s.benannt and s.ist_herkunft desc, s.personen desc, s.staat asc
    ) <= u.staaten_je_gebiet as je_gebiet
from summen as s
inner join stamm.umfang as u on s.kommune = u.kommune
left join ohne_angabe as n on s.kommune = n.kommune and s.art = n.art
order by s.kommune, s.art, s.staat
