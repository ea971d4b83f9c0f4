-- Was angeliefert und was daraus wurde; enthält nur Anzahlen. Grain: lieferung_id.
select
    lieferung_id,
    kommune,
    quelle,
    datei,
    sha256,
    stichtag,
    stichtag_angenommen,
    zeilen_gelesen,
    zeilen_uebernommen,
    zeilen_ausserhalb,
    zeilen_abgewiesen,
    kodierung,
    synthetisch,
    erzeugt_aus,
    eingelesen_am,
    status
from geheimhaltung.lieferung
order by lieferung_id
