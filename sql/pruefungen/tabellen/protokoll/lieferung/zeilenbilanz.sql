-- titel: Zeilenbilanz der Lieferungen geht auf
-- schwere: fehler
-- erwartet: zeilen_gelesen = zeilen_uebernommen + zeilen_ausserhalb + zeilen_abgewiesen
select
    kommune,
    datei as ort,
    zeilen_gelesen,
    zeilen_uebernommen,
    zeilen_ausserhalb,
    zeilen_abgewiesen
from protokoll.lieferung
where zeilen_gelesen <> zeilen_uebernommen + zeilen_ausserhalb + zeilen_abgewiesen
order by all
