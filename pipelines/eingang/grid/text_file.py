"""Bytes → lines of text: encoding, line ends, and a copy that DuckDB can read without guessing.

Belongs here: what a text file is made of. Does not belong here: what its columns mean. The whole file is looked at once
before anything is read, so that every decision (encoding, line end) is made and logged, never guessed from a sample.
"""

import codecs
import os
import re
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa

STUECK = 1 << 22  # bytes read at a time
UMLAUT_IN_UTF8 = re.compile("|".join("ÄÖÜäöüßéèçğışłńő").encode())  # as Windows-1252 they are no words
STEUERZEICHEN = bytes(c for c in range(32) if c not in (9, 10, 13))
NICHT_IN_1252 = b"\x81\x8d\x8f\x90\x9d"
BOM = codecs.BOM_UTF8
SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Textdatei:
    """What a text file is made of. `zeilen` counts lines including the header; line numbers start at 1."""

    pfad: Path
    bytes: int
    kodierung: str  # utf-8 | utf-8-bom | windows-1252 | unlesbar
    zeilenende: str  # lf | crlf | cr | gemischt | keins
    zeilen: int
    endet_mit_zeilenende: bool
    leerzeilen: int
    steuerzeichen: int
    erste_fremde_zeile: int | None  # first line that is not UTF-8
    einzelne_cr: int

    @property
    def einfach(self) -> bool:
        """Whether DuckDB can read the file as it is: UTF-8, LF, no blank line, no control character."""
        return (
            self.kodierung == "utf-8"
            and self.zeilenende in ("lf", "keins")
            and not self.leerzeilen
            and not self.steuerzeichen
            and not self.einzelne_cr
        )


def examine(pfad: Path) -> Textdatei:
    """Look at a whole file once: encoding, line ends, blank lines, control characters.

    UTF-8 is decided by decoding everything strictly; only if that fails is it Windows-1252 (0x81, 0x8D, 0x8F, 0x90 and
    0x9D do not exist there: then the file is `unlesbar`, as is one with a UTF-16 mark).
    """
    n = _ByteCounts()
    with pfad.open("rb") as f:
        anfang = f.read(len(BOM))
        f.seek(0)
        for stueck in _stuecke(f):
            n.add(stueck)
    n.finish()
    nur_cr = n.cr > 0 and n.lf == 0
    endet = n.groesse > 0 and n.vorher == (b"\r" if nur_cr else b"\n")
    return Textdatei(
        pfad=pfad,
        bytes=n.groesse,
        kodierung=_kodierung(pfad, anfang, utf8=n.davor is None),
        zeilenende=_zeilenende(n.lf, n.cr, n.crlf),
        zeilen=(n.cr if nur_cr else n.lf) + (0 if endet or not n.groesse else 1),
        endet_mit_zeilenende=endet,
        leerzeilen=n.leer,
        steuerzeichen=n.steuer,
        erste_fremde_zeile=None if n.davor is None else 1 + n.davor[nur_cr],
        einzelne_cr=0 if nur_cr else n.cr - n.crlf,
    )


def _stuecke(f: BinaryIO) -> Iterator[bytes]:
    """A file in chunks; line ends at the end of a chunk wait for the next one, so that counting per chunk is exact."""
    rest = b""
    while (gelesen := f.read(STUECK)) or rest:
        stueck = rest + gelesen
        rest = stueck[len(stueck.rstrip(b"\r\n")) :] if gelesen else b""
        if rest:
            stueck = stueck[: -len(rest)]
        if stueck:
            yield stueck


