-- The door for the protocol of deliveries: counts of lines and file facts only, no finding of any row.
-- Grain: lieferung_id.
select
    lieferung_id,
    kommune,
    quelle,
    datei,
    sha256,
    stichtag,
    zeilen_gelesen,
    zeilen_uebernommen,
    zeilen_ausserhalb,
    zeilen_abgewiesen,
    kodierung,
    synthetisch,
    eingelesen_am,
    status
from eingang.lieferung
order by lieferung_id
