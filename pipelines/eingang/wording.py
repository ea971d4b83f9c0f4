"""What a row of a check says in German, and how the facts in it are written.

Belongs here: the shape of a wording; days, whole numbers and lists as a German reader expects them. Does not belong here: any
sentence (massnahmen/sentences.py, tabelle/sentences.py, open_sdg/sentences.py).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

Row = Mapping[str, Any]


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
