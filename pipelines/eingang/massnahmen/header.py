"""Sheets of a measure workbook: which of them hold measures or papers, where their header is, what stands in which column.

Belongs here: finding sheets, header rows and columns by their usual names. Does not belong here: what a cell of a row says
(row.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.eingang.grid.repair import open_workbook
from pipelines.eingang.grid.sheet import Blatt, Ort, Zellwert
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.yaml_file import aehnlich
from pipelines.stamm.konzept.models import Fassung, handlungsfeld_von, normalform
from schemas.words.massnahmen import (
    AUSWEICHEN,
    BLATT_OHNE_MASSNAHMEN,
    BLATT_VORLAGEN,
    SPALTENKOEPFE,
    VORLAGENKOEPFE,
    kopfformen,
    vergleichsform,
)
from schemas.words.steuerung import NEBENBLAETTER

KOPF_IN = 15  # rows in which the header is looked for
WENIGSTENS = 3  # columns by which a row is recognised as a header
BLATTNAME_LAENGE = 31  # longer names are cut by spreadsheets


@dataclass
class Kopf:
    """Header row, canonical column → column number, first row of data, and what was wrong."""

    zeile: int
    spalten: dict[str, int]
    daten_ab: int
    befunde: list[Befund] = field(default_factory=list)


@dataclass(frozen=True)
class Zusatz:
    """What the grid drops of a cell: line breaks, number format, whether it has a colour, its comment without the author."""

    text: str | None = None
    format: str = ""
    gefaerbt: bool = False
    kommentar: str = ""


def read_addition(pfad: Path) -> dict[str, dict[Ort, Zusatz]] | None:
    """Sheet → cell → what the grid drops; None where formats or comments are damaged although the values can be read.

    Measure sheets are small: the workbook is simply read once more.
    """
    try:
        mappe = open_workbook(pfad, data_only=True)
    except (OSError, MemoryError):
        raise
    except Exception:  # openpyxl raises whatever it stumbles over; who reads the values has read them another way
        return None
    return {
        tafel.title: {
            (z - 1, s - 1): Zusatz(
                zelle.value if isinstance(zelle.value, str) else None,
                str(getattr(zelle, "number_format", "") or ""),
                _gefaerbt(zelle),
                _kommentar(zelle),
            )
            for (z, s), zelle in tafel._cells.items()
        }
        for tafel in mappe.worksheets
    }


def _gefaerbt(zelle: object) -> bool:
    fuellung = getattr(zelle, "fill", None)
    farbe = getattr(getattr(fuellung, "fgColor", None), "rgb", None)
    return getattr(fuellung, "patternType", None) == "solid" and farbe != "FFFFFFFF"


def _kommentar(zelle: object) -> str:
    """Text of a comment; spreadsheets put the author's name before it, which is nobody's business."""
    kommentar = getattr(zelle, "comment", None)
    if kommentar is None:
        return ""
    text = " ".join(str(kommentar.text).split())
    return text.removeprefix(f"{kommentar.author}:").strip()


def anker(blatt: Blatt) -> dict[Ort, Ort]:
    """Cell of a merged range → its first cell, which holds the value."""
    return {
        (z, s): (z1, s1)
        for z1, s1, z2, s2 in blatt.verbunden
        for z in range(z1, z2 + 1)
        for s in range(s1, s2 + 1)
        if (z, s) != (z1, s1)
    }


def inhalt(blatt: Blatt, z: int, s: int) -> Zellwert:
    """Value of a cell, "" where there is none."""
    return blatt.werte[z][s] if 0 <= z < len(blatt.werte) and s < len(blatt.werte[z]) else ""


def _namensform(text: str) -> str:
    return vergleichsform(text).replace(" ", "")


def blattart(name: str) -> str:
    """massnahmen, vorlagen, ohne or the table of a tab beside the measures, by the sheet's name."""
    form = _namensform(name)
    for neben in NEBENBLAETTER:
        if form in {_namensform(n) for n in neben.blattnamen}:
            return neben.tabelle
    if form in {_namensform(n) for n in BLATT_VORLAGEN}:
        return "vorlagen"
    return "ohne" if form in {_namensform(n) for n in BLATT_OHNE_MASSNAHMEN} else "massnahmen"


def spaltentitel(spalte: str) -> str:
    """How a canonical column is called to people."""
    koepfe = (SPALTENKOEPFE, VORLAGENKOEPFE, *(n.koepfe for n in NEBENBLAETTER))
    return next(k[spalte] for k in koepfe if spalte in k)[0]


def feld_von(fassung: Fassung, text: str) -> str | None:
    """Code of the field a text means: code, name or alias, also with a number before it or cut at a sheet name's end."""
    if code := handlungsfeld_von(fassung, text):
        return code
    treffer = re.match(r"\s*(?:HF|Handlungsfeld)?\s*([A-Za-z]{0,3}\s?\d{0,2})\s*[.:)\-–]?\s+(.+)", text)
    if treffer and (code := handlungsfeld_von(fassung, treffer[2])):
        genannt = handlungsfeld_von(fassung, treffer[1]) if treffer[1].strip() else code
        return code if genannt in (None, code) else None
    treffer = re.fullmatch(r"\s*(?:HF|Handlungsfeld)\s*(.+)", text)
    if treffer and (code := handlungsfeld_von(fassung, treffer[1])):
        return code
    if len(text) >= BLATTNAME_LAENGE:
        form = normalform(text)
        passend = {
            f.code for f in fassung.handlungsfelder if any(normalform(n).startswith(form) for n in (f.name, *f.aliase))
        }
        return passend.pop() if len(passend) == 1 else None
    return None


