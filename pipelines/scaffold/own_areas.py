"""The municipality itself in a table of a whole Land, by the short name of its folder: its key, its name, its Kreis or its towns.

Belongs here: finding it, and its rows of gebiete.csv. Does not belong here: writing the folder (kommune.py), which area a row of
a table means (eingang/tabelle/gebiet_lookup.py).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipelines.eingang.tabelle.gebiet_lookup import KREISSTELLEN, OHNE_GEMEINDE
from pipelines.foundation.names import mit_art

GEMEINDESTELLEN = KREISSTELLEN + len(OHNE_GEMEINDE)
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Eigene(NamedTuple):
    """The municipality and the areas of its gebiete.csv: (gebiet_id, name, ebene, uebergeordnet)."""

    ags: str
    name: str
    zeilen: tuple[tuple[str, str, str, str], ...]


def find_own(kurzname: str, gebiete: Sequence[tuple[str, str]]) -> Eigene | None:
    """The municipality whose name is that of the folder; None if none or several are called so. `gebiete`: (key, name)."""
    amtlich = [(s, n.strip()) for s, n in gebiete if s.isdigit() and len(s) in (KREISSTELLEN, GEMEINDESTELLEN)]
    gemeint = [(s, n) for s, n in amtlich if kurzname in _names_of_folder(n)]
    if len(gemeint) != 1:
        return None
    ((schluessel, name),) = gemeint
    if len(schluessel) == GEMEINDESTELLEN:
        kreis = [(s, n, "kreis", "") for s, n in amtlich if s == schluessel[:KREISSTELLEN]]
        selbst = (schluessel, _name_without_art(name), "gemeinde", kreis[0][0] if kreis else "")
        return Eigene(schluessel, _name_without_art(name), (*kreis, selbst))
    if mit_art(name)[1] == "stadt":
        ags = schluessel + OHNE_GEMEINDE
        return Eigene(ags, _name_without_art(name), ((ags, _name_without_art(name), "gemeinde", ""),))
    # Key and name of a Kreis are read together, so it is called as the table calls it.
    staedte = [
        (s, _name_without_art(n), "gemeinde", schluessel)
        for s, n in amtlich
        if len(s) > KREISSTELLEN and s.startswith(schluessel)
    ]
    return Eigene(schluessel, name, ((schluessel, name, "kreis", ""), *staedte))


def _names_of_folder(name: str) -> set[str]:
    """How the folder of an area may be called: `Borken, Kreis` → kreis_borken, borken_kreis; `Borken, Stadt` → borken."""
    stamm, art = mit_art(name)
    kurz = re.sub(r"[^a-z0-9]+", "_", stamm.casefold().translate(_UMLAUTE)).strip("_")
    return {f"kreis_{kurz}", f"{kurz}_kreis"} if art == "kreis" else {kurz}


def _name_without_art(name: str) -> str:
    """`Krefeld, krfr. Stadt` → `Krefeld`."""
    return name.rpartition(",")[0].strip() if mit_art(name)[1] else name
