"""Sheets of cells: what every way of reading a file produces.

Belongs here: the sheet, its addresses, how a refusal is worded. Does not belong here: reading anything (workbook.py).
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.eingang.tabelle.numbers import FEHLERWERTE
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere

Zellwert = str | int | float | date
Ort = tuple[int, int]  # row and column, from 0


ZELLADRESSE = re.compile(r"([A-Z]+)([1-9]\d*)")
TRENNER = " / "  # between the levels of a header, as layouts write its path


@dataclass
class Blatt:
    """One sheet. `werte` has ragged rows; what is no value stands beside it, under row and column counted from 0.

    `formeln`: a formula whose value is not stored; `fehlerwerte`: `#N/A` and its like (the cell looks empty in both
    cases); `verbunden`: first and last cell of merged ranges; `prozent`: decimals of percentages, which `werte` holds as
    Excel shows them ("8,4 %"); `zeilen_nr`: line or row number of each row; `felder`: fields of each row, text files only;
    `halbe_zeichen`: texts with half of a character, which no other program could show.
    """

    name: str | None
    werte: list[list[Zellwert]] = field(default_factory=list)
    formeln: dict[Ort, str] = field(default_factory=dict)
    fehlerwerte: dict[Ort, str] = field(default_factory=dict)
    verbunden: list[tuple[int, int, int, int]] = field(default_factory=list)
    verborgene_zeilen: set[int] = field(default_factory=set)
    verborgene_spalten: set[int] = field(default_factory=set)
    verborgen: bool = False
    kommentare: dict[Ort, str] = field(default_factory=dict)
    prozent: dict[Ort, int] = field(default_factory=dict)
    zeilen_nr: list[int] = field(default_factory=list)
    felder: list[int] = field(default_factory=list)
    halbe_zeichen: set[Ort] = field(default_factory=set)

    def adresse(self, z: int, s: int) -> str:
        """`Stadtteile!B6`; in CSV `Zeile 4, Feld 2`."""
        return self.ort(z, s) if self.name is None else f"{self.name}!{spaltenname(s)}{z + 1}"

    def ort(self, z: int, s: int | None = None) -> str:
        """`Blatt "Stadtteile", Zelle B6`, without a column `…, Zeile 6`; in CSV `Zeile 4, Feld 2` or `Zeile 4`."""
        if self.name is None:
            zeile = f"Zeile {self.zeilen_nr[z] if z < len(self.zeilen_nr) else z + 1}"
            return zeile if s is None else f"{zeile}, Feld {s + 1}"
        return f'Blatt "{self.name}", ' + (f"Zeile {z + 1}" if s is None else f"Zelle {spaltenname(s)}{z + 1}")


@dataclass
class Mappe:
    """A file's sheets; `kodierung` and `trennzeichen` for text files only (no separator: one column)."""

    pfad: Path
    blaetter: list[Blatt]
    kodierung: str | None = None
    trennzeichen: str | None = None
    hinweise: list[Befund] = field(default_factory=list)


def abgewiesen(code: Code, pfad: Path, ort: str, was: str, erwartet: str) -> LieferungAbgewiesen:
    return LieferungAbgewiesen([Befund(code, Schwere.fehler, pfad.name, ort, was, erwartet)])


def spaltenname(s: int) -> str:
    """Letters of a column counted from 0: 27 → AB."""
    return (spaltenname(s // 26 - 1) if s > 25 else "") + chr(65 + s % 26)


def spaltennummer(buchstaben: str) -> int:
    return int(sum((ord(b) - 64) * 26**n for n, b in enumerate(reversed(buchstaben))) - 1)


def abschluss(blatt: Blatt) -> Blatt:
    """Set errors aside, cut empty ends, and give every cell that something is known about its place."""
    for z, reihe in enumerate(blatt.werte):
        for s, wert in enumerate(reihe):
            if type(wert) is str and wert.startswith("#") and wert in FEHLERWERTE:
                blatt.fehlerwerte.setdefault((z, s), wert)
                reihe[s] = ""
        while reihe and reihe[-1] == "":
            reihe.pop()
    while blatt.werte and not blatt.werte[-1]:
        blatt.werte.pop()
    orte = [*blatt.formeln, *blatt.fehlerwerte, *((v[0], v[1]) for v in blatt.verbunden)]
    for z, s in orte:
        blatt.werte += [[] for _ in range(z + 1 - len(blatt.werte))]
        blatt.werte[z] += [""] * (s + 1 - len(blatt.werte[z]))
    blatt.zeilen_nr = (blatt.zeilen_nr or list(range(1, len(blatt.werte) + 1)))[: len(blatt.werte)]
    blatt.felder = blatt.felder[: len(blatt.werte)]
    breite = max((len(r) for r in blatt.werte), default=0)
    blatt.verborgene_spalten = {s for s in blatt.verborgene_spalten if s < breite}
    blatt.verborgene_zeilen = {z for z in blatt.verborgene_zeilen if z < len(blatt.werte)}
    return blatt
