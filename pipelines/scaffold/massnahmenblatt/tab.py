"""One tab of a measure status sheet: cells, header with guidance, validations, protection, print.

Belongs here: what every tab with a table has in common. Does not belong here: which tabs there are and what stands in
them (workbook.py).
"""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.scaffold.massnahmenblatt.words import Eingabe

ERSTELLT_VON = "integrationsmonitoring"
KOPFZEILE = 4
FARBEN = {"kopf": "4A6580", "pflicht": "12436D", "vorgabe": "E7EAEE", "hinweis": "FFC266", "beispiel": "FFE08A",
          "linie": "BFC7D0", "gruen": "CDE8CF", "gelb": "FFF0A8", "rot": "F4C7C3", "grau": "DDDDDD"}  # fmt: skip
FORMATE = {"schreibtext": "@", "datum": "DD.MM.YYYY", "euro": "#,##0", "anteil_stelle": "0.0#", "zahl": "#,##0"}
RECHTS = ("datum", "zahljahr", "euro", "anteil_stelle", "zahl", "wert")
TAG_AB, TAG_BIS = "DATE(2000,1,1)", "DATE(2100,12,31)"

Zeile = Mapping[str, Any]


def set_value(zelle: Any, wert: Any, als_text: bool = False) -> Cell:
    """Set a cell; text is never a formula, and a number `als_text` stands as a person would write it."""
    if als_text and isinstance(wert, (int, float)):
        wert = f"{wert:.15g}".replace(".", ",")
    if isinstance(wert, str):
        zelle.value = ILLEGAL_CHARACTERS_RE.sub("", wert)
        zelle.data_type = "s"
    else:
        zelle.value = wert
    return zelle  # type: ignore[no-any-return]


def fuellung(farbe: str) -> PatternFill:
    return PatternFill("solid", start_color=FARBEN[farbe], end_color=FARBEN[farbe])


def schrift(**angaben: Any) -> Font:
    """A font of the workbook's own family: one without a name shows as the viewer likes."""
    return Font(**{"name": "Calibri", "size": 11, **angaben})


