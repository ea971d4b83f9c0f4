-- titel: Zähler und Nenner jedes Indikators sind aus derselben Quelle, wo der Katalog keine andere zulässt
-- schwere: fehler
-- sperrt: nein
-- erwartet: der Nenner aus der Quelle des Zählers, oder nenner_andere_quelle: true beim Indikator im Katalog
-- The value is NULL, so nothing wrong is published; the other figures are.
select
    kommune,
    concat_ws(', ', indikator, zeitraum, gebiet, gruppe, geschlecht)
    || ': Zähler aus »' || quelle || '«, Nenner aus »' || nenner_quelle || '«' as ort
from marts.indikator_zeitreihe
where not nenner_passt
order by all
