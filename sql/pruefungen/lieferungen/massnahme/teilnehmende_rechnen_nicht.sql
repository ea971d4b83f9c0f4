-- titel: Teilnehmende Frauen und Männer sind zusammen nicht mehr als alle
-- schwere: fehler
-- erwartet: insgesamt mindestens so viele wie Frauen und Männer zusammen
select
    [zelle(zellen, 'teilnehmende'), zelle(zellen, 'teilnehmende_w'), zelle(zellen, 'teilnehmende_m')] as fundstellen,
    massnahme_nr,
    titel,
    coalesce(teilnehmende_w, 0) as frauen,
    coalesce(teilnehmende_m, 0) as maenner,
    teilnehmende
from massnahme.zeile
where coalesce(teilnehmende_w, 0) + coalesce(teilnehmende_m, 0) > teilnehmende
order by blatt, zeile
