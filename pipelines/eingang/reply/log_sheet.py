"""The sheet »Prüfprotokoll«: what was checked, the result, every finding with a link to its cell, every check that ran.

Belongs here: the sheet and its looks. Does not belong here: marks on the supplier's sheets (marks.py) and the words
(words.py).
"""

import textwrap
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.eingang.reply.marks import FARBEN, Fund
from pipelines.eingang.reply.source_workbook import AUS_TEXT, set_cell
from pipelines.eingang.reply.words import (
    PROTOKOLL,
    WORTE,
    Rueckgabeangaben,
    ergebnis,
    ort_von,
    satz,
    zahl_wort,
    zeilenbilanz,
)

KOPF = (("Nr.", 12), ("Schwere", 11), ("Blatt", 18), ("Zelle", 20), ("Was", 48), ("Erwartet", 36), ("Vorschlag", 36),
        ("Anzahl", 9))  # fmt: skip
SCHRIFT, ZEILENHOEHE = "Calibri", 15


def write_log(
    buch: Workbook, titel: str, datei: str, hinweis: str, funde: Sequence[Fund], angaben: Rueckgabeangaben
) -> None:
    """The first sheet: what was checked, the result, every finding with a link to its cell, every check that ran."""
    for anderes in buch.worksheets:
        anderes.sheet_view.tabSelected = False  # or Excel would edit several sheets at once
    blatt = buch.create_sheet(titel, 0)
    buch.active = 0
    for ansicht in buch.views:
        ansicht.firstSheet = 0
    _write(blatt, 1, 1, f"{PROTOKOLL}: {angaben.titel}", bold=True, size=14)
    befunde = [f.befund for f in funde]
    kopf = [("Datei", datei), ("Kommune", angaben.kommune or "nicht angegeben"),
            ("Geprüft am", f"{angaben.geprueft_am:%d.%m.%Y}"), ("Ergebnis", ergebnis(befunde, angaben)),
            ("Zeilen", zeilenbilanz(angaben)), ("Befunde", ""), ("Zur Mappe", hinweis)]  # fmt: skip
    for zeile, (wort, text) in enumerate(kopf, start=2):
        _write(blatt, zeile, 1, wort, bold=True)
        _write(blatt, zeile, 2, text, bold=wort == "Ergebnis")
        if wort == "Befunde":  # the counts are the legend of the colours as well
            for spalte, (schwere, (_, mehrzahl)) in enumerate(WORTE.items(), start=2):
                anzahl = sum(b.schwere is schwere for b in befunde)
                zelle = _write(blatt, zeile, spalte, f"{mehrzahl}: {zahl_wort(anzahl)}")
                zelle.fill = PatternFill("solid", start_color=FARBEN[schwere])
    zeile = kopfzeile = len(kopf) + 3
    _kopf(blatt, zeile, [k for k, _ in KOPF])
    for spalte, (_, breite) in enumerate(KOPF, start=1):
        blatt.column_dimensions[get_column_letter(spalte)].width = breite
    for f in funde:
        zeile += 1
        _show(blatt, zeile, f, aus_text=hinweis.startswith(AUS_TEXT))
    if not funde:
        zeile += 1
        _write(blatt, zeile, 1, "keine Befunde")
    blatt.freeze_panes = f"A{kopfzeile + 1}"
    blatt.auto_filter.ref = f"A{kopfzeile}:{get_column_letter(len(KOPF))}{zeile}"
    if angaben.pruefungen:
        _write(blatt, zeile + 2, 1, f"Gelaufene Prüfungen: {zahl_wort(len(angaben.pruefungen))}", bold=True)
        for n, (pruefung, ausgang) in enumerate(angaben.pruefungen, start=zeile + 3):
            _write(blatt, n, 1, ausgang)
            _write(blatt, n, 3, pruefung)
    blatt.page_setup.orientation, blatt.page_setup.paperSize = "landscape", 9  # A4
    blatt.page_setup.fitToWidth, blatt.page_setup.fitToHeight = 1, 0
    blatt.sheet_properties.pageSetUpPr.fitToPage = True
    blatt.print_title_rows = f"{kopfzeile}:{kopfzeile}"
    blatt.oddFooter.right.text = "Seite &P von &N"


def _write(
    blatt: Worksheet, zeile: int, spalte: int, wert: str | int, bold: bool = False, size: int = 11, color: str = "000000"
) -> Any:  # fmt: skip
    zelle = set_cell(blatt, zeile, spalte, wert)
    zelle.font = Font(name=SCHRIFT, size=size, bold=bold, color=color)  # the supplier's own standard may be any
    return zelle


def _kopf(blatt: Worksheet, zeile: int, worte: Sequence[str]) -> None:
    for spalte, wort in enumerate(worte, start=1):
        zelle = _write(blatt, zeile, spalte, wort, bold=True, color="FFFFFF")
        zelle.fill = PatternFill("solid", start_color="12436D")
        zelle.alignment = Alignment(vertical="center", horizontal="right" if wort == "Anzahl" else None)
    blatt.row_dimensions[zeile].height = ZEILENHOEHE + 3


def _show(blatt: Worksheet, zeile: int, f: Fund, aus_text: bool) -> None:
    """A finding as a row of the protocol."""
    b = f.befund
    name, stelle = ort_von(b)
    if f.zellen:
        tafel, ort = f.zellen[0]
        name = tafel.title + ("" if tafel.sheet_state == "visible" else " (ausgeblendet)")
        stelle = f"{ort} ({b.zellen[0]})" if aus_text else ort
        stelle += f" und {zahl_wort(len(f.zellen) - 1)} weitere" if len(f.zellen) > 1 else ""
    worte = (satz(b.was), b.erwartet, b.vorschlag or "")
    werte: tuple[str | int, ...] = (f.nr, WORTE[b.schwere][0], name, stelle, *worte, b.anzahl)
    # The height is set: not every program finds it for text in several lines.
    hoch = max(len(textwrap.wrap(str(wert), breite - 3)) for wert, (_, breite) in zip(werte, KOPF, strict=True))
    blatt.row_dimensions[zeile].height = min(hoch * ZEILENHOEHE + 2, 400)
    for spalte, wert in enumerate(werte, start=1):
        zelle = _write(blatt, zeile, spalte, wert)
        zelle.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left" if spalte == 1 else None)
        zelle.border = Border(bottom=Side("thin", color="BFBFBF"))
        if spalte == 2:
            zelle.fill = PatternFill("solid", start_color=FARBEN[b.schwere])
        if spalte == 4 and f.zellen:
            tafel, ort = f.zellen[0]
            zelle.hyperlink = Hyperlink(ref=zelle.coordinate, location=f"{quote_sheetname(tafel.title)}!{ort}")
            zelle.font = Font(name=SCHRIFT, size=11, color="0563C1", underline="single")
