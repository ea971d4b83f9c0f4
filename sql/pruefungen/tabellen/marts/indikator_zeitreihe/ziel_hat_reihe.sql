-- titel: Zu jedem Ziel in Zahlen gibt es die Reihe, an der es gemessen wird
-- schwere: warnung
-- erwartet: eine Zeile der Zeitreihe für Indikator, Gebiet, Definition, Gruppe und Geschlecht des Ziels
select
    z.kommune,
    concat_ws(', ', z.konzept, z.leitziel, z.indikator, z.gebiet_id, z.profil, z.gruppe, z.geschlecht) as ort
from stamm.ziel as z
where
    not exists (
        from marts.indikator_zeitreihe as t
        where
            z.kommune = t.kommune and z.indikator = t.indikator and z.gebiet_id = t.gebiet_id and z.gruppe = t.gruppe
            and z.geschlecht = t.geschlecht and t.altersgruppe = 'insgesamt' and (z.profil = '-' or z.profil = t.profil)
    )
order by all
