"""A checked table → the supplier's own workbook with every finding at its cell, and the text of the mail that goes with it.

Belongs here: putting both together and writing them. Does not belong here: the workbook to mark (source_workbook.py), marks and
comments (marks.py), the sheet »Prüfprotokoll« (log_sheet.py), the mail's words (words.py), and finding anything. Tables only,
never a register extract: the copy holds everything the supplier sent. What he wrote stays as it is; nobody is named.
"""

import io
import os
import warnings
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from pipelines.eingang.grid.workbook import Mappe
from pipelines.eingang.reply.log_sheet import write_log
from pipelines.eingang.reply.marks import Fund, find_zellen, mark
from pipelines.eingang.reply.source_workbook import free_title, open_source
from pipelines.eingang.reply.words import PROTOKOLL, Rueckgabeangaben, mailtext
from pipelines.foundation.findings import Befund, Schwere

__all__ = ["Rueckgabeangaben", "write_reply"]

ERSTELLT_VON = "integrationsmonitoring"
OHNE_KOMMENTAR = " Nicht jede markierte Zelle trägt einen Kommentar; die Liste unten ist vollständig."


def write_reply(
    quelle: Path, befunde: Sequence[Befund], ziel: Path, angaben: Rueckgabeangaben, mappe: Mappe | None = None
) -> tuple[Path, Path]:
    """Write `<stem>_Pruefung.xlsx` (.xlsm where there are macros) and `<stem>_Mail.txt` into `ziel`; returns both paths.

    `mappe` is the file as it was read; without it the file is read once more, everything about it found out. The same
    input gives the same bytes. The supplier's file is only read.
    """
    buch, hinweis = open_source(quelle, mappe)
    befunde = sorted(befunde, key=lambda b: list(Schwere).index(b.schwere))
    funde = [Fund(nr, b, find_zellen(buch, b)) for nr, b in enumerate(befunde, start=1)]
    titel = free_title(PROTOKOLL, buch.sheetnames)
    if not mark(funde, titel):
        hinweis += OHNE_KOMMENTAR
    write_log(buch, titel, quelle.name, hinweis, funde, angaben)
    endung = ".xlsm" if buch.vba_archive else ".xlsx"
    ziel.mkdir(parents=True, exist_ok=True)
    arbeitsmappe, mail = ziel / f"{quelle.stem}_Pruefung{endung}", ziel / f"{quelle.stem}_Mail.txt"
    _replace(arbeitsmappe, _gespeichert(buch, angaben))
    _replace(mail, mailtext(quelle.name, arbeitsmappe.name, titel, befunde, angaben).encode())
    return arbeitsmappe, mail


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
