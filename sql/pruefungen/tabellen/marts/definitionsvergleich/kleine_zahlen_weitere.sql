-- titel: Keine kleine Zahl ist in Kategorien, Staatengruppen, Merkmalen, Bewegungen, Bezugsländern und Vergleichen veröffentlicht
-- schwere: fehler
-- erwartet: keine Anzahl zwischen 1 und der Mindestfallzahl minus 1 (bei Zellsperrung)
with zahlen as (
    select kommune, concat_ws(', ', 'Kategorie', stichtag, gebiet, profil, kategorie, generation, geschlecht) as ort, personen
    from marts.mh_kategorie
    union all
    select kommune, concat_ws(', ', 'Staatengruppe', stichtag, gebiet, staatengruppe, geschlecht) as ort, personen
    from marts.staatengruppe
    union all
    select kommune, concat_ws(', ', 'Optionskennzeichen', stichtag, profil) as ort, personen
    from marts.optionskennzeichen
    union all
    select kommune, concat_ws(', ', 'Merkmal', stichtag, gebiet, merkmal, auspraegung, geschlecht) as ort, personen
    from marts.registermerkmal
    union all
    select kommune, concat_ws(', ', 'Bewegung', stichtag, gebiet, bewegung, gruppe, geschlecht) as ort, personen
    from marts.bewegung
    union all
    select kommune, concat_ws(', ', 'Bezugsland', stichtag, gebiet, profil, staat, geschlecht) as ort, personen
    from marts.bezugsland
    union all
    select kommune, concat_ws(', ', 'Vergleich', stichtag, gebiet, profil_a, profil_b, regel_a, regel_b) as ort, personen
    from marts.definitionsvergleich
)

select
    z.kommune,
    z.ort
from zahlen as z
inner join stamm.kommune as k on z.kommune = k.kommune
where z.personen > 0 and z.personen < k.mindestfallzahl and k.verfahren = 'sperrung'
order by all
