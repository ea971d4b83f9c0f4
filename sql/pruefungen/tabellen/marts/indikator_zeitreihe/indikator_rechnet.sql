-- titel: Jeder Indikator aus dem Register ist sein Zähler durch seinen Nenner
-- schwere: fehler
-- erwartet: wert = zaehler / nenner × Faktor des Katalogs
select
    z.kommune,
    concat_ws(', ', z.indikator, z.zeitraum, z.gebiet, z.profil, z.gruppe, z.geschlecht, z.altersgruppe) as ort,
    z.zaehler, z.nenner, z.wert
from marts.indikator_zeitreihe as z
inner join stamm.indikator as i on z.indikator = i.indikator
inner join stamm.kommune as k on z.kommune = k.kommune
where
    z.quelle = 'melderegister' and z.wert is not null and z.nenner is not null
    and abs(z.wert - z.zaehler / nullif(z.nenner, 0) * i.faktor) > 1e-9
    -- Of perturbed counts a part may be greater than its whole: then the share is one.
    and not (k.verfahren <> 'sperrung' and z.einheit = 'prozent' and z.zaehler > z.nenner and abs(z.wert - i.faktor) < 1e-9)
order by all
