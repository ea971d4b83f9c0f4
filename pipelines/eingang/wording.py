"""What a row of a check says in German, and how the facts in it are written.

Belongs here: the shape of a wording; days, whole numbers, lists and places in a file as a German reader expects them. Does not
belong here: any sentence (massnahmen/sentences.py, tabelle/sentences.py, open_sdg/sentences.py).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

Row = Mapping[str, Any]
_GENANNT = 4
_ADRESSE = re.compile(r"[A-Z]+\d+")


class Wording(NamedTuple):
    """What a row of a check says; `erwartet` and `vorschlag` where it knows more than the header of the check."""

    was: str
    erwartet: str | None = None
    vorschlag: str | None = None


def tag(stichtag: date) -> str:
    """A day: 31.12.2020."""
    return f"{stichtag:%d.%m.%Y}"


def ganz(zahl: int) -> str:
    """A whole number with points every three digits: 12.345."""
    return f"{zahl:,}".replace(",", ".")


def liste(texte: Sequence[str], n: int, trenner: str = "; ") -> str:
    """The first `n` of a list, and how many more there are."""
    return trenner.join(texte[:n]) + (f"{trenner}und {len(texte) - n} weitere" if len(texte) > n else "")


def ort(zellen: tuple[str, ...]) -> str:
    """`Blatt "Stadtteile", Zellen B6, C6 …` from the addresses of cells, sheet by sheet; in CSV the addresses themselves."""
    gezeigt, mehr = zellen[:_GENANNT], " …" if len(zellen) > _GENANNT else ""
    je_blatt: dict[str, list[str]] = {}
    for zelle in gezeigt:
        blatt, _, adresse = zelle.rpartition("!")
        je_blatt.setdefault(blatt if _ADRESSE.fullmatch(adresse) else "", []).append(
            adresse if _ADRESSE.fullmatch(adresse) else zelle
        )
    teile = [
        f'Blatt "{blatt}", Zelle{"n" if len(orte) > 1 else ""} {", ".join(orte)}' if blatt else "; ".join(orte)
        for blatt, orte in je_blatt.items()
    ]
    return "; ".join(teile) + mehr if teile else ""
