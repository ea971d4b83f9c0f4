"""The data dictionary as a table.

Belongs here: the vocabulary (schemas/) → rows. Does not belong here: the page of the handbook (pages/).
"""

from typing import Any

from schemas.tabellen.ansichten import ANSICHTEN
from schemas.tabellen.registry import VEROEFFENTLICHT
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_WOERTERBUCH = arrow_schemata(STAMM, "spalte")


def spaltenzeilen() -> list[dict[str, Any]]:
    """The data dictionary: one row a published table or view (`spalte` = *) and one a column, from the vocabulary."""
    zeilen: list[dict[str, Any]] = []
    for t in (*VEROEFFENTLICHT, *ANSICHTEN):
        zeilen.append(
            {"tabelle": t.voll, "spalte": "*", "typ": "VIEW" if t in ANSICHTEN else "TABLE", "titel": t.titel,
             "beschreibung": t.kommentar(),
             "einheit": "", "herkunft": "", "werte": "", "schluesselteil": False, "leer_erlaubt": False}
        )  # fmt: skip
        for s in t.spalten:
            zeilen.append(
                {"tabelle": t.voll, "spalte": s.name, "typ": s.typ, "titel": s.titel, "beschreibung": s.beschreibung,
                 "einheit": s.einheit, "herkunft": s.quelle, "werte": ", ".join(s.werte) or s.muster,
                 "schluesselteil": s.name in t.schluessel, "leer_erlaubt": s.name in t.leer_erlaubt}
            )  # fmt: skip
    return zeilen
