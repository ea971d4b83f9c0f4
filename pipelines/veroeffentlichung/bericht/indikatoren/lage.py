"""The place of an area among others of its level, in words: its rank, and among how many.

Belongs here: that sentence. Does not belong here: ranks (the mart), tables of areas (gebiete.py).
"""

from collections.abc import Mapping
from typing import Any

from pipelines.veroeffentlichung.bericht.content import REGISTER

OHNE_RANG = "kein Rang"


def tell_rank(z: Mapping[str, Any], gebiete: int) -> str:
    """`3 von 10`; of a delivered table `2 von 3 gelieferten`; how many areas there are (`gebiete`) where that is more."""
    if z["lage_rang"] is None or (z["lage_gebiete"] or 0) < 2:
        return OHNE_RANG
    wort = " mit Zahl" if z["quelle"] == REGISTER else " gelieferten"
    mehr = gebiete > z["lage_gebiete"]
    zusatz = f"{wort}, {gebiete} Gebiete insgesamt" if mehr else "" if z["quelle"] == REGISTER else wort
    return f"{z['lage_rang']} von {z['lage_gebiete']}{zusatz}"
