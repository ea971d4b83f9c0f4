-- States that are named in a municipality: one list over all Stichtage, so that a name that comes or goes tells nothing.
-- Grain: kommune, art, staat. Secure zone only.
-- `benannt`: enough persons at every Stichtag. `je_gebiet`: also told by area, the largest over all Stichtage together.
with zahlen as (
    select s.kommune, 'staat' as art, s.staat, s.stichtag, s.personen
    from bevoelkerung.staatsangehoerigkeit as s
    inner join stamm.kommune as k on s.kommune = k.kommune and s.gebiet_id = k.ags
    where s.geschlecht = 'insgesamt' and s.staat <> 'insgesamt'
    union all
    select b.kommune, 'bezugsland' as art, b.staat, b.stichtag, b.personen
    from bevoelkerung.bezugsland as b
    inner join stamm.kommune as k on b.kommune = k.kommune and b.gebiet_id = k.ags
    inner join stamm.umfang as u on b.kommune = u.kommune and b.profil = u.hauptprofil
    where b.geschlecht = 'insgesamt' and b.staat <> 'insgesamt'
),

-- A state nobody has at one Stichtag has no row there.
stichtage as (
    select kommune, art, count(distinct stichtag) as anzahl
    from zahlen
    group by all
),

summen as (
    select
        z.kommune, z.art, z.staat,
        sum(z.personen)::bigint as personen,
        -- 000, NZO and keys that are no state name nobody's origin and are never too rare to be named.
        z.staat in ('000', 'NZO') or (count(*) = any_value(s.anzahl) and min(z.personen) >= any_value(k.mindestfallzahl)) as benannt
    from zahlen as z
    inner join stichtage as s on z.kommune = s.kommune and z.art = s.art
    inner join stamm.kommune as k on z.kommune = k.kommune
    group by z.kommune, z.art, z.staat
)

select
    s.kommune, s.art, s.staat, s.benannt,
    s.benannt
    and (
        s.staat in ('000', 'NZO')
        or row_number() over (
            partition by s.kommune, s.art order by s.benannt and s.staat not in ('000', 'NZO') desc, s.personen desc, s.staat asc
        ) <= u.staaten_je_gebiet
    ) as je_gebiet
from summen as s
inner join stamm.umfang as u on s.kommune = u.kommune
order by s.kommune, s.art, s.staat
