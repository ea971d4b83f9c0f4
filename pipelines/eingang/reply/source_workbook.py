"""The supplier's file → a workbook to mark: his own, or a text file shown as a sheet, or an empty one.

Belongs here: which file can be shown, and how a text file looks as a sheet. Does not belong here: marks (marks.py) and the
protocol (log_sheet.py). The supplier's file is only read.
"""

import csv
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.eingang.grid.repair import open_workbook
from pipelines.eingang.grid.workbook import MAPPENENDUNGEN, Blatt, Mappe, read_workbook
from pipelines.eingang.reply.words import PROTOKOLL

TEXT_HOECHSTENS = 32_000  # Excel cuts a comment at 32,767 characters, and a cell's text too
ENTPACKT_HOECHSTENS = 300_000_000  # bytes; openpyxl needs about ten times that in memory
ZELLEN_HOECHSTENS = 3_000_000
VERBUNDEN_HOECHSTENS = 1_000_000
NUR_PROTOKOLL = "Die Datei ließ sich nicht als Tabelle öffnen. Diese Mappe enthält deshalb nur das Protokoll."
ZU_GROSS = "Die Datei ist zu groß, um sie markiert zurückzugeben. Diese Mappe enthält deshalb nur das Protokoll."
KOPIE = (
    "Diese Mappe ist eine Kopie zum Nachsehen; Bilder, Textfelder und Steuerelemente können darin fehlen. Bitte "
    "berichtigen Sie Ihre eigene Datei."
)
AUS_TEXT = (
    "Diese Mappe zeigt Ihre Datei: Zeile 4, Feld 2 steht im Blatt in Zelle B4. Bitte berichtigen Sie Ihre eigene Datei."
)


def open_source(quelle: Path, mappe: Mappe | None) -> tuple[Workbook, str]:
    """The workbook to mark, and what the protocol says about it; an empty one where the file cannot be shown."""
    try:
        if mappe is None:
            with tempfile.TemporaryDirectory() as tmp:
                mappe = read_workbook(quelle, Path(tmp))
        if quelle.suffix.lower() not in MAPPENENDUNGEN:
            zeilen = _textzeilen(quelle, mappe)
            if max(zeilen, default=1) > 1_048_576 or sum(map(len, zeilen.values())) > ZELLEN_HOECHSTENS:
                return _leer(), ZU_GROSS
            return _aus_text(quelle, zeilen), AUS_TEXT
        with zipfile.ZipFile(quelle) as archiv:
            entpackt = sum(t.file_size for t in archiv.infolist())
        verbunden = sum((v[2] - v[0] + 1) * (v[3] - v[1] + 1) for b in mappe.blaetter for v in b.verbunden)
        if entpackt > ENTPACKT_HOECHSTENS or verbunden > VERBUNDEN_HOECHSTENS:
            return _leer(), ZU_GROSS
        return open_workbook(quelle, keep_vba=quelle.suffix.lower() == ".xlsm", rich_text=True), KOPIE
    except Exception:  # refused, or whatever a broken archive causes: the findings go back all the same
        return _leer(), NUR_PROTOKOLL


def _leer() -> Workbook:
    buch = Workbook()
    buch.remove(buch.worksheets[0])
    return buch


def _aus_text(quelle: Path, zeilen: dict[int, list[str]]) -> Workbook:
    """A text file as a sheet: line n is row n, every field is text as it stands, nothing becomes a formula."""
    buch = _leer()
    titel = re.sub(r"[\[\]:*?/\\']", " ", quelle.stem).strip() or "Tabelle"
    blatt = buch.create_sheet(free_title(titel[:31], [PROTOKOLL]))
    breiten: dict[int, int] = {}
    for nummer, felder in zeilen.items():
        for spalte, text in enumerate(felder, start=1):
            if text:
                set_cell(blatt, nummer, spalte, text).number_format = "@"
                breiten[spalte] = max(breiten.get(spalte, 0), len(text))
    for spalte, breite in breiten.items():
        blatt.column_dimensions[get_column_letter(spalte)].width = min(max(breite + 2, 9), 40)
    return buch


def _textzeilen(quelle: Path, mappe: Mappe) -> dict[int, list[str]]:
    """Number of a row's first line → its fields, with every blank; as read where another way of quoting was found."""
    gelesen = _gelesen(mappe.blaetter[0])
    codec = {"windows-1252": "cp1252", "utf-16": "utf-16"}.get(mappe.kodierung or "", "utf-8-sig")
    text = quelle.read_bytes().decode(codec).replace("\r\n", "\n").replace("\r", "\n")
    zeilen = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text).split("\n")
    innen = [z.rstrip()[1:-1].replace('""', '"') if z.startswith('"') else z for z in zeilen]
    wege: list[tuple[list[str], Literal[0, 3]]] = [
        (zeilen, csv.QUOTE_MINIMAL), (innen, csv.QUOTE_MINIMAL), (zeilen, csv.QUOTE_NONE)
    ]  # fmt: skip
    for weg, quoting in wege:
        leser = csv.reader((z + "\n" for z in weg), delimiter=mappe.trennzeichen or ";", quoting=quoting)
        roh, nummer = {}, 1
        try:
            for felder in leser:
                roh[nummer] = [f.removesuffix("\n") for f in felder]
                nummer = leser.line_num + 1
        except csv.Error:
            continue
        if all(_knapp(roh.get(n, [])) == _knapp(felder) for n, felder in gelesen.items()):
            return roh
    return gelesen


def _gelesen(blatt: Blatt) -> dict[int, list[str]]:
    zeilen = {}
    for z, reihe in enumerate(blatt.werte):
        felder = [str(w) for w in reihe]
        for (y, s), wert in blatt.fehlerwerte.items():
            if y == z:
                felder += [""] * (s + 1 - len(felder))
                felder[s] = wert
        zeilen[blatt.zeilen_nr[z] if z < len(blatt.zeilen_nr) else z + 1] = felder
    return zeilen


def _knapp(felder: Sequence[str]) -> list[str]:
    knapp = [" ".join(f.split()) for f in felder]
    while knapp and not knapp[-1]:
        knapp.pop()
    return knapp


def free_title(titel: str, vorhanden: Sequence[str]) -> str:
    """A sheet name of at most 31 characters that is not taken; Excel ignores case."""
    belegt = {v.casefold() for v in vorhanden}
    namen = (titel if n == 1 else f"{titel[:26]} ({n})" for n in range(1, len(belegt) + 2))
    return next(n for n in namen if n.casefold() not in belegt)


def set_cell(blatt: Worksheet, zeile: int, spalte: int, wert: str | int) -> Any:
    """Set a cell; text is never a formula."""
    zelle = blatt.cell(row=zeile, column=spalte)
    if isinstance(wert, str):
        zelle.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", wert)[:TEXT_HOECHSTENS]
        zelle.data_type = "s"
    else:
        zelle.value = wert
    return zelle
