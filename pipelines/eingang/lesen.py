"""Bytes → lines of text: encoding, line ends, and a copy that DuckDB can read without guessing.

Belongs here: what a text file is made of. Does not belong here: what its columns mean. The whole file is looked at once
before anything is read, so that every decision (encoding, line end) is made and logged, never guessed from a sample.
"""

import codecs
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

STUECK = 1 << 22  # bytes read at a time
STEUERZEICHEN = bytes(c for c in range(32) if c not in (9, 10, 13))
_STEUER = re.compile(b"[" + re.escape(STEUERZEICHEN) + b"]")
BOM = codecs.BOM_UTF8


@dataclass(frozen=True)
class Textdatei:
    """What a text file is made of. `zeilen` counts lines including the header; line numbers start at 1."""

    pfad: Path
    sha256: str
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


def untersuche(pfad: Path) -> Textdatei:
    """Look at a whole file once: checksum, encoding, line ends, blank lines, control characters.

    UTF-8 is decided by decoding everything strictly; only if that fails is it Windows-1252 (0x81, 0x8D, 0x8F, 0x90 and
    0x9D do not exist there: then the file is `unlesbar`).
    """
    pruefsumme = hashlib.sha256()
    dekodierer = codecs.getincrementaldecoder("utf-8")("strict")
    groesse = lf = cr = crlf = leer = steuer = 0
    erste_fremde: int | None = None
    vorher = b"\n"  # the start of the file counts as the start of a line
    hat_bom = False
    fremde_bytes = False
    with pfad.open("rb") as f:
        while stueck := f.read(STUECK):
            # A chunk never ends between CR and LF or between two line ends, so counting per chunk is exact.
            while stueck[-1:] in (b"\r", b"\n") and (mehr := f.read(1)):
                stueck += mehr
            if not groesse:
                hat_bom = stueck.startswith(BOM)
            pruefsumme.update(stueck)
            if erste_fremde is None:
                try:
                    dekodierer.decode(stueck)
                except UnicodeDecodeError as fehler:
                    davor = stueck[: max(fehler.start, 0)]
                    erste_fremde = 1 + lf + cr - crlf + davor.count(b"\n") + davor.count(b"\r") - davor.count(b"\r\n")
            if re.search(rb"[\x81\x8d\x8f\x90\x9d]", stueck):
                fremde_bytes = True
            groesse += len(stueck)
            lf += stueck.count(b"\n")
            cr += stueck.count(b"\r")
            crlf += stueck.count(b"\r\n")
            einheitlich = (vorher + stueck).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            leer += einheitlich.count(b"\n\n") + _ueberlappend(einheitlich)
            steuer += len(_STEUER.findall(stueck))
            vorher = stueck[-1:]
    if erste_fremde is None:
        try:
            dekodierer.decode(b"", final=True)
        except UnicodeDecodeError:
            erste_fremde = 1 + lf + cr - crlf
    nur_cr = cr > 0 and lf == 0
    einzelne_cr = 0 if nur_cr else cr - crlf
    zeilenenden = cr if nur_cr else lf
    endet = vorher in (b"\n", b"\r") and groesse > 0
    if erste_fremde is None:
        kodierung = "utf-8-bom" if hat_bom else "utf-8"
    else:
        kodierung = "unlesbar" if hat_bom or fremde_bytes else "windows-1252"
    return Textdatei(
        pfad=pfad,
        sha256=pruefsumme.hexdigest(),
        bytes=groesse,
        kodierung=kodierung,
        zeilenende=_zeilenende(lf, cr, crlf),
        zeilen=zeilenenden + (0 if endet or not groesse else 1),
        endet_mit_zeilenende=endet,
        leerzeilen=leer,
        steuerzeichen=steuer,
        erste_fremde_zeile=erste_fremde,
        einzelne_cr=einzelne_cr,
    )


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


def kopfzeile(datei: Textdatei) -> str:
    """The first line, decoded, without BOM and line end."""
    with datei.pfad.open("rb") as f:
        roh = f.read(1 << 16)
    erste = re.split(rb"\r\n|\n|\r", roh.removeprefix(BOM), maxsplit=1)[0]
    return erste.decode(_codec(datei), errors="replace")


def _codec(datei: Textdatei) -> str:
    return "cp1252" if datei.kodierung == "windows-1252" else "utf-8"


def lesbar_machen(datei: Textdatei, ordner: Path) -> Path:
    """A copy in UTF-8 with LF, one line for every line of the original; the original itself where it already is so.

    Blank lines become a line with one space (DuckDB would skip them and the line numbers would shift); control
    characters and stray CRs become U+FFFD. The copy lies in the secure zone and must be deleted after reading.
    """
    if datei.einfach:
        return datei.pfad
    ziel = ordner / f"{datei.sha256[:16]}-{os.getpid()}.txt"
    dekodierer = codecs.getincrementaldecoder(_codec(datei))("strict")
    rest = ""
    handle = os.open(ziel, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with datei.pfad.open("rb") as quelle, os.fdopen(handle, "w", encoding="utf-8", newline="") as neu:
        erstes = True
        while stueck := quelle.read(STUECK):
            if erstes:
                stueck, erstes = stueck.removeprefix(BOM), False
            text = (rest + dekodierer.decode(stueck)).replace("\r\n", "\n")
            if text.endswith("\r"):
                text, rest = text[:-1], "\r"
            else:
                rest = ""
            ende = text.rfind("\r" if datei.zeilenende == "cr" else "\n") + 1
            text, rest = text[:ende], text[ende:] + rest
            neu.write(_saeubern(text, datei.zeilenende == "cr"))
        text = (rest + dekodierer.decode(b"", final=True)).replace("\r\n", "\n")
        neu.write(_saeubern(text, datei.zeilenende == "cr"))
    return ziel


_STEUER_TEXT = re.compile("[" + re.escape(STEUERZEICHEN.decode()) + "\r]")


def _saeubern(text: str, nur_cr: bool) -> str:
    if nur_cr:
        text = text.replace("\r", "\n")
    text = re.sub(r"(?m)^$(?=\n)", " ", text)
    return _STEUER_TEXT.sub("\ufffd", text)
