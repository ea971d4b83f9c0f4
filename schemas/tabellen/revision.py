"""The table of corrections.

Belongs here: the table whose columns come from schemas/spalten/revision.py.
"""

from dataclasses import replace

from schemas.model import Tabelle
from schemas.spalten.common import SPALTEN
from schemas.spalten.revision import SPALTEN_REVISION

REVISION = Tabelle(
    "protokoll", "revision", "Korrekturen",
    "Was eine veröffentlichte Zahl früher war: jede Änderung eines Werts, der schon veröffentlicht war, mit Grund.",
    ("tabelle", "schluessel", "spalte", "veroeffentlichung"),
    (
        SPALTEN["tabelle"],
        replace(SPALTEN_REVISION["schluessel_text"], name="schluessel"),
        replace(SPALTEN_REVISION["spalte_korrigiert"], name="spalte"),
        replace(SPALTEN["veroeffentlichung"], beschreibung="Erste Veröffentlichung mit dem neuen Wert."),
        SPALTEN_REVISION["veroeffentlichung_vorher"],
        replace(SPALTEN["kommune"], muster=r"[a-z][a-z0-9_]*|-"),
        SPALTEN_REVISION["alt"],
        SPALTEN_REVISION["neu"],
        replace(SPALTEN_REVISION["grund_der_korrektur"], name="grund"),
        SPALTEN_REVISION["lieferung_id_alt"],
        SPALTEN_REVISION["lieferung_id_neu"],
    ),
    leer_erlaubt=frozenset({"neu", "lieferung_id_alt", "lieferung_id_neu"}),
    warnungen=(
        "Zahlen, die vorher geschützt waren oder fehlten, stehen nicht hier: sie waren nie veröffentlicht.",
        "Zahlen des Registers stehen nur dann mit altem und neuem Wert hier, wenn sich keine Zelle des Stichtags um weniger als "
        "die Mindestfallzahl geändert hat; sonst sagt eine Zeile je Tabelle und Stichtag, dass und warum sich etwas änderte.",
    ),
)  # fmt: skip
