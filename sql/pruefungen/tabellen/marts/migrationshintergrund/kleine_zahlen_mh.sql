-- titel: Keine kleine Zahl ist veröffentlicht
-- schwere: fehler
-- erwartet: keine Anzahl aus dem Register zwischen 1 und der Mindestfallzahl minus 1 (bei Zellsperrung)
select
    m.kommune,
    concat_ws(', ', m.stichtag, m.gebiet, m.profil, m.geschlecht, m.altersgruppe) as ort
from marts.migrationshintergrund as m
inner join stamm.kommune as k on m.kommune = k.kommune
cross join
    lateral (
        values (m.einwohner), (m.auslaender), (m.deutsche_mit_mh), (m.personen_mit_mh), (m.unentscheidbar)
    ) as x (wert)
where m.quelle = 'melderegister' and x.wert > 0 and x.wert < k.mindestfallzahl and k.verfahren = 'sperrung'
order by all
