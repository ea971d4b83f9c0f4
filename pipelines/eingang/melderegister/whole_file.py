"""What refuses an extract as a whole, or has to be said of all of it: empty, unreadable, another layout, cut off.

Belongs here: the file's encoding, line ends, first and last line. Does not belong here: its header in detail (header.py) and
single rows (row_findings.py).
"""

from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.eingang.grid.text_file import Textdatei, count_blank_end, kopfzeile, sep_zeilen, zeilen_in_utf8
from pipelines.eingang.melderegister.header import check_kanonisch, fehler
from pipelines.eingang.melderegister.line_layout import (
    LineLayout,
    fremdes_layout,
    kanonisches_layout,
)
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import execute
from pipelines.stamm.quellen.melderegister import Melderegister

TRENNZEICHEN = ";"


def check_datei(datei: Textdatei, angaben: Melderegister) -> tuple[LineLayout, list[Befund]]:
    """Layout of the extract, and remarks on how it had to be read.

    Raises: LieferungAbgewiesen for an empty or unreadable file or a header that is not the one expected.
    """
    name = datei.pfad.name
    if datei.bytes == 0:
        raise LieferungAbgewiesen(
            [fehler(Code.datei_leer, name, "", "die Datei ist leer", "eine Kopfzeile und eine Zeile je Person")]
        )
    if datei.kodierung == "unlesbar":
        raise LieferungAbgewiesen(
            [fehler(Code.kodierung, name, f"Zeile {datei.erste_fremde_zeile}",
                    "die Datei ist weder durchgehend UTF-8 noch Windows-1252", "UTF-8 (mit oder ohne BOM) oder Windows-1252")]
        )  # fmt: skip
    layout = _kanonisch(datei) if angaben.kanonisch else fremdes_layout(datei, angaben)
    layout = replace(layout, kopfzeilen=layout.kopfzeilen + sep_zeilen(datei))
    if datei.zeilen <= layout.kopfzeilen:
        raise LieferungAbgewiesen(
            [fehler(Code.datei_leer, name, "Zeile 2", "nach der Kopfzeile folgt nichts", "eine Zeile je Person")]
        )
    hinweise = []
    if datei.kodierung == "windows-1252" and not angaben.format.kodierung:
        hinweise.append(
            Befund(Code.kodierung, Schwere.hinweis, name, f"Zeile {datei.erste_fremde_zeile}",
                   "die erste Zeile, die kein UTF-8 ist; die ganze Datei wurde als Windows-1252 gelesen", "UTF-8")
        )  # fmt: skip
    if datei.kodierung == "windows-1252" and (gemischt := zeilen_in_utf8(datei)):
        hinweise.append(
            Befund(Code.kodierung, Schwere.warnung, name, f"Zeile {gemischt[0]}",
                   f"Umlaute stehen teils in UTF-8, teils in Windows-1252; in {len(gemischt)} Zeilen sind sie entstellt (Orte "
                   "werden dann nicht erkannt)", "eine Kodierung für die ganze Datei; bitte den Auszug neu erzeugen",
                   zeilen=gemischt)
        )  # fmt: skip
    if datei.steuerzeichen:
        hinweise.append(
            Befund(Code.dateiformat, Schwere.warnung, name, "",
                   f"{datei.steuerzeichen} Steuerzeichen stehen im Text; sie sind durch \ufffd ersetzt",
                   "Text ohne Steuerzeichen")
        )  # fmt: skip
    if datei.zeilenende in ("cr", "gemischt") or datei.einzelne_cr:
        was = {"cr": "die Zeilen enden nur mit CR", "gemischt": "die Zeilen enden teils mit LF, teils mit CR LF"}.get(
            datei.zeilenende, "einzelne CR stehen innerhalb von Zeilen"
        )
        hinweise.append(Befund(Code.zeilenende, Schwere.warnung, name, "Zeile 1", was, "einheitlich LF oder CR LF"))
    return layout, hinweise


def _kanonisch(datei: Textdatei) -> LineLayout:
    spalten = [s.strip() for s in kopfzeile(datei).split(TRENNZEICHEN)]
    if befunde := check_kanonisch(datei.pfad.name, spalten):
        raise LieferungAbgewiesen(befunde)
    return kanonisches_layout(spalten)


def drop_blank_end(kopie: Path, datei: Textdatei, layout: LineLayout) -> Textdatei:
    """Blank lines at the end are no persons: they leave the count of the file's lines, and nobody reads them."""
    leer = count_blank_end(kopie)
    if not leer:
        return datei
    letzte = datei.zeilen - leer
    if letzte <= layout.kopfzeilen:
        raise LieferungAbgewiesen(
            [fehler(Code.datei_leer, datei.pfad.name, "Zeile 2", "nach der Kopfzeile folgt nichts", "eine Zeile je Person")]
        )  # fmt: skip
    return replace(datei, zeilen=letzte, endet_mit_zeilenende=True)


def check_last_line(con: duckdb.DuckDBPyConnection, datei: Textdatei) -> None:
    """A file that ends without a line end may have been cut: then its last row must at least be a sound one."""
    if datei.endet_mit_zeilenende:
        return
    (letzte,) = execute(
        con, "select einzelfehler <> 0 or not gebiet_bekannt from getippt where zeile = $z", {"z": datei.zeilen}
    )
    if letzte[0]:
        raise LieferungAbgewiesen(
            [fehler(Code.letzte_zeile, datei.pfad.name, f"Zeile {datei.zeilen}",
                    "die letzte Zeile ist unvollständig, die Datei ist wohl abgeschnitten",
                    "eine vollständige Datei mit Zeilenende; bitte den Auszug neu erzeugen")]
        )  # fmt: skip
