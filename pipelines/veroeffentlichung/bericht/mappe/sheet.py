"""How a sheet is written: title, what it shows, source and day, header, rows, number formats, print set-up.

Belongs here: cells and formats of any sheet. Does not belong here: which columns a sheet has (workbook.py, konzept.py).
Protected and missing cells hold a mark as text, so that no formula takes them for zero.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pipelines.veroeffentlichung.bericht.content import BANNER, Bericht, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import sheet as indikatorblatt
from pipelines.veroeffentlichung.bericht.numbers import LOKATIONSQUOTIENT, Wert, anteil, anzahl, datum

FORMATE = {
    "anzahl": "#,##0", "anteil": "0.0 %", "quotient": "0.00", "datum": "DD.MM.YYYY", "jahr": "0", "euro": '#,##0.00" €"',
    "zahl": "#,##0.##",
    **indikatorblatt.FORMATE,
}  # fmt: skip
LEGENDE = "• geschützt · – kein Wert (Grund in den Spalten Status und Hinweise) · 0 genau null"
LEGENDE_OHNE_GRUND = "• geschützt · – kein Wert · 0 genau null"
KOPFHOEHE = 45  # three lines
ZEICHEN_JE_SEITE = 300  # more characters side by side are too small on paper
BREITE_HOECHSTENS, BREITE_MINDESTENS = 60, 11
SCHRIFT = "Calibri"  # a font without a name is a serif one in LibreOffice
QUELLEN_GENANNT = 3
ZEILENHOEHE, ZEILE_HOECHSTENS = 15, 400  # points; Excel knows no row higher than 409
UMBRUCH = 8  # of a line is lost where words break


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: header, how to take its value from (definition, row), its format; by unit where rows differ."""

    kopf: str
    wert: Callable[[Definition | None, Zeile], Any]
    art: str = "text"


def field_of(kopf: str, name: str, art: str = "text") -> SheetColumn:
    return SheetColumn(kopf, lambda _, z: z[name], art)


def count_of(kopf: str, name: str) -> SheetColumn:
    return SheetColumn(kopf, lambda _, z: anzahl(z, name), "anzahl")


def share_of(kopf: str, name: str) -> SheetColumn:
    return SheetColumn(kopf, lambda _, z: anteil(z, name), "quotient" if name == LOKATIONSQUOTIENT else "anteil")


