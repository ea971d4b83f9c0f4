"""Sources of measure sheets and the meaning of each status as tables, for the SQL of door, marts and checks to join with.

Belongs here: kommune.yaml and the vocabulary → rows. Does not belong here: the words of a status (schemas/words/massnahmen.py).
"""

from collections.abc import Iterable
from typing import Any

from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata
from schemas.words.massnahmen import BEENDET, BEGONNEN, BRAUCHT_GRUND, BRAUCHT_ISTWERT, NICHT_GEZAEHLT, RANG, STATUS

SCHEMATA_MASSNAHME = arrow_schemata(STAMM, "massnahmenquelle", "massnahmenstatus")


def statuszeilen() -> list[dict[str, Any]]:
    """One row a canonical status."""
    return [
        {"status": s, "rang": RANG[s], "gezaehlt": s not in NICHT_GEZAEHLT, "begonnen": s in BEGONNEN,
         "braucht_grund": s in BRAUCHT_GRUND, "braucht_istwert": s in BRAUCHT_ISTWERT, "beendet": s in BEENDET}
        for s in STATUS
    ]  # fmt: skip


def zeilen_massnahme(quellen: Iterable[tuple[str, Massnahmenquelle]]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of SCHEMATA_MASSNAHME from pairs (kommune, source)."""
    return {
        "massnahmenquelle": [
            {"kommune": kommune, "quelle_id": q.id, "titel": q.titel, "herkunft": q.herkunft, "konzept": q.konzept,
             "beispiel": q.beispiel}
            for kommune, q in quellen
        ],
        "massnahmenstatus": statuszeilen(),
    }  # fmt: skip