class _ByteCounts:
    """What is counted over the chunks of a file."""

    def __init__(self) -> None:
        self.dekodierer = codecs.getincrementaldecoder("utf-8")("strict")
        self.groesse = self.lf = self.cr = self.crlf = self.leer = self.steuer = 0
        self.davor: tuple[int, int] | None = None  # LF and CR before the first byte that is not UTF-8
        self.vorher = b"\n"  # the start of the file counts as the start of a line

    def add(self, stueck: bytes) -> None:
        # Deciding without decoding is ten times as fast; a character cut in two by the end of a chunk is left to the decoder.
        if self.davor is None and (self.dekodierer.getstate()[0] or not _is_utf8(stueck)):
            try:
                self.dekodierer.decode(stueck)
            except UnicodeDecodeError as fehler:
                gut = fehler.object[: fehler.start]  # may begin with bytes of the chunk before
                self.davor = self.lf + gut.count(b"\n"), self.cr + gut.count(b"\r")
        self.groesse += len(stueck)
        bytes_ = np.frombuffer(stueck, np.uint8)
        zeilenenden = np.flatnonzero(bytes_ == 10)
        self.lf += len(zeilenenden)
        if b"\r" in stueck or self.vorher == b"\r":
            self._add_with_cr(stueck)
        elif len(zeilenenden):
            self.leer += int(np.count_nonzero(np.diff(zeilenenden) == 1))
            self.leer += stueck.startswith(b"\n") and self.vorher == b"\n"
        if np.count_nonzero(bytes_ < 32) > len(zeilenenden):
            self.steuer += len(stueck) - len(stueck.translate(None, STEUERZEICHEN))
        self.vorher = stueck[-1:]

    def _add_with_cr(self, stueck: bytes) -> None:
        self.cr += stueck.count(b"\r")
        self.crlf += stueck.count(b"\r\n")
        einheitlich = (self.vorher + stueck).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if paare := einheitlich.count(b"\n\n"):
            self.leer += paare + _ueberlappend(einheitlich)

    def finish(self) -> None:
        """A character cut off by the end of the file is no UTF-8 either."""
        if self.davor is None:
            try:
                self.dekodierer.decode(b"", final=True)
            except UnicodeDecodeError:
                self.davor = self.lf, self.cr


def _is_utf8(stueck: bytes) -> bool:
    """Whether a chunk by itself is UTF-8."""
    grenzen = pa.py_buffer(struct.pack("=ii", 0, len(stueck)))
    try:
        pa.Array.from_buffers(pa.binary(), 1, [None, grenzen, pa.py_buffer(stueck)]).cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True


def _kodierung(pfad: Path, anfang: bytes, utf8: bool) -> str:
    hat_bom = anfang == BOM
    if utf8:
        return "utf-8-bom" if hat_bom else "utf-8"
    return "unlesbar" if hat_bom or anfang.startswith(UTF16) or not _is_1252(pfad) else "windows-1252"


def _is_1252(pfad: Path) -> bool:
    with pfad.open("rb") as f:
        return all(len(s.translate(None, NICHT_IN_1252)) == len(s) for s in iter(lambda: f.read(STUECK), b""))


def zeilen_in_utf8(datei: Textdatei) -> tuple[int, ...]:
    """Lines of a file that is not UTF-8 in which an umlaut is: two encodings in one file, and these lines are garbled."""
    ende = b"\r" if datei.zeilenende == "cr" else b"\n"
    return tuple(n for n, z in enumerate(datei.pfad.read_bytes().split(ende), 1) if UMLAUT_IN_UTF8.search(z))