class Kopfsuche:
    """Finds the header row of a sheet among its first rows by the headers in use."""

    def __init__(self, koepfe: Mapping[str, tuple[str, ...]], eigene: Mapping[str, tuple[str, ...]], datei: str):
        self.datei, self.koepfe = datei, koepfe
        self.formen = {f: (s, 1) for s, worte in koepfe.items() for w in worte for f in kopfformen(w)}
        self.formen |= {f: (s, 0) for s, worte in eigene.items() for w in worte for f in kopfformen(w)}

    def find(self, blatt: Blatt) -> Kopf | None:
        """The row with most known headers; None if no row has enough of them."""
        verbunden = anker(blatt)
        zeilen = [(z, self._zeile(blatt, z, verbunden)) for z in range(min(KOPF_IN, len(blatt.werte)))]
        if not zeilen:
            return None
        z, funde = max(zeilen, key=lambda e: (len({n for _, n, _ in e[1]}), -e[0]))
        if len({n for _, n, _ in funde}) < WENIGSTENS:
            return None
        unten = max((z2 for z1, _, z2, _ in blatt.verbunden if z1 <= z <= z2), default=z)
        # Headers merged over two rows are known in both; captions of single columns may stand in the lower one.
        tiefer = [
            e for e in zeilen if z < e[0] <= unten and len({n for _, n, _ in e[1]}) >= len({n for _, n, _ in funde})
        ]
        if tiefer:
            z, funde = tiefer[-1]
        return self._kopf(blatt, z, funde, unten + 1, verbunden)

    def _text(self, blatt: Blatt, z: int, s: int, verbunden: dict[Ort, Ort]) -> str:
        """Header of a column: its own cell or one merged downwards over it."""
        oben = verbunden.get((z, s), (z, s))
        return str(inhalt(blatt, *oben)) if oben[1] == s else ""

    def _zeile(self, blatt: Blatt, z: int, verbunden: dict[Ort, Ort]) -> list[tuple[int, str, int]]:
        """(column, canonical name, rank) of every header known; rank 0 are the source's own."""
        breite = max((len(r) for r in blatt.werte[z : z + 1]), default=0)
        breite = max([breite, *(s2 + 1 for z1, _, z2, s2 in blatt.verbunden if z1 <= z <= z2)])
        funde = []
        for s in range(breite):
            eigen = self._text(blatt, z, s, verbunden)
            if not eigen:
                continue
            gruppe = str(inhalt(blatt, *verbunden.get((z - 1, s), (z - 1, s)))) if z else ""
            kandidaten = [*kopfformen(eigen), *(kopfformen(f"{gruppe} {eigen}") if gruppe else [])]
            if treffer := next((self.formen[k] for k in kandidaten if k in self.formen), None):
                funde.append((s, *treffer))
        ausweichend = {s: AUSWEICHEN[f] for s, _, rang in funde
                       for f in kopfformen(self._text(blatt, z, s, verbunden)) if rang and f in AUSWEICHEN}  # fmt: skip
        belegt = {n for s, n, _ in funde if s not in ausweichend}
        return [
            (s, ausweichend[s][ausweichend[s][0] in belegt] if s in ausweichend else n, rang) for s, n, rang in funde
        ]

    def _kopf(
        self, blatt: Blatt, z: int, funde: list[tuple[int, str, int]], daten_ab: int, verbunden: dict[Ort, Ort]
    ) -> Kopf:
        kopf = Kopf(z, {}, daten_ab)
        for name in dict.fromkeys(n for _, n, _ in funde):
            stellen = sorted((rang, s) for s, n, rang in funde if n == name)
            kopf.spalten[name] = stellen[0][1]
            gleich = [s for rang, s in stellen if rang == stellen[0][0]]
            if len(gleich) > 1:
                koepfe = " und ".join(f"»{self._text(blatt, z, s, verbunden)}«" for s in gleich)
                kopf.befunde.append(
                    Befund(Code.spalte_doppelt, Schwere.fehler, self.datei, blatt.ort(z, gleich[1]),
                           f"{koepfe} bedeuten beide {name}", f"eine einzige Spalte für {name}",
                           zellen=tuple(blatt.adresse(z, s) for s in reversed(gleich)),
                           vorschlag=f"die richtige Überschrift in kommune.yaml unter spalten.{name} nennen")
                )  # fmt: skip
        namen = [w for worte in self.koepfe.values() for w in worte]
        for s in range(len(blatt.werte[z])):
            text = str(inhalt(blatt, z, s)).strip()
            if text and s not in kopf.spalten.values() and s not in [f[0] for f in funde]:
                kopf.befunde.append(
                    Befund(Code.spalte_ungelesen, Schwere.hinweis, self.datei, blatt.ort(z, s),
                           f"die Spalte »{text}« ist unbekannt und wird nicht gelesen",
                           "eine Überschrift der Vorlage, oder ein Eintrag unter spalten in kommune.yaml",
                           zellen=(blatt.adresse(z, s),), vorschlag=aehnlich(text, namen))
                )  # fmt: skip
        return kopf
