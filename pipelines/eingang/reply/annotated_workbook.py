"""A checked table → the supplier's own workbook with every finding at its cell, and the text of the mail that goes with it.

Belongs here: marks, comments, the sheet »Prüfprotokoll«, the mail. Does not belong here: finding anything. Tables only, never
a register extract: the copy holds everything the supplier sent. What the supplier wrote stays as it is; nobody is named.
"""

import csv
import io
import math
import os
import re
import tempfile
import textwrap
import warnings
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import coordinate_to_tuple, get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pipelines.eingang.grid.repair import open_workbook
from pipelines.eingang.grid.workbook import MAPPENENDUNGEN, Blatt, Mappe, read_workbook
from pipelines.eingang.reply.words import (
    BLOCK_HOECHSTENS,
    PROTOKOLL,
    WORTE,
    Rueckgabeangaben,
    ergebnis,
    gekuerzt,
    mailtext,
    ort_von,
    satz,
    zahl_wort,
    zeilenbilanz,
)
from pipelines.foundation.findings import Befund, Schwere

__all__ = ["Rueckgabeangaben", "write_reply"]

ERSTELLT_VON = "integrationsmonitoring"
FARBEN = {Schwere.fehler: "FFC7CE", Schwere.warnung: "FFE08A", Schwere.hinweis: "BDD7EE"}
KOPF = (("Nr.", 12), ("Schwere", 11), ("Blatt", 18), ("Zelle", 20), ("Was", 48), ("Erwartet", 36), ("Vorschlag", 36),
        ("Anzahl", 9))  # fmt: skip
SCHRIFT, ZEILENHOEHE = "Calibri", 15
WEISS = ("FFFFFFFF", "00FFFFFF")
KOMMENTAR_HOECHSTENS = 32_000  # Excel cuts a comment at 32,767 characters, and a cell's text too
BEFUNDE_JE_KOMMENTAR = 10
KOMMENTARE_HOECHSTENS = 3_000  # every comment is a drawing; Excel grows slow beyond
NACHBARN_GENANNT = 6
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
OHNE_KOMMENTAR = " Nicht jede markierte Zelle trägt einen Kommentar; die Liste unten ist vollständig."


@dataclass(frozen=True)
class _Fund:
    """A finding with its number and those of its cells that exist in the workbook given back."""

    nr: int
    befund: Befund
    zellen: list[tuple[Worksheet, str]] = field(default_factory=list)


def write_reply(
    quelle: Path, befunde: Sequence[Befund], ziel: Path, angaben: Rueckgabeangaben, mappe: Mappe | None = None
) -> tuple[Path, Path]:
    """Write `<stem>_Pruefung.xlsx` (.xlsm where there are macros) and `<stem>_Mail.txt` into `ziel`; returns both paths.

    `mappe` is the file as it was read; without it the file is read once more, everything about it found out. The same
    input gives the same bytes. The supplier's file is only read.
    """
    buch, hinweis = _open(quelle, mappe)
    befunde = sorted(befunde, key=lambda b: list(Schwere).index(b.schwere))
    funde = [_Fund(nr, b, _zellen(buch, b)) for nr, b in enumerate(befunde, start=1)]
    titel = _eindeutig(PROTOKOLL, buch.sheetnames)
    if not _mark(funde, titel):
        hinweis += OHNE_KOMMENTAR
    _write_log(buch, titel, quelle.name, hinweis, funde, angaben)
    endung = ".xlsm" if buch.vba_archive else ".xlsx"
    ziel.mkdir(parents=True, exist_ok=True)
    arbeitsmappe, mail = ziel / f"{quelle.stem}_Pruefung{endung}", ziel / f"{quelle.stem}_Mail.txt"
    _replace(arbeitsmappe, _gespeichert(buch, angaben))
    _replace(mail, mailtext(quelle.name, arbeitsmappe.name, titel, befunde, angaben).encode())
    return arbeitsmappe, mail


