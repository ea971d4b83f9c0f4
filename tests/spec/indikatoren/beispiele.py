"""The literal examples: one or more for each indicator of the catalogue, read from the YAML files of this folder.

Belongs here: what a file may say, reading its tables, the arithmetic of its calculations. Does not belong here: running the
pipeline (hilfe.py) and the page of the handbook (tabelle.py). Nothing here calls the code under test.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path

from tests.lib.yaml_text import load_yaml

ORDNER = Path(__file__).parent
EINGABEN = (
    "register", "staaten", "staatengruppen", "merkmale", "bewegungen", "dauern", "lieferung", "massnahmen", "vorlagen",
    "berichte",
)  # fmt: skip
STICHTAG = date(2022, 12, 31)

Zelle = str | float | date | None
Zeile = dict[str, Zelle]


@dataclass(frozen=True)
class Tabelle:
    """A table as written: column names and cells as text. `a/b` in a cell: two rows, `-`: nothing, `*`: not compared."""

    spalten: list[str]
    zellen: list[list[str]]

    def rows(self) -> Iterator[Zeile]:
        """The rows that are meant, with typed cells."""
        for reihe in self.zellen:
            for kombination in product(*(z.split("/") for z in reihe)):
                yield {s: _wert(s, z) for s, z in zip(self.spalten, kombination, strict=True)}


# Columns that hold text even where it looks like a number (keys of areas, states, measures).
TEXTSPALTEN = {"gebiet", "staat", "nr", "gruppe", "bericht", "auspraegung"}


def _wert(spalte: str, text: str) -> Zelle:
    if text == "-":
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if spalte not in TEXTSPALTEN and re.fullmatch(r"-?\d+(,\d+)?", text):
        return float(text.replace(",", "."))
    return text


def read_tabelle(text: str) -> Tabelle:
    """A table of words separated by blanks, its header first. Raises: ValueError naming the row that does not fit."""
    kopf, *zeilen = [z.split() for z in text.strip().splitlines()]
    for nummer, zeile in enumerate(zeilen, 1):
        if len(zeile) != len(kopf):
            raise ValueError(f"row {nummer} has {len(zeile)} cells, the header {len(kopf)}: {' '.join(zeile)}")
    return Tabelle(kopf, zeilen)


@dataclass(frozen=True)
class Beispiel:
    """An example: what goes in, how it is reckoned, what comes out. `ort` is the municipality it has for itself."""

    ort: str
    indikator: str
    fall: str
    eingabe: dict[str, Tabelle]
    rechnung: list[str]
    erwartet: Tabelle


def read(text: str, datei: str = "") -> list[Beispiel]:
    """All examples of one file. Raises: ValueError naming entry and fault."""
    beispiele: list[Beispiel] = []
    for eintrag in load_yaml(text):
        kennung = eintrag["indikator"]
        fremd = {*eintrag} - {"indikator", "fall", "eingabe", "rechnung", "erwartet"} | {*eintrag["eingabe"]} - {
            *EINGABEN
        }
        if fremd:
            raise ValueError(f"{datei}, {kennung}: {sorted(fremd)}")
        try:
            eingabe = {n: read_tabelle(t) for n, t in eintrag["eingabe"].items()}
            erwartet = read_tabelle(eintrag["erwartet"])
        except ValueError as fehler:
            raise ValueError(f"{datei}, {kennung}: {fehler}") from None
        nummer = sum(b.indikator == kennung for b in beispiele)
        ort = kennung + (f"_{nummer + 1}" if nummer else "")
        rechnung = eintrag.get("rechnung", [])
        beispiele.append(Beispiel(ort, kennung, eintrag.get("fall", ""), eingabe, rechnung, erwartet))
    return beispiele


SCHLUESSEL = ("gebiet", "altersgruppe", "gruppe", "geschlecht", "zeitraum")


def erwartete(b: Beispiel) -> dict[tuple[Zelle, ...], Zeile]:
    """The expected rows by their key, with what they leave out: the whole municipality, all ages, everybody."""
    leer: Zeile = {"gebiet": None, "altersgruppe": None, "gruppe": "insgesamt", "geschlecht": "insgesamt"}
    zeilen = [{**leer, **z} for z in b.erwartet.rows()]
    nach_schluessel = {tuple(z[s] for s in SCHLUESSEL): z for z in zeilen}
    assert len(nach_schluessel) == len(zeilen), f"{b.ort}: a row is expected twice"
    return nach_schluessel


def alle_beispiele() -> list[Beispiel]:
    """The examples of all files of this folder."""
    return [b for d in sorted(ORDNER.glob("*.yaml")) for b in read(d.read_text(encoding="utf-8"), d.name)]


# --- the arithmetic, by hand: fractions, rounded once, half away from zero ---

FAKTOR = {"prozent": 100, "promille": 1000, "je_100000": 100000}
_ZEICHEN = str.maketrans({"×": "*", "−": "-", ",": "."})


def _compute(knoten: ast.expr) -> Fraction:
    match knoten:
        case ast.Constant(value=int() | float() as zahl):
            return Fraction(str(zahl))
        case ast.UnaryOp(op=ast.USub(), operand=innen):
            return -_compute(innen)
        case ast.BinOp(left=links, op=zeichen, right=rechts):
            a, b = _compute(links), _compute(rechts)
            match zeichen:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
    raise ValueError(f"not arithmetic: {ast.dump(knoten)}")


def gerundet(zahl: Fraction, stellen: int) -> Decimal:
    """Rounded once, half away from zero."""
    return (Decimal(zahl.numerator) / Decimal(zahl.denominator)).quantize(Decimal(1).scaleb(-stellen), ROUND_HALF_UP)


def recompute(zeile: str) -> tuple[Decimal, Decimal]:
    """(what the left side of a calculation gives, what its right side says), both with the decimals of the right side.

    A word and a colon before it say what is reckoned; behind the number stands its unit.
    """
    links, rechts = zeile.split(":")[-1].split("=")
    gedruckt = re.match(r"\s*(-?[\d]+(?:,(\d+))?)", rechts.replace("−", "-"))
    assert gedruckt, f"no number after =: {zeile}"
    stellen = len(gedruckt[2] or "")
    ergebnis = _compute(ast.parse(links.translate(_ZEICHEN).strip(), mode="eval").body)
    return gerundet(ergebnis, stellen), Decimal(gedruckt[1].replace(",", "."))
