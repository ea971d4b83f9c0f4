-- titel: Von Gebieten stehen nur Umzüge zwischen ihnen da, alle zusammen
-- schwere: fehler
-- erwartet: kein Gebiet mit Geburten, Sterbefällen, Zu- oder Fortzügen und keine Gliederung: aus beiden Beständen folgte mehr
select
    kommune,
    concat_ws(', ', stichtag, gebiet_id, bewegung, gruppe, geschlecht) as ort
from below_the_kommune('marts.bewegung')
where not (bewegung in ('umzug_zu', 'umzug_fort') and gruppe = 'insgesamt' and geschlecht = 'insgesamt')
