-- Welche Kategorien einer Definition eine Kommune einzeln nennt; die übrigen stehen zusammen als Rest.
-- Which categories of a definition are told one by one in a municipality; the others are told together as 'rest'.
-- Grain: kommune, profil, kategorie. Secure zone only. One list over all Stichtage: what comes or goes tells nothing.
-- Those of Migrationshintergrund always; the others only where none of them was ever so rare as to tell of a few.
-- `je_generation`: also told by generation, unless one of its generations was ever so rare: then as 'weitere' together with
-- the others of its definition for which this holds, and with the next rarest where there is no other.
with art as (
    select profil, kategorie, bool_and(ergebnis_mh = 'mit') as ist_mit
    from stamm.regel
    group by all
),

genug as (
    select z.kommune, z.profil, min(z.personen) >= any_value(u.mindestzeile) as alle
    from bevoelkerung.mh_kategorie as z
    inner join stamm.kommune as k on z.kommune = k.kommune and z.gebiet_id = k.ags
    inner join stamm.umfang as u on z.kommune = u.kommune
    inner join art as a on z.profil = a.profil and z.kategorie = a.kategorie
    where z.generation = 'insgesamt' and z.geschlecht = 'insgesamt' and z.personen > 0 and not a.ist_mit
    group by all
),

-- The rarest generation of each category that has more than one.
seltenste as (
    select
        z.kommune, z.profil, z.kategorie,
        min(z.personen) as personen,
        min(z.personen) < any_value(k.mindestfallzahl) as ist_selten
    from bevoelkerung.mh_kategorie as z
    inner join stamm.kommune as k on z.kommune = k.kommune and z.gebiet_id = k.ags
    where z.kategorie <> 'insgesamt' and z.generation <> 'insgesamt' and z.geschlecht = 'insgesamt' and z.personen > 0
    group by z.kommune, z.profil, z.kategorie
    having count(distinct z.generation) > 1
),

ohne_generation as (
    select kommune, profil, kategorie
    from seltenste
    window alle as (partition by kommune, profil)
    qualify
        row_number() over (partition by kommune, profil order by personen, kategorie)
        <= case when bool_or(ist_selten) over alle then greatest(count_if(ist_selten) over alle, 2) else 0 end
)

select
    k.kommune, a.profil, a.kategorie,
    a.ist_mit or coalesce(g.alle, true) as benannt,
    o.kategorie is null as je_generation
from art as a
cross join stamm.kommune as k
left join genug as g on k.kommune = g.kommune and a.profil = g.profil
left join ohne_generation as o on k.kommune = o.kommune and a.profil = o.profil and a.kategorie = o.kategorie
order by k.kommune, a.profil, a.kategorie
