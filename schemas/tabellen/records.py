"""The records that reading a delivery leaves: the delivery itself, and what was found wrong with it.

Belongs here: their columns, in order. Does not belong here: the rows that were read (wuerfel.py, lieferung.py, massnahme.py).
"""

from schemas.model import Tabelle
from schemas.spalten.look_up import intern

RECORDS: tuple[Tabelle, ...] = (
    intern("eingang", "befund", "lieferung_id kommune quelle datei pruefung schwere anzahl beispiel erwartet"),
    intern(
        "eingang", "lieferung",
        "lieferung_id kommune quelle art datei sha256 stichtag datenstand zeilen_gelesen zeilen_uebernommen "
        "zeilen_ausserhalb zeilen_abgewiesen kodierung synthetisch eingelesen_am status fingerabdruck befunde draussen",
        theme="konzept",
    ),
)  # fmt: skip
