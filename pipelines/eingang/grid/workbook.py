"""A file (CSV or XLSX) → sheets of cells, each with its address; nothing is interpreted.

Belongs here: separators, quotes, sheets, what a cell shows and what it hides. Does not belong here: encodings and line ends
(text_file.py), numbers and signs (eingang/tabelle/numbers.py), layouts (eingang/tabelle/read.py). A workbook is read with
openpyxl; a large one with calamine, and a scan of its XML adds what calamine drops (errors, formulas without value, hidden
rows, formats): both give the same.
"""

import csv
import os
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from pipelines.eingang.grid.sheet import Blatt, Mappe, abgewiesen, abschluss, spaltenname
from pipelines.eingang.grid.text_file import SEP, STEUERZEICHEN, UTF16, examine
from pipelines.eingang.grid.xlsx import ALS_XLSX, HOECHSTENS_ZELLEN, read_xlsx
from pipelines.foundation.findings import (
    Befund,
    Code,
    LieferungAbgewiesen,
    Schwere,
    is_fault_of_the_machine,
    is_panic,
)
from pipelines.foundation.names import clean

__all__ = ["Blatt", "Csvform", "Mappe", "read_workbook", "spaltenname"]

TRENNZEICHEN = ";\t|,"  # the comma last: it also stands in numbers and names
TEXTENDUNGEN = (".csv", ".tsv", ".txt", ".asc")
MAPPENENDUNGEN = (".xlsx", ".xlsm")
GEWICKELT_AB = 0.8  # share of lines in quotes from which whole rows count as wrapped
OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Csvform:
    """What is declared about a text file; None means: find out. `zeile`: every row as a whole is in quotes."""

    trennzeichen: str | None = None
    kodierung: str | None = None
    anfuehrung: Literal["feld", "zeile", "keine"] | None = None


def read_workbook(
    pfad: Path, tmp: Path, csvform: Csvform = Csvform(), blaetter: Sequence[str] | None = None, gross_ab: int = 2_000_000
) -> Mappe:  # fmt: skip
    """Read a file; `blaetter` are the sheets wanted (None: all), workbooks above `gross_ab` bytes take the quick way.

    Raises: LieferungAbgewiesen with what the file is, where it is broken and what to do.
    """
    with pfad.open("rb") as f:
        kopf = f.read(4096)
    endung = pfad.suffix.lower()
    if not kopf:
        raise abgewiesen(Code.datei_leer, pfad, "", "die Datei ist leer", "eine Tabelle")
    if endung not in (*TEXTENDUNGEN, *MAPPENENDUNGEN):
        raise abgewiesen(Code.dateiformat, pfad, "", f"das Format »{pfad.suffix}« wird nicht gelesen", ALS_XLSX)
    art = _art(kopf, pfad)
    if endung in TEXTENDUNGEN:
        if art:
            raise abgewiesen(Code.dateiformat, pfad, "", f"die Datei heißt {endung}, ist aber {art}", ALS_XLSX)
        return _read_text(pfad, tmp, csvform)
    if not kopf.startswith(b"PK"):
        art = art or ("eine Textdatei (CSV?)" if b"\0" not in kopf else "keine Arbeitsmappe")
        rat = "die Endung .csv" if "Text" in art else ALS_XLSX
        raise abgewiesen(Code.dateiformat, pfad, "", f"die Datei heißt {endung}, ist aber {art}", rat)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Mappe(pfad, read_xlsx(pfad, blaetter, gross_ab))
    except LieferungAbgewiesen:
        raise
    except BaseException as fehler:  # whatever a broken archive caused; a panic in calamine is no Exception
        if is_fault_of_the_machine(fehler) or not (isinstance(fehler, Exception) or is_panic(fehler)):
            raise
        was = "die Arbeitsmappe lässt sich nicht öffnen; sie ist beschädigt oder nicht ganz übertragen"
        was += "" if isinstance(fehler, zipfile.BadZipFile) else f" ({type(fehler).__name__})"
        raise abgewiesen(
            Code.dateiformat, pfad, "", was, "eine XLSX-Datei, wie Excel oder LibreOffice sie speichert"
        ) from None


def _art(kopf: bytes, pfad: Path) -> str | None:
    """What a file is by its first bytes, if that is no text."""
    klein = kopf.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if kopf.startswith(b"PK\x03\x04"):
        return "eine XLSX-Mappe" if b"xl/" in kopf or b"[Content_Types]" in kopf else "ein ZIP-Archiv"
    if kopf.startswith(OLE):
        geheim = "EncryptedPackage".encode("utf-16-le") in pfad.read_bytes()
        return "mit einem Kennwort verschlüsselt" if geheim else "eine Mappe im alten XLS-Format"
    if klein.startswith(b"%pdf"):
        return "ein PDF"
    if klein.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return "eine HTML-Seite"
    return "eine XML-Datei" if klein.startswith(b"<?xml") else None


