-- titel: Jeder Indikator steht auch für Frauen und für Männer da
-- schwere: fehler
-- erwartet: zu jeder Zeile für alle eine für w und eine für m, nicht bei Maßnahmen, Berichten und weiteren Definitionen
select
    z.kommune,
    concat_ws(', ', z.indikator, z.zeitraum, z.gebiet, z.profil, z.gruppe) as ort
from marts.indikator_zeitreihe as z
inner join stamm.indikator as i on z.indikator = i.indikator
inner join stamm.umfang as u on z.kommune = u.kommune
where
    not i.prozess and z.altersgruppe = 'insgesamt'
    and (z.profil in ('-', u.hauptprofil) or z.quelle <> 'melderegister')
group by z.kommune, z.gebiet_id, z.gebiet, z.indikator, z.profil, z.gruppe, z.zeitraum
having
    count(*) filter (where z.geschlecht = 'insgesamt') > 0
    and (count(*) filter (where z.geschlecht = 'w') = 0 or count(*) filter (where z.geschlecht = 'm') = 0)
order by all
