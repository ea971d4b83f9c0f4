"""How wide the columns of a printed table are, where no program sets them by what they hold.

Belongs here: the widths in letters. Does not belong here: fonts and centimetres (word.py).
"""

import re
from collections.abc import Sequence

HOECHSTENS = 45  # letters a line of a cell is allowed before it wraps, however long its text
BRUCHSTELLE = re.compile(" |\N{SOFT HYPHEN}")
RAND = 4  # letters that a cell's padding takes


def fit_columns(zeilen: Sequence[Sequence[str]], breite: int) -> list[int]:
    """Letters for each column of rows of texts; no word is broken as long as the longest words fit beside each other.

    A column gets its longest word first; what is left of `breite` goes to those that would wrap, by how much they would.
    """
    spalten = max(len(z) for z in zeilen)
    volle = [z for z in zeilen if len(z) == spalten]
    woerter = [max(len(w) for z in volle for w in (BRUCHSTELLE.split(z[i]))) + RAND for i in range(spalten)]
    wunsch = [min(max(len(z[i]) for z in volle), HOECHSTENS) + RAND for i in range(spalten)]
    mangel = [max(0, w - n) for w, n in zip(wunsch, woerter, strict=True)]
    rest = max(0, breite - sum(woerter))
    teile = sum(mangel) or 1
    return [n + int(rest * m / teile) for n, m in zip(woerter, mangel, strict=True)]
