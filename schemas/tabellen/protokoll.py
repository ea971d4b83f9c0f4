"""The tables that say what was delivered and what checking it came to.

Belongs here: deliveries and checks. Does not belong here: changes of published figures (revision.py), the protocol of protection
(geheimhaltung.py).
"""

from dataclasses import replace

from schemas.model import Tabelle
from schemas.spalten.common import SPALTEN, spalten
from schemas.spalten.register import SPALTEN_REGISTER

LIEFERUNG = Tabelle(
    "protokoll", "lieferung", "Lieferungen", "Was angeliefert und was daraus wurde.", ("lieferung_id",),
    spalten(
        "lieferung_id", "kommune",
        replace(SPALTEN["quelle"], werte=(), beschreibung="Kennung der Quelle in kommune.yaml."),
        "datei", "sha256", "stichtag", "stichtag_angenommen", "zeilen_gelesen", "zeilen_uebernommen", "zeilen_ausserhalb",
        "zeilen_abgewiesen", "kodierung", "synthetisch", "erzeugt_aus", "eingelesen_am",
        replace(SPALTEN["lieferung_status"], name="status"), SPALTEN_REGISTER["loeschung_personen"],
        SPALTEN_REGISTER["loeschung_abgewiesene"],
    ),
    leer_erlaubt=frozenset({
        "stichtag", "kodierung", "zeilen_gelesen", "zeilen_uebernommen", "zeilen_ausserhalb", "zeilen_abgewiesen",
        "loeschung_personen", "loeschung_abgewiesene",
    }),
    warnungen=(
        "zeilen_gelesen = zeilen_uebernommen + zeilen_ausserhalb + zeilen_abgewiesen.",
        "Zeilen eines Registerauszugs sind Personen: gezählt stehen hier nur die des Auszugs, auf dem ein veröffentlichter "
        "Stichtag beruht, und keine Zahl unter der Mindestfallzahl (dann fehlt auch die Summe).",
    ),
)  # fmt: skip
PRUEFUNG = Tabelle(
    "protokoll", "pruefung", "Prüfungen", "Ergebnis jeder Prüfung; bei Registern ohne jeden Wert einer Zeile.",
    ("kommune", "quelle", "datei", "pruefung"),
    spalten(
        replace(SPALTEN["kommune"], muster=r"[a-z][a-z0-9_]*|-"),
        replace(SPALTEN["quelle"], werte=(), beschreibung="Kennung der Quelle; »-« bei Prüfungen der Marts."),
        "datei", "pruefung", "titel", "schwere", "ergebnis", "anzahl", "beispiel", "erwartet", "folge",
    ),
    leer_erlaubt=frozenset({"beispiel", "titel", "anzahl"}),
)  # fmt: skip