def _read_text(pfad: Path, tmp: Path, form: Csvform) -> Mappe:
    text, kodierung, hinweise = _decode(pfad, tmp, form.kodierung)
    zeilen = text.split("\n")
    form, ab = _sep_zeile(zeilen, form)
    if form.anfuehrung in (None, "zeile") and (innen := _ausgewickelt(zeilen, form)):
        zeilen = innen
        was = "jede Zeile steht als Ganzes in Anführungszeichen; sie wurde noch einmal geteilt"
        hinweise.append(
            Befund(Code.dateiformat, Schwere.hinweis, pfad.name, "", was, "Felder ohne äußere Anführungszeichen")
        )
    zeichen, breite = _trennzeichen(zeilen, form)
    blatt = Blatt(None)
    zellen = 0
    for nummer, felder in _felder(pfad, zeilen, zeichen or ";", breite, form.anfuehrung != "keine", ab):
        blatt.werte.append([clean(w) for w in felder])
        blatt.felder.append(len(felder))
        blatt.zeilen_nr.append(nummer)
        zellen += len(felder)
        if zellen > HOECHSTENS_ZELLEN:
            was = f"die Tabelle hat mehr als {HOECHSTENS_ZELLEN:,} Felder".replace(",", ".")
            raise abgewiesen(
                Code.zu_gross, pfad, f"Zeile {nummer}", was, "eine kleinere Tabelle; bitte die Datei teilen"
            )
    abschluss(blatt)
    if not blatt.werte:
        raise abgewiesen(Code.datei_leer, pfad, "", "die Datei enthält nur leere Zeilen", "eine Tabelle")
    return Mappe(pfad, [blatt], kodierung, zeichen, hinweise)


def _sep_zeile(zeilen: list[str], form: Csvform) -> tuple[Csvform, int]:
    """`sep=;`, with which Excel is told the separator, is no row of the table: (form with it, index of the first row)."""
    treffer = SEP.fullmatch(zeilen[0])
    if not treffer:
        return form, 0
    zeilen[0] = ""
    return (replace(form, trennzeichen=treffer[1]) if form.trennzeichen is None else form), 1


