"""What the XML of a workbook says: its sheets and their parts, and what calamine drops of a sheet.

Belongs here: parts, styles, comments, and one pass over a sheet for errors, formulas without value, hidden rows and columns,
formats. Does not belong here: the cells' values (xlsx.py).
"""

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from html import unescape
from typing import IO

from pipelines.eingang.grid.cell_value import gezeigt_als
from pipelines.eingang.grid.sheet import Ort, spaltenname, spaltennummer
from pipelines.eingang.grid.text_file import UTF16

HOECHSTENS_VERBUNDEN = 1_000_000  # cells in merged ranges; openpyxl makes an object of each
STUECK = 1 << 22


class Buch:
    """What the XML of a workbook says about its sheets: their parts, hidden ones, number formats."""

    def __init__(self, archiv: zipfile.ZipFile):
        self.archiv = archiv
        main = next((z for t, z in self.verweise("").values() if t.endswith("/officeDocument")), "xl/workbook.xml")
        teile = self.verweise(main)
        self.blaetter: dict[str, str] = {}
        self.verborgen: set[str] = set()
        for blatt in self.xml(main).iterfind(".//{*}sheets/{*}sheet"):
            art, teil = teile.get(next((w for k, w in blatt.items() if k.endswith("}id")), ""), ("", ""))
            if art.endswith("/worksheet"):
                self.blaetter[blatt.get("name", "")] = teil
                if blatt.get("state", "visible") != "visible":
                    self.verborgen.add(blatt.get("name", ""))
        self.formatteil = next((z for t, z in teile.values() if t.endswith("/styles")), None)

    def xml(self, teil: str) -> ET.Element:
        return ET.fromstring(self.archiv.read(teil))  # noqa: S314 - expat refuses entity bombs

    def verweise(self, teil: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id → (type, part)."""
        ordner, name = posixpath.split(teil)
        datei = posixpath.join(ordner, "_rels", name + ".rels")
        if datei not in self.archiv.namelist():
            return {}
        return {
            v.get("Id", ""): (
                v.get("Type", ""),
                posixpath.normpath(posixpath.join("/" + ordner, v.get("Target", "")))[1:],
            )
            for v in self.xml(datei)
        }

    def formate(self) -> dict[int, str]:
        """Style number → number format, where the format changes what a number looks like."""
        if self.formatteil is None:
            return {}
        stile = self.xml(self.formatteil)
        codes = {9: "0%", 10: "0.00%"}
        codes |= {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in stile.iterfind(".//{*}numFmts/{*}numFmt")}
        alle = [codes.get(int(x.get("numFmtId", 0)), "") for x in stile.iterfind(".//{*}cellXfs/{*}xf")]
        return {n: code for n, code in enumerate(alle) if code and gezeigt_als(0, code) is not None}

    def kommentare(self, teil: str) -> dict[Ort, str]:
        texte: dict[Ort, str] = {}
        for art, ziel in self.verweise(teil).values():
            if art.endswith("/comments"):
                for k in self.xml(ziel).iterfind(".//{*}commentList/{*}comment"):
                    texte[_ort(k.get("ref", ""))] = " ".join(
                        "".join(t.text or "" for t in k.iter() if t.tag.endswith("}t")).split()
                    )
        return texte

    def viel_verbunden(self) -> bool:
        muster = re.compile(rb'mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
        flaeche = 0
        for teil in self.blaetter.values():
            for s1, z1, s2, z2 in muster.findall(self.archiv.read(teil)):
                flaeche += (int(z2) - int(z1) + 1) * (spaltennummer(s2.decode()) - spaltennummer(s1.decode()) + 1)
        return flaeche > HOECHSTENS_VERBUNDEN


def _ort(adresse: str) -> Ort:
    treffer = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", adresse)
    if not treffer:
        raise ValueError(f"no cell address: {adresse}")
    return int(treffer[2]) - 1, spaltennummer(treffer[1])


class CellSearch:
    """One pass over a sheet's XML for what calamine drops. Rows without any of it cost one search each."""

    ZELLE = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
    MERKMAL = re.compile(rb"""\s(r|s|t|si)\s*=\s*["']([^"']*)["']""")
    FORMEL = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
    WERT = re.compile(rb"<v\b[^>]*>([^<]+)<")
    VERBORGEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")

    def __init__(self, strom: IO[bytes], formate: dict[int, str]):
        self.formate = formate
        self.formeln: dict[Ort, str] = {}
        self.fehler: dict[Ort, str] = {}
        self.anders: dict[int, dict[int, str]] = {}
        self.zeilen: set[int] = set()
        self.spalten: set[int] = set()
        self.hoehe = self.breite = 0
        self.meister: dict[bytes, tuple[str, str]] = {}
        stile = "|".join(map(str, formate)) or "(?!)"
        self.auffaellig = re.compile(rf"""\st\s*=\s*["']e["']|<f\b|\ss\s*=\s*["'](?:{stile})["']""".encode())
        self.nummer = -1
        rest, praefix, erste = b"", b"", True
        while gelesen := strom.read(STUECK):
            rest += gelesen
            if erste:
                if rest.startswith(UTF16):
                    raise ValueError("a sheet in UTF-16")
                wurzel = re.search(rb"<(\w+:)?worksheet\b", rest)
                praefix = (wurzel and wurzel[1]) or b""
            # Half a tag stays for the next round, so that a prefix is never cut in two.
            ganz = rest.rfind(b"<row" if not praefix else b"<" + praefix + b"row")
            if len(rest) > 16 * STUECK:
                raise ValueError("a row of more than 64 MB")
            if ganz > 0:
                self._stuecke(rest[:ganz], praefix, erste)
                rest, erste = rest[ganz:], False
        self._stuecke(rest, praefix, erste)

    def _stuecke(self, text: bytes, praefix: bytes, erste: bool) -> None:
        if praefix:
            text = text.replace(b"<" + praefix, b"<").replace(b"</" + praefix, b"</")
        vorspann, *zeilen = re.split(rb"<row\b", text.partition(b"</sheetData>")[0])
        if erste:
            for merkmale in re.findall(rb"<col\b([^>]*)", vorspann):
                if self.VERBORGEN.search(merkmale):
                    von, bis = (re.search(rb'\s%s\s*=\s*["\'](\d+)' % m, merkmale) for m in (b"min", b"max"))
                    if von and bis:
                        self.spalten.update(range(int(von[1]) - 1, min(int(bis[1]), 16384)))
        for zeile in zeilen:
            self._zeile(zeile)

    def _zeile(self, zeile: bytes) -> None:
        kopf = zeile[: zeile.find(b">")]
        nummer = re.search(rb"""\sr\s*=\s*["'](\d+)["']""", kopf)
        self.nummer = z = int(nummer[1]) - 1 if nummer else self.nummer + 1
        if self.VERBORGEN.search(kopf):
            self.zeilen.add(z)
        letzte = zeile.rfind(b"<c ", 0, max(zeile.rfind(b"</c>"), 0))
        if letzte >= 0:
            stelle = self.MERKMAL.search(zeile, letzte)
            breite = _ort(stelle[2].decode())[1] + 1 if stelle and stelle[1] == b"r" else zeile.count(b"<c")
            self.hoehe, self.breite = max(self.hoehe, z + 1), max(self.breite, breite)
        if not self.auffaellig.search(zeile):
            return
        s = -1
        for merkmale, inhalt in self.ZELLE.findall(zeile):
            m = dict(self.MERKMAL.findall(merkmale))
            s = _ort(m[b"r"].decode())[1] if b"r" in m else s + 1
            if format := self.formate.get(int(m.get(b"s", 0))):
                self.anders.setdefault(z, {})[s] = format
            wert = self.WERT.search(inhalt)
            if m.get(b"t") == b"e" and wert:
                self.fehler[z, s] = unescape(wert[1].decode())
            if b"<f" in inhalt and (formel := self.FORMEL.search(inhalt)):
                self._formel(z, s, formel, bool(wert) or m.get(b"t") == b"str")

    def _formel(self, z: int, s: int, formel: re.Match[bytes], hat_wert: bool) -> None:
        from openpyxl.formula.translate import Translator

        text = unescape((formel[2] or b"").decode())
        adresse = f"{spaltenname(s)}{z + 1}"
        gemeinsam = dict(self.MERKMAL.findall(formel[1]))
        if gemeinsam.get(b"t") == b"shared" and (si := gemeinsam.get(b"si")) is not None:
            if text:
                self.meister[si] = (text, adresse)
            elif si in self.meister and not hat_wert:
                muster, ursprung = self.meister[si]
                text = Translator("=" + muster, ursprung).translate_formula(adresse)
        if not hat_wert:
            self.formeln[z, s] = "=" + (text or "TABLE()").lstrip("=")
