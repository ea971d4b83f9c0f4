-- titel: Kein Urteil über einen Bruch, eine Lücke, einen Quellenwechsel oder zu kleine Zahlen hinweg, keines auf Beispielen
-- schwere: fehler
-- erwartet: ein Urteil nur bei Richtung, Vorwert im selben Abschnitt, echten Daten und Zahlen ab der Mindestgröße
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
        and (
            z.wert is null or z.vorwert is null or z.abschnitt_grund is not null
            or z.nenner < greatest(i.mindestnenner, i.urteil_nenner) or (z.nenner is not null and z.zaehler < i.urteil_zaehler)
            or z.beispieldaten or z.status = 'mindestwert'
        )
    )
    or (
        z.trend in ('verbessert', 'verschlechtert')
        and (z.trend = 'verbessert') <> (
            (case z.trend_bezug when 'basis' then z.veraenderung_basis else z.veraenderung_vorperiode end > 0)
            = (z.richtung = 'hoch')
        )
    )
order by all