def _open(quelle: Path, mappe: Mappe | None) -> tuple[Workbook, str]:
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
    blatt = buch.create_sheet(_eindeutig(titel[:31], [PROTOKOLL]))
    breiten: dict[int, int] = {}
    for nummer, felder in zeilen.items():
        for spalte, text in enumerate(felder, start=1):
            if text:
                _set(blatt, nummer, spalte, text).number_format = "@"
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


def _eindeutig(titel: str, vorhanden: Sequence[str]) -> str:
    """A sheet name of at most 31 characters that is not taken; Excel ignores case."""
    belegt = {v.casefold() for v in vorhanden}
    namen = (titel if n == 1 else f"{titel[:26]} ({n})" for n in range(1, len(belegt) + 2))
    return next(n for n in namen if n.casefold() not in belegt)


def _set(blatt: Worksheet, zeile: int, spalte: int, wert: str | int) -> Any:
    """Set a cell; text is never a formula."""
    zelle = blatt.cell(row=zeile, column=spalte)
    if isinstance(wert, str):
        zelle.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", wert)[:KOMMENTAR_HOECHSTENS]
        zelle.data_type = "s"
    else:
        zelle.value = wert
    return zelle


def _zellen(buch: Workbook, befund: Befund) -> list[tuple[Worksheet, str]]:
    """The cells of a finding, each once; of merged ones the top left one, which alone can be marked."""
    blaetter = {b.title: b for b in buch.worksheets}
    zellen: dict[tuple[str, str], None] = {}
    for adresse in befund.zellen:
        if treffer := re.fullmatch(r"(.+)!([A-Z]{1,3}[1-9]\d*)", adresse):
            name, ort = treffer[1], treffer[2]
        elif (treffer := re.fullmatch(r"Zeile ([1-9]\d*), Feld ([1-9]\d*)", adresse)) and blaetter:
            name, ort = next(iter(blaetter)), f"{get_column_letter(min(int(treffer[2]), 16_384))}{treffer[1]}"
        else:
            continue
        if name in blaetter and coordinate_to_tuple(ort) <= (1_048_576, 16_384):
            if isinstance(blaetter[name][ort], MergedCell):
                ort = next(v for v in blaetter[name].merged_cells.ranges if ort in v).coord.partition(":")[0]
            zellen[name, ort] = None
    return [(blaetter[name], ort) for name, ort in zellen]


def _mark(funde: Sequence[_Fund], protokoll: str) -> bool:
    """Fill every cell of a finding and say there what is wrong; whether each got its comment."""
    je_zelle: dict[tuple[str, str], list[_Fund]] = {}
    blaetter = {b.title: b for f in funde for b, _ in f.zellen}
    # First the cells to look at, so that these have a comment whatever happens.
    for f in funde:
        for blatt, ort in f.zellen[:1]:
            je_zelle.setdefault((blatt.title, ort), [])
    for f in funde:
        for blatt, ort in f.zellen:
            je_zelle.setdefault((blatt.title, ort), []).append(f)
    for nummer, ((name, ort), hier) in enumerate(je_zelle.items()):
        zelle = blaetter[name][ort]
        zelle.fill = PatternFill("solid", start_color=FARBEN[hier[0].befund.schwere])
        _lesbar(zelle)
        if nummer < KOMMENTARE_HOECHSTENS:
            zelle.comment = _kommentar(zelle.comment, hier, name, ort, protokoll)
    return len(je_zelle) <= KOMMENTARE_HOECHSTENS


def _lesbar(zelle: Any) -> None:
    """White letters stood on a dark ground that is pale now."""
    farbe = zelle.font.color
    if farbe is not None and (
        farbe.rgb in WEISS if farbe.type == "rgb" else farbe.type == "theme" and farbe.theme == 0
    ):
        schrift = copy(zelle.font)
        schrift.color = "FF000000"
        zelle.font = schrift


