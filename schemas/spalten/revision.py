"""The columns of the record of corrections.

Belongs here: what only protokoll.revision has. Does not belong here: columns every table shares (common.py).
"""

from schemas.model import Spalte
from schemas.spalten.common import text

GRUENDE = ("neue_lieferung", "neue_profilversion", "neue_berechnung", "entfallen")

_ALLE = (
    text("schluessel_text", "Schlüssel", "Schlüssel der Zeile als Text, »spalte=wert« in der Reihenfolge des Schlüssels der "
         "Tabelle, getrennt durch »; «."),
    text("spalte_korrigiert", "Spalte", "Spalte, deren Wert sich geändert hat; »*«: die ganze Zeile ist entfallen, oder (neu = "
         "»geändert«) Zahlen des Registers zu diesem Stichtag haben sich geändert, und welche, ist geschützt."),
    text("alt", "Früherer Wert", "Was veröffentlicht war, als Text."),
    text("neu", "Neuer Wert", "Was an seine Stelle trat, als Text; NULL: seitdem geschützt, fehlend oder entfallen."),
    text("grund_der_korrektur", "Grund", "neue_lieferung: die Zahl kommt aus einer anderen Lieferung; "
         "neue_profilversion: die Definition hat eine neue Version; neue_berechnung: Code, Katalog oder Konfiguration; "
         "entfallen: die Zeile wird nicht mehr veröffentlicht.",
         werte=GRUENDE),
    text("lieferung_id_alt", "Frühere Lieferung", "Lieferung des früheren Werts."),
    text("lieferung_id_neu", "Neue Lieferung", "Lieferung des neuen Werts."),
    text("veroeffentlichung_vorher", "Frühere Veröffentlichung", "Letzte Veröffentlichung mit dem früheren Wert."),
)  # fmt: skip

SPALTEN_REVISION: dict[str, Spalte] = {s.name: s for s in _ALLE}
