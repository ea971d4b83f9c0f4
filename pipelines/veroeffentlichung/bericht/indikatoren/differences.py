"""Differences of two figures that are printed beside them: what is printed adds up, or the reader is told.

Belongs here: that one rule. Does not belong here: formats of a figure (words.py, numbers.py). A difference is rounded once,
from the exact figures, as everything is; where the rounded figures give another last digit, »rund« stands before it.
"""

import re
from fractions import Fraction

from pipelines.veroeffentlichung.bericht.indikatoren.words import differenz, exakt, places
from pipelines.veroeffentlichung.bericht.numbers import gerundet, punkte

RUND = "rund "
# A difference with that word as a paper prints it, in every language; »rund 15.033« in a remark of a source is none.
GEDRUCKT = re.compile(r"\b(?:rund|about) (?:[+−]|0\b)|\bum rund \d|\bby about \d")
ERKLAERUNG = (
    "»rund« vor einem Unterschied heißt: Er ist aus den ungerundeten Zahlen gerechnet; aus den gedruckten, gerundeten ergäbe "
    "sich eine andere letzte Stelle."
)


def difference(betrag: float, spaeter: float | None, frueher: float | None, einheit: str) -> str:
    """A published difference with sign and unit; `spaeter` less `frueher` is what stands beside it."""
    text = differenz(betrag, einheit)
    if spaeter is None or frueher is None:
        return text
    a, b, d = exakt(spaeter), exakt(frueher), exakt(betrag)
    gedruckt = gerundet(a, places(a, einheit)) - gerundet(b, places(b, einheit))
    return text if gedruckt == gerundet(d, places(d, einheit)) else f"{RUND}{text}"


def points(spaeter: Fraction, frueher: Fraction) -> str:
    """A difference of two shares in percentage points, with its sign: `+4,5`."""
    text = punkte(spaeter - frueher)
    gedruckt = gerundet(spaeter * 100, 1) - gerundet(frueher * 100, 1)
    return text if gedruckt == gerundet((spaeter - frueher) * 100, 1) else f"{RUND}{text}"


def amount(text: str) -> str:
    """A difference without its sign, for a sentence that says »gestiegen« or »gesunken«."""
    return text.replace("+", "", 1).replace("−", "", 1)