class Tab:
    """One tab with a table, written from top to bottom: title, header, rows, empty rows, then what covers them all."""

    def __init__(
        self, blatt: Worksheet, spalten: Mapping[str, Eingabe], koepfe: Mapping[str, str], pflicht: Sequence[str]
    ):
        self.blatt, self.spalten, self.koepfe, self.pflicht = blatt, spalten, koepfe, pflicht
        self.buchstabe = {s: get_column_letter(i) for i, s in enumerate(spalten, start=1)}
        self.letzte = KOPFZEILE
        self.linie = Side("thin", color=FARBEN["linie"])
        self._formate: dict[tuple[str, bool, bool], Any] = {}

    def kopf(self, titel: str, untertitel: str, beispiel: str) -> None:
        """Title, what the sheet is about, which columns are mandatory, and the header with its guidance."""
        set_value(self.blatt["A1"], f"{beispiel}: {titel}" if beispiel else titel).font = schrift(bold=True, size=14)
        set_value(self.blatt["A2"], untertitel).font = schrift(color="444444")
        pflicht = ", ".join(self.koepfe[s] for s in self.pflicht)
        legende = f"* Pflichtangaben (dunkler Kopf): {pflicht}. Graue Felder sind vorgegeben, weiße auszufüllen."
        set_value(self.blatt["A3"], legende).font = schrift(italic=True, color="444444")
        if beispiel:
            for i in range(1, len(self.spalten) + 1):
                self.blatt.cell(row=1, column=i).fill = fuellung("beispiel")
        for s, e in self.spalten.items():
            zelle = set_value(self.blatt[f"{self.buchstabe[s]}{KOPFZEILE}"], self.koepfe[s])
            zelle.font = schrift(bold=True, color="FFFFFF")
            zelle.fill = fuellung("pflicht" if s in self.pflicht else "kopf")
            zelle.alignment = Alignment(wrap_text=True, vertical="center")
            text = (
                e.erwartet
                + (" (Pflicht)" if s in self.pflicht else "")
                + (f"\nBeispiel: {e.beispiel}" if e.beispiel else "")
            )
            zelle.comment = Comment(text, ERSTELLT_VON, height=30 + 16 * (len(text) // 38 + 2), width=260)
            self.blatt.column_dimensions[self.buchstabe[s]].width = e.breite
        self.blatt.row_dimensions[KOPFZEILE].height = 32

    def zeile(self, werte: Zeile, gesperrt: Iterable[str] = ()) -> None:
        """One row: values by column; locked ones grey, the others open for input."""
        self.letzte += 1
        hoehe = 1
        for s, e in self.spalten.items():
            zelle = set_value(self.blatt[f"{self.buchstabe[s]}{self.letzte}"], werte.get(s), e.format == "schreibtext")
            self._format(zelle, e.format, s in gesperrt)
            if isinstance(wert := zelle.value, str):
                hoehe = max(hoehe, sum(len(textwrap.wrap(t, e.breite - 2)) or 1 for t in wert.split("\n")))
        self.blatt.row_dimensions[self.letzte].height = 15 * hoehe + 3

    def _format(self, zelle: Any, art: str, gesperrt: bool) -> None:
        """Format a cell of a row; each of the few formats is made once."""
        zahl, text = art in RECHTS, isinstance(zelle.value, str)
        if (bekannt := self._formate.get((art, text, gesperrt))) is not None:
            zelle._style = copy(bekannt)
            return
        zelle.number_format = FORMATE.get(art, "General")
        zelle.alignment = Alignment(wrap_text=not zahl or text, vertical="top",
                                    horizontal="right" if zahl else "left", indent=int(zahl))  # fmt: skip
        zelle.border = Border(self.linie, self.linie, self.linie, self.linie)
        zelle.protection = Protection(locked=gesperrt)
        if gesperrt:
            zelle.fill = fuellung("vorgabe")
        self._formate[art, text, gesperrt] = copy(zelle._style)

    def leere_zeilen(self, anzahl: int) -> None:
        """Rows for what the catalogue does not have."""
        for _ in range(anzahl):
            self.zeile({})

    def bereich(self, spalte: str) -> str:
        """The cells of a column below the header, e.g. `F5:F20`."""
        return f"{self.buchstabe[spalte]}{KOPFZEILE + 1}:{self.buchstabe[spalte]}{self.letzte}"

    def pruefung(self, spalte: str, art: Any, fehler: str, **angaben: Any) -> None:
        """A validation of a column that refuses what it does not allow, with a German reason."""
        regel = DataValidation(type=art, allow_blank=True, showErrorMessage=True, errorTitle=self.koepfe[spalte],
                               error=fehler, **angaben)  # fmt: skip
        regel.add(self.bereich(spalte))
        self.blatt.add_data_validation(regel)

    def tage(self, spalte: str) -> None:
        """A column of dates."""
        self.pruefung(spalte, "date", "Bitte ein Datum eingeben, z. B. 31.12.2021.", operator="between",
                      formula1=TAG_AB, formula2=TAG_BIS)  # fmt: skip

    def abschluss(self, fest_ab: str) -> None:
        """Filter, frozen header, protection without a password, print on A3 across."""
        ende = get_column_letter(len(self.spalten))
        blatt = self.blatt
        blatt.auto_filter.ref = f"A{KOPFZEILE}:{ende}{self.letzte}"
        blatt.freeze_panes = f"{fest_ab}{KOPFZEILE + 1}"
        schutz = blatt.protection
        schutz.sheet = True
        for erlaubt in ("formatCells", "formatColumns", "formatRows", "insertRows", "sort", "autoFilter"):
            setattr(schutz, erlaubt, False)  # False: not protected
        seite(blatt, "landscape", blatt.PAPERSIZE_A3 if len(self.spalten) > 10 else blatt.PAPERSIZE_A4)
        blatt.print_title_rows = f"{KOPFZEILE}:{KOPFZEILE}"
        blatt.print_area = f"A1:{ende}{self.letzte}"


def seite(blatt: Worksheet, ausrichtung: Any, papier: Any) -> None:
    blatt.page_setup.orientation, blatt.page_setup.paperSize = ausrichtung, papier
    blatt.page_setup.fitToWidth, blatt.page_setup.fitToHeight = 1, 0
    blatt.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    for rand in ("left", "right", "top"):
        setattr(blatt.page_margins, rand, 0.4)
    blatt.page_margins.bottom, blatt.page_margins.footer = 0.75, 0.4
    fuss = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("Seite &P von &N"))
    blatt.HeaderFooter = HeaderFooter(oddFooter=fuss)
