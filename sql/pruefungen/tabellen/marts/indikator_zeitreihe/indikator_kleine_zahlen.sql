-- titel: Kein Indikator aus dem Register nennt eine kleine Zahl
-- schwere: fehler
-- erwartet: keine Anzahl zwischen 1 und der Mindestfallzahl minus 1, auch nicht als Rest des Nenners (bei Zellsperrung)
select
    z.kommune,
    concat_ws(', ', z.indikator, z.zeitraum, z.gebiet, z.profil, z.gruppe, z.geschlecht, z.altersgruppe) as ort
from marts.indikator_zeitreihe as z
inner join stamm.kommune as k on z.kommune = k.kommune
where
    z.quelle = 'melderegister'
    and k.verfahren = 'sperrung'
    and (
        (z.zaehler > 0 and z.zaehler < k.mindestfallzahl)
        or (z.nenner > 0 and z.nenner < k.mindestfallzahl)
        or (z.einheit = 'prozent' and z.nenner > z.zaehler and z.nenner - z.zaehler < k.mindestfallzahl)
    )
order by all