def _kommentar(alt: Comment | None, funde: Sequence[_Fund], blatt: str, ort: str, protokoll: str) -> Comment:
    """One comment for all findings of a cell, below what the supplier wrote there."""
    text = f"{alt.text}\n\n— {PROTOKOLL} —\n" if alt else ""
    teile: dict[str, None] = {}
    for f in funde:
        b = f.befund
        # On the marked cell the neighbours of the same finding matter: the parts of a sum, the twin of a duplicate.
        andere = [o if t.title == blatt else f"{t.title}!{o}" for t, o in f.zellen if (t.title, o) != (blatt, ort)]
        mehr = f" und {len(andere) - NACHBARN_GENANNT} weitere" if len(andere) > NACHBARN_GENANNT else ""
        nachbarn = f"\nBetrifft auch: {', '.join(andere[:NACHBARN_GENANNT])}{mehr}" if andere else ""
        teil = f"{WORTE[b.schwere][0]} Nr. {f.nr}: {satz(b.was)}\nErwartet: {b.erwartet}"
        teil += f"\nVorschlag: {b.vorschlag}" if b.vorschlag else ""
        teile[gekuerzt(teil, BLOCK_HOECHSTENS) + nachbarn] = None
    genommen: list[str] = []
    for teil in list(teile)[:BEFUNDE_JE_KOMMENTAR]:
        if len(text) + sum(len(t) + 2 for t in [*genommen, teil]) > KOMMENTAR_HOECHSTENS - 80:
            break
        genommen.append(teil)
    if rest := len(teile) - len(genommen):
        genommen.append(f"… und {zahl_wort(rest)} weitere im Blatt »{protokoll}«")
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text + "\n\n".join(genommen))
    zeilen = sum(math.ceil(max(len(z), 1) / 46) for z in text.split("\n"))
    return Comment(text, alt.author if alt else PROTOKOLL, height=min(30 + 18 * zeilen, 420), width=340)


def _write_log(
    buch: Workbook, titel: str, datei: str, hinweis: str, funde: Sequence[_Fund], angaben: Rueckgabeangaben
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
    zelle = _set(blatt, zeile, spalte, wert)
    zelle.font = Font(name=SCHRIFT, size=size, bold=bold, color=color)  # the supplier's own standard may be any
    return zelle


def _kopf(blatt: Worksheet, zeile: int, worte: Sequence[str]) -> None:
    for spalte, wort in enumerate(worte, start=1):
        zelle = _write(blatt, zeile, spalte, wort, bold=True, color="FFFFFF")
        zelle.fill = PatternFill("solid", start_color="12436D")
        zelle.alignment = Alignment(vertical="center", horizontal="right" if wort == "Anzahl" else None)
    blatt.row_dimensions[zeile].height = ZEILENHOEHE + 3


def _show(blatt: Worksheet, zeile: int, f: _Fund, aus_text: bool) -> None:
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


def _gespeichert(buch: Workbook, angaben: Rueckgabeangaben) -> bytes:
    """The workbook as bytes that depend on its content only: fixed properties, no times in the archive, no names."""
    e = buch.properties
    e.creator = e.lastModifiedBy = ERSTELLT_VON
    e.created = e.modified = datetime.combine(angaben.geprueft_am, datetime.min.time())
    e.title = f"{PROTOKOLL}: {angaben.titel}"
    roh, fertig = io.BytesIO(), io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ExcelWriter(buch, zipfile.ZipFile(roh, "w", zipfile.ZIP_DEFLATED)).save()
    with zipfile.ZipFile(roh) as quelle, zipfile.ZipFile(fertig, "w", zipfile.ZIP_DEFLATED) as neu:
        for name in sorted(set(quelle.namelist()), key=lambda n: (n != "[Content_Types].xml", n)):
            teil = zipfile.ZipInfo(name)
            teil.compress_type = zipfile.ZIP_DEFLATED
            neu.writestr(teil, quelle.read(name))
    return fertig.getvalue()


def _replace(pfad: Path, inhalt: bytes) -> None:
    """Write a file at once; a link of that name is replaced, never followed to somebody's file."""
    neu = pfad.with_name(f".{pfad.name}.{os.getpid()}")
    neu.write_bytes(inhalt)
    neu.replace(pfad)
