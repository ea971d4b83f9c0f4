"""How wide the columns of a printed table are, so that its rows take as few lines as they can.

Belongs here: the widths in letters. Does not belong here: fonts and centimetres (word.py, templates/ratsvorlage.html.j2).
"""

import re
from collections.abc import Sequence

import numpy as np

BRUCHSTELLE = re.compile(" |\N{SOFT HYPHEN}")
RAND = 4  # letters that a cell's padding takes
EINZELNE = 0.01  # a cell with one line less counts that much where its row stays as high


def fit_columns(zeilen: Sequence[Sequence[str]], breite: int) -> list[int]:
    """Letters for each column of rows of texts; no word is broken as long as the longest words fit beside each other.

    A column gets its longest word first; what is left of `breite` goes where a line is saved with the fewest letters.
    """
    spalten = max(len(z) for z in zeilen)
    volle = [z for z in zeilen if len(z) == spalten]
    breiten = [max(len(w) for z in volle for w in BRUCHSTELLE.split(z[i])) + RAND for i in range(spalten)]
    rest = max(0, breite - sum(breiten))
    # lines[i][k]: of each row in column i, k letters wider than its longest word
    lines = [
        np.array([[_count_lines(z[i], mindest - RAND + k) for z in volle] for k in range(rest + 1)])
        for i, mindest in enumerate(breiten)
    ]
    mehr = [0] * spalten
    while rest and (best := _find_best(lines, mehr, rest)):
        spalte, letters = best
        mehr[spalte] += letters
        rest -= letters
    return [b + k for b, k in zip(breiten, mehr, strict=True)]


def _count_lines(text: str, letters: int) -> int:
    """Lines of a cell of so many letters, its words put one after the other as long as they fit."""
    lines, used = 1, -1
    for wort in BRUCHSTELLE.split(text):
        if used + 1 + len(wort) > letters and used >= 0:
            lines, used = lines + 1, -1
        used += 1 + len(wort)
    return lines


def _find_best(lines: Sequence[np.ndarray], mehr: Sequence[int], rest: int) -> tuple[int, int] | None:
    """The column and the letters more that save most lines a letter; None where none saves any."""
    jetzt = [line[k] for line, k in zip(lines, mehr, strict=True)]
    hoehe = np.max(jetzt, axis=0)
    best, gewinn = None, 0.0
    for i, (line, k) in enumerate(zip(lines, mehr, strict=True)):
        andere = np.max([j for n, j in enumerate(jetzt) if n != i] or [np.ones_like(hoehe)], axis=0)
        for letters in range(1, rest + 1):
            dann = line[k + letters]
            saved = (hoehe - np.maximum(andere, dann)).sum() + EINZELNE * (jetzt[i] - dann).sum()
            if saved / letters > gewinn:
                best, gewinn = (i, letters), saved / letters
    return best