def _decode(pfad: Path, tmp: Path, erklaert: str | None) -> tuple[str, str, list[Befund]]:
    """Text with LF line ends, its encoding, and what was odd about it."""
    with pfad.open("rb") as f:
        utf16 = f.read(2) in UTF16
    quelle = pfad
    try:
        if utf16:
            quelle = tmp / f"{pfad.stem}-{os.getpid()}.utf8"
            quelle.write_bytes(pfad.read_bytes().decode("utf-16").encode("utf-8"))
        datei = examine(quelle)
        kodierung = "utf-16" if utf16 else datei.kodierung
        roh = quelle.read_bytes()
    except UnicodeError:
        raise abgewiesen(Code.kodierung, pfad, "", "die Datei beginnt wie UTF-16, ist es aber nicht", "UTF-8") from None
    finally:
        if quelle != pfad:
            quelle.unlink(missing_ok=True)
    ort = "" if datei.erste_fremde_zeile is None else f"Zeile {datei.erste_fremde_zeile}"
    if kodierung == "unlesbar":
        was = "die Datei ist weder UTF-8 noch Windows-1252"
        raise abgewiesen(Code.kodierung, pfad, ort, was, "UTF-8 oder Windows-1252")
    if erklaert and erklaert != kodierung.removesuffix("-bom") and not (roh.isascii() and not utf16):
        raise abgewiesen(Code.kodierung, pfad, ort, f"die Datei ist {kodierung}, erklärt ist {erklaert}", erklaert)
    if b"\0" in roh:
        nummer = roh[: roh.index(b"\0")].count(b"\n") + 1
        was = "die Datei enthält NUL-Zeichen; sie ist keine Textdatei oder UTF-16 ohne Kennung am Anfang"
        raise abgewiesen(Code.dateiformat, pfad, f"Zeile {nummer}", was, "eine Textdatei in UTF-8 oder Windows-1252")
    text = (
        roh.decode("cp1252" if kodierung == "windows-1252" else "utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    )
    hinweise = []
    if datei.zeilenende == "gemischt" or datei.einzelne_cr:
        hinweise.append(Befund(Code.zeilenende, Schwere.hinweis, pfad.name, "", "die Zeilenenden sind gemischt",
                               "überall dasselbe Zeilenende"))  # fmt: skip
    if datei.steuerzeichen:
        muster = re.compile(f"[{re.escape(STEUERZEICHEN.decode())}]")
        nummern = tuple(n for n, z in enumerate(text.split("\n"), 1) if muster.search(z))
        hinweise.append(Befund(Code.dateiformat, Schwere.warnung, pfad.name, f"Zeile {nummern[0]}",
                               "Steuerzeichen stehen im Text; sie sind durch \ufffd ersetzt", "Text ohne Steuerzeichen",
                               datei.steuerzeichen, nummern))  # fmt: skip
        text = muster.sub("\ufffd", text)
    return text, kodierung, hinweise


def _ausgewickelt(zeilen: list[str], form: Csvform) -> list[str] | None:
    """The rows without the quotes around each as a whole; None where that is not how the file is made."""
    gewickelt = [
        len(z) > 1 and z[0] == z[-1] == '"' and '"' not in z[1:-1].replace('""', "") for z in map(str.rstrip, zeilen)
    ]
    innen = [z.rstrip()[1:-1].replace('""', '"') if g else z for z, g in zip(zeilen, gewickelt, strict=True)]
    if form.anfuehrung == "zeile":
        return innen
    genug = sum(gewickelt) >= max(1, GEWICKELT_AB * sum(bool(z.strip()) for z in zeilen))
    return innen if genug and _trennzeichen(innen, form)[0] else None


def _trennzeichen(zeilen: list[str], form: Csvform) -> tuple[str | None, int]:
    """The separator and the number of fields of the longest block of rows alike; titles and footers are shorter."""
    text = "\n".join(z for z in zeilen if z.strip())
    if form.anfuehrung != "keine":
        text = re.sub(r'"(?:[^"\n]|"")*"', "", text)
    bloecke: dict[str, tuple[int, int]] = {}
    gleiche: dict[str, int] = {}  # rows with as many of this sign as most rows have
    for zeichen in form.trennzeichen or TRENNZEICHEN:
        # Once as they are, once without padding at their ends: rows of a table may have either.
        for zeilenweise in (text.split("\n"), [z.rstrip(f"{zeichen} ") for z in text.split("\n")]):
            anzahlen = [z.count(zeichen) for z in zeilenweise]
            gleiche[zeichen] = max(gleiche.get(zeichen, 0), *Counter(n for n in anzahlen if n).values(), 0)
            laeufe = ((sum(1 for _ in lauf), n) for n, lauf in groupby(anzahlen) if n)
            bloecke[zeichen] = max(bloecke.get(zeichen, (0, 0)), max(laeufe, default=(0, 0)))
    if form.trennzeichen:
        return form.trennzeichen, bloecke[form.trennzeichen][1] + 1
    # A faulty row in the middle must not split the table's block and let the decimal commas win: all rows alike count.
    laengster = max(gleiche.values())
    zeichen = next(z for z, anzahl in gleiche.items() if anzahl >= 0.8 * laengster)
    return (zeichen, bloecke[zeichen][1] + 1) if laengster else (None, 1)


def _felder(
    pfad: Path, zeilen: list[str], zeichen: str, breite: int, feldweise: bool, ab: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """Each row from index `ab` with the number of its first line. Raises: LieferungAbgewiesen where a quote swallowed rows."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if feldweise else csv.QUOTE_NONE
    leser = csv.reader((z + "\n" for z in zeilen), delimiter=zeichen, quoting=quoting, strict=True)
    nummer = 1
    try:
        for felder in leser:
            if leser.line_num <= ab:
                nummer = leser.line_num + 1
                continue
            if leser.line_num > nummer and breite > 1:
                # Line breaks inside a field are fine; two lines that are whole rows by themselves are not.
                eigene = [z for z in zeilen[nummer - 1 : leser.line_num] if z.strip()]
                ganze = sum(z.count(zeichen) >= breite - 1 for z in eigene)
                if ganze > 1 and ganze * 2 >= len(eigene):
                    raise csv.Error("a quote swallowed the rows between it and the next one")
            yield nummer, felder
            nummer = leser.line_num + 1
    except csv.Error as grund:
        if "limit" in str(grund):
            was = f"ein Feld hat mehr als {csv.field_size_limit():,} Zeichen".replace(",", ".")
            raise abgewiesen(Code.zu_gross, pfad, f"Zeile {nummer}", was, "kürzere Felder") from None
        was = "ein Anführungszeichen ist nicht geschlossen oder steht mitten in einem Feld"
        erwartet = "Felder ohne oder ganz in Anführungszeichen"
        raise abgewiesen(Code.dateiformat, pfad, f"Zeile {nummer}", was, erwartet) from None
