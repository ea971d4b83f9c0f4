-- titel: Jeder fehlende Wert eines Indikators hat einen Grund
-- asset: marts/indikator_zeitreihe
-- schwere: fehler
-- erwartet: ohne wert ein status, der sagt warum; mit wert keiner, der sagt, dass er fehlt
select
    kommune,
    concat_ws(', ', indikator, zeitraum, gebiet, profil, gruppe, geschlecht, altersgruppe) as ort,
    status
from marts.indikator_zeitreihe
where
    (wert is null and (status in ('ok', 'gerundet', 'korrigiert') or len(hinweise) = 0))
    or (
        wert is not null
        and status in ('geheim_primaer', 'geheim_sekundaer', 'zu_klein', 'keine_daten', 'nicht_erhoben', 'nicht_bewertbar')
    )
order by all