def _ueberlappend(einheitlich: bytes) -> int:
    # bytes.count counts without overlap: three line ends in a row are two blank lines.
    return sum(len(lauf) - 1 - len(lauf) // 2 for lauf in re.findall(rb"\n{3,}", einheitlich))


def _zeilenende(lf: int, cr: int, crlf: int) -> str:
    if not lf and not cr:
        return "keins"
    if not lf:
        return "cr"
    if crlf == lf:
        return "crlf"
    return "gemischt" if crlf else "lf"


def sep_zeilen(datei: Textdatei) -> int:
    """How many lines before the header only tell Excel the separator (`sep=;`): 1 or 0."""
    return 1 if SEP.fullmatch(_zeile(datei, 0)) else 0


def kopfzeile(datei: Textdatei) -> str:
    """The first line that is not `sep=;`, decoded, without BOM and line end."""
    return _zeile(datei, sep_zeilen(datei))


def _zeile(datei: Textdatei, nummer: int) -> str:
    with datei.pfad.open("rb") as f:
        roh = f.read(1 << 16)
    # A stray CR does not end the header: DuckDB skips up to the file's own line end, with whatever stands before it.
    ende = b"\r" if datei.zeilenende == "cr" else b"\n"
    zeilen = roh.removeprefix(BOM).split(ende, nummer + 1)
    zeile = zeilen[nummer].removesuffix(b"\r") if nummer < len(zeilen) else b""
    return zeile.decode(_codec(datei), errors="replace")


def _codec(datei: Textdatei) -> str:
    return "cp1252" if datei.kodierung == "windows-1252" else "utf-8"


def make_readable(datei: Textdatei, ordner: Path) -> Path:
    """A copy in UTF-8 with LF, one line for every line of the original; the original itself where it already is so.

    Blank lines become a line with one space (DuckDB would skip them and the line numbers would shift); control
    characters and stray CRs become U+FFFD. The copy lies in the secure zone and must be deleted after reading.
    """
    if datei.einfach:
        return datei.pfad
    ziel = ordner / f"lesbar-{os.getpid()}-{secrets.token_hex(8)}.txt"
    dekodierer = codecs.getincrementaldecoder(_codec(datei))("strict")
    rest = ""
    handle = os.open(ziel, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with datei.pfad.open("rb") as quelle, os.fdopen(handle, "w", encoding="utf-8", newline="") as neu:
        quelle.seek(len(BOM) if datei.kodierung == "utf-8-bom" else 0)
        while stueck := quelle.read(STUECK):
            text = (rest + dekodierer.decode(stueck)).replace("\r\n", "\n")
            if text.endswith("\r"):
                text, rest = text[:-1], "\r"
            else:
                rest = ""
            ende = text.rfind("\r" if datei.zeilenende == "cr" else "\n") + 1
            text, rest = text[:ende], text[ende:] + rest
            neu.write(_clean(text, datei.zeilenende == "cr"))
        text = (rest + dekodierer.decode(b"", final=True)).replace("\r\n", "\n")
        neu.write(_clean(text, datei.zeilenende == "cr"))
    return ziel


def count_blank_end(pfad: Path) -> int:
    """How many lines at the end of a readable copy hold nothing but blanks (the line end of the last full line is none)."""
    with pfad.open("rb") as f:
        ende = f.seek(0, os.SEEK_END)
        schwanz = b""
        while ende and not schwanz.strip(b" \n"):
            anfang = max(0, ende - STUECK)
            f.seek(anfang)
            schwanz, ende = f.read(ende - anfang) + schwanz, anfang
    leer = schwanz[len(schwanz.rstrip(b" \n")) :]
    # Blanks before the first line end still belong to the line that has text.
    zeilen = leer.partition(b"\n")[2]
    return zeilen.count(b"\n") + (not zeilen.endswith(b"\n") and zeilen != b"")


class Separators(NamedTuple):
    """How often a separator stands below the first lines of a file, and whether a blank stands at the edge of any field."""

    anzahl: int
    padded: bool


def count_separators(pfad: Path, trennzeichen: str, kopfzeilen: int) -> Separators:
    """Look at every byte of a readable copy, but for the first `kopfzeilen` lines; the separator is one byte."""
    zeichen, zeilenende, leer = ord(trennzeichen), 10, 32
    anzahl, padded, vorher = 0, False, b"\n"
    with pfad.open("rb") as f:
        for _ in range(kopfzeilen):
            f.readline()
        while stueck := f.read(STUECK):
            bytes_ = np.frombuffer(stueck, np.uint8)
            anzahl += int(np.count_nonzero(bytes_ == zeichen))
            if not padded and (b" " in stueck or vorher == b" "):
                mit_rand = np.frombuffer(vorher + stueck, np.uint8)
                stellen = np.flatnonzero(mit_rand == leer)
                davor, danach = stellen[stellen > 0] - 1, stellen[stellen < len(mit_rand) - 1] + 1
                daneben = mit_rand[np.concatenate((davor, danach))]
                padded = bool(np.isin(daneben, (zeichen, zeilenende)).any())
            vorher = stueck[-1:]
    return Separators(anzahl, padded or vorher == b" ")


_STEUER_TEXT = re.compile("[" + re.escape(STEUERZEICHEN.decode()) + "\r]")


def _clean(text: str, nur_cr: bool) -> str:
    if nur_cr:
        text = text.replace("\r", "\n")
    text = re.sub(r"(?m)^$(?=\n)", " ", text)
    return _STEUER_TEXT.sub("\ufffd", text)
