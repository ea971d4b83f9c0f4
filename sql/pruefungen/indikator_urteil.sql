-- titel: Kein Urteil über einen Bruch, eine Lücke, einen Quellenwechsel oder zu kleine Nenner hinweg
-- asset: marts/indikator_zeitreihe
-- schwere: fehler
-- erwartet: ein Urteil nur bei Richtung, Vorwert im selben Abschnitt und Nennern ab dem Mindestnenner, sonst der Grund
select
    z.kommune,
    concat_ws(', ', z.indikator, z.zeitraum, z.gebiet, z.profil, z.gruppe, z.geschlecht, z.altersgruppe) as ort,
    z.trend, z.trend_grund
from marts.indikator_zeitreihe as z
inner join stamm.indikator as i on z.indikator = i.indikator
where
    (z.richtung = 'neutral') <> (z.trend is null)
    or (z.trend = 'nicht_bewertbar') <> (z.trend_grund is not null and z.trend_grund <> 'neutral')
    or (
        z.trend in ('verbessert', 'verschlechtert', 'unveraendert')
        and (z.wert is null or z.vorwert is null or z.abschnitt_grund is not null or z.nenner < i.mindestnenner)
    )
    or (
        z.trend in ('verbessert', 'verschlechtert')
        and (z.trend = 'verbessert') <> ((z.veraenderung_vorperiode > 0) = (z.richtung = 'hoch'))
    )
order by all
