-- Which categories of a definition are told one by one in a municipality; the others are told together as 'rest'.
-- Grain: kommune, profil, kategorie. Secure zone only.
-- Those of Migrationshintergrund always; the others only where none of them was ever so rare as to tell of a few.
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
)

select
    k.kommune, a.profil, a.kategorie,
    a.ist_mit or coalesce(g.alle, true) as benannt
from art as a
cross join stamm.kommune as k
left join genug as g on k.kommune = g.kommune and a.profil = g.profil
order by all