class Sheet:
    """Writes one sheet from top to bottom. `bereich`: first and last row and the columns of its table, once written.

    `erzeugt`: whether what it shows is of invented persons, where not all of the municipality's figures are.
    """

    def __init__(self, mappe: Any, titel: str, b: Bericht, erzeugt: bool = True):
        self.bereich: tuple[int, int, list[str]] | None = None
        self._formate: dict[tuple[tuple[int, ...], str], Any] = {}
        self.blatt = mappe.create_sheet(titel)
        self.blatt.page_setup.orientation = "landscape"
        self.blatt.page_setup.paperSize = self.blatt.PAPERSIZE_A4
        self.blatt.page_setup.fitToWidth, self.blatt.page_setup.fitToHeight = 1, 0
        self.blatt.sheet_properties.pageSetUpPr.fitToPage = True
        self.zeile = 0
        self.text(f"{titel} – {b.kommune['name']}", fett=True, groesse=14)
        if b.synthetisch and erzeugt:
            self.text(BANNER, fett=True, grund="FFE08A")
        self.text(f"Veröffentlichung {b.veroeffentlichung or 'keine Daten'}")

    def zelle(self, spalte: int, wert: Any, art: str = "text") -> Any:
        """Set a cell of the current row: exact numbers typed, everything else as text that is never a formula."""
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        zelle = self.blatt.cell(row=self.zeile, column=spalte)
        if isinstance(wert, Wert):
            wert = wert.text if wert.zahl is None else wert.zahl
        if isinstance(wert, Fraction):
            wert = float(wert)
        if isinstance(wert, str):
            zelle.value = ILLEGAL_CHARACTERS_RE.sub("", wert)
            zelle.data_type = "s"
        elif wert is not None:
            zelle.value = wert
            zelle.number_format = FORMATE.get(art, "General")
        return zelle

    def text(self, text: str, fett: bool = False, groesse: int = 11, grund: str | None = None) -> None:
        """A line of text in the first column."""
        from openpyxl.styles import Font, PatternFill

        self.zeile += 1
        zelle = self.zelle(1, text)
        zelle.font = Font(name=SCHRIFT, bold=fett, size=groesse)
        if grund:
            for spalte in range(1, 9):
                self.blatt.cell(row=self.zeile, column=spalte).fill = PatternFill("solid", start_color=grund)

    def tabelle(self, spalten: Sequence[SheetColumn], zeilen: Sequence[tuple[Definition | None, Zeile]]) -> None:
        """Header and rows, header frozen and filterable; `keine Daten` instead of an empty table."""
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        self.zeile += 2
        kopf = self.zeile
        breiten = []
        for i, s in enumerate(spalten, start=1):
            zelle = self.zelle(i, s.kopf)
            zelle.font = Font(name=SCHRIFT, bold=True, color="FFFFFF")
            zelle.fill = PatternFill("solid", start_color="12436D")
            zelle.alignment = Alignment(wrap_text=True, vertical="center")
            laengstes = max(len(wort) for wort in s.kopf.split()) + 3  # a head breaks between words only
            breiten.append(max(BREITE_MINDESTENS, min(len(s.kopf), 18), laengstes))
        for d, z in zeilen:
            self.zeile += 1
            for i, s in enumerate(spalten, start=1):
                wert = s.wert(d, z)
                zelle = self.zelle(i, wert, indikatorblatt.zahlenformat(s.art, z.get("einheit", "")))
                if s.art != "text":
                    self._format(zelle, "rechts")
                if wert and (s.art == "text" or isinstance(wert, str)):
                    breiten[i - 1] = max(breiten[i - 1], min(len(str(wert)) + 2, BREITE_HOECHSTENS))
        self.fit_rows(kopf + 1, breiten)
        self.bereich = (kopf, self.zeile, [s.kopf for s in spalten])
        self.blatt.row_dimensions[kopf].height = KOPFHOEHE
        if not zeilen:
            self.text("keine Daten")
        for i, breite in enumerate(breiten, start=1):
            self.blatt.column_dimensions[get_column_letter(i)].width = breite
        self.blatt.page_setup.fitToWidth = max(1, sum(breiten) // ZEICHEN_JE_SEITE)
        if self.blatt.page_setup.fitToWidth > 1:
            self.blatt.print_title_cols = "A:B"
        self.blatt.freeze_panes = self.blatt.cell(row=kopf + 1, column=2)
        self.blatt.auto_filter.ref = f"A{kopf}:{get_column_letter(len(spalten))}{max(self.zeile, kopf)}"
        self.blatt.print_title_rows = f"{kopf}:{kopf}"

    def fit_rows(self, von: int, breiten: Sequence[int]) -> None:
        """Wrap texts that are wider than their column, in rows high enough for them: no cell is cut or printed over another."""
        for zeile in self.blatt.iter_rows(min_row=von, max_row=self.zeile, max_col=len(breiten)):
            hoch = 1
            for zelle, breite in zip(zeile, breiten, strict=True):
                if isinstance(zelle.value, str) and len(zelle.value) >= breite:
                    hoch = max(hoch, -(-len(zelle.value) // max(breite - UMBRUCH, 1)))
                    self._format(zelle, "umbruch")
                elif zelle.value is not None:
                    self._format(zelle, "oben")
            if hoch > 1:
                self.blatt.row_dimensions[zeile[0].row].height = min(hoch * ZEILENHOEHE, ZEILE_HOECHSTENS)

    def _format(self, zelle: Any, wie: str) -> None:
        """Align a cell: each format is made once, for a sheet has a hundred thousand cells and a handful of formats."""
        from openpyxl.styles import Alignment

        schluessel = (tuple(zelle._style or ()), wie)
        if (bekannt := self._formate.get(schluessel)) is None:
            match wie:
                case "rechts":
                    zelle.alignment = Alignment(horizontal="right")
                case "umbruch":
                    zelle.alignment = Alignment(wrap_text=True, vertical="top")
                case _:
                    zelle.alignment = Alignment(horizontal=zelle.alignment.horizontal, vertical="top")
            self._formate[schluessel] = copy(zelle._style)
        else:
            zelle._style = copy(bekannt)

    def source(self, was: str, zeilen: Sequence[Zeile], quellen: Sequence[str] = ()) -> None:
        """Lines above a table: what it shows, where its figures come from, of which days they are."""
        self.text(was)
        genannt = list(dict.fromkeys(quellen)) or list(dict.fromkeys(
            str(z.get("herkunft") or z.get("quelle")) for z in zeilen if z.get("herkunft") or z.get("quelle")
        ))  # fmt: skip
        if genannt:
            self.text(
                f"Quelle: {'; '.join(genannt[:QUELLEN_GENANNT])}"
                + (" und weitere" if len(genannt) > QUELLEN_GENANNT else "")
            )
        tage = sorted({t for z in zeilen if (t := z.get("stichtag") or z.get("stand"))})
        if tage:
            self.text(f"Stichtag: {datum(tage[0])}" + (f" bis {datum(tage[-1])}" if len(tage) > 1 else ""))
