"""Workbooks → sheets of cells: small ones with openpyxl, large ones with calamine and a scan of their XML.

Belongs here: what a cell of a workbook shows and what it hides. Does not belong here: text files (workbook.py). The scan adds
what calamine drops (errors, formulas without value, hidden rows, formats): both ways give the same.
"""

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from pathlib import Path
from typing import IO, Any

from pipelines.eingang.grid.repair import open_workbook
from pipelines.eingang.grid.sheet import Blatt, Ort, Zellwert, abgewiesen, abschluss, spaltenname, spaltennummer
from pipelines.eingang.grid.text_file import UTF16
from pipelines.foundation.findings import Code, LieferungAbgewiesen
from pipelines.foundation.names import clean

ALS_XLSX = "eine XLSX- oder CSV-Datei; bitte in Excel oder LibreOffice als XLSX speichern"
HOECHSTENS_ENTPACKT = 2_000_000_000  # bytes of a workbook, unpacked
HOECHSTENS_ZELLEN = 40_000_000  # of a sheet, empty ones included
HOECHSTENS_VERBUNDEN = 1_000_000  # cells in merged ranges; openpyxl makes an object of each
STUECK = 1 << 22
HALBES_ZEICHEN = re.compile("[\ud800-\udfff]")


def read_xlsx(pfad: Path, gewaehlt: Sequence[str] | None, gross_ab: int) -> list[Blatt]:
    with zipfile.ZipFile(pfad) as archiv:
        teile = archiv.infolist()
        namen = {t.filename for t in teile}
        if any(t.flag_bits & 1 for t in teile):
            raise abgewiesen(
                Code.dateiformat, pfad, "", "die Arbeitsmappe ist verschlüsselt", "eine Mappe ohne Kennwort"
            )
        if not any(n.endswith("workbook.xml") for n in namen):
            art = (
                "eine XLSB-Mappe"
                if "xl/workbook.bin" in namen
                else "eine ODS-Mappe"
                if "content.xml" in namen
                else "ein ZIP-Archiv"
            )
            raise abgewiesen(Code.dateiformat, pfad, "", f"die Datei heißt {pfad.suffix}, ist aber {art}", ALS_XLSX)
        entpackt = sum(t.file_size for t in teile)
        if entpackt > HOECHSTENS_ENTPACKT:
            was = f"die Arbeitsmappe ist entpackt {entpackt / 1e9:.1f} GB groß"
            raise abgewiesen(
                Code.dateiformat, pfad, "", was, "eine Mappe bis 2 GB; bitte auf mehrere Dateien verteilen"
            )
        buch = _Buch(archiv)
        if fehlend := sorted(set(gewaehlt or ()) - set(buch.blaetter)):
            vorhanden = ", ".join(f"»{n}«" for n in buch.blaetter)
            raise abgewiesen(Code.blatt_fehlt, pfad, "", f"das Blatt »{fehlend[0]}« fehlt; vorhanden: {vorhanden}",
                              f"ein Blatt »{fehlend[0]}« (kommune.yaml, blatt)")  # fmt: skip
        gross = pfad.stat().st_size > gross_ab or entpackt > 20 * gross_ab
        if not buch.blaetter:
            raise abgewiesen(Code.blatt_fehlt, pfad, "", "die Mappe enthält kein Tabellenblatt, nur Diagramme",
                             "ein Blatt mit der Tabelle")  # fmt: skip
        if not gross and not buch.viel_verbunden():
            try:
                return [abschluss(b) for b in _read_small(pfad, gewaehlt)]
            except LieferungAbgewiesen:
                raise
            except Exception:  # noqa: S110 - what one reader stumbles over, the other may read; if not, that is reported
                pass
        return [abschluss(b) for b in _read_large(pfad, buch, gewaehlt)]


def _read_small(pfad: Path, gewaehlt: Sequence[str] | None) -> Iterator[Blatt]:
    """With openpyxl, twice: formulas without a stored value would otherwise look empty."""
    werte, formeln = (open_workbook(pfad, data_only=d, keep_links=False) for d in (True, False))
    for tafel in werte.worksheets:
        if gewaehlt and tafel.title not in gewaehlt:
            continue
        blatt = Blatt(tafel.title, verborgen=tafel.sheet_state != "visible")
        zellen: dict[Ort, Zellwert] = {}
        for (z, s), zelle in tafel._cells.items():
            ort = (z - 1, s - 1)
            if zelle.value is not None:
                zellen[ort] = _zellwert(blatt, ort, zelle.value, zelle.number_format)
            elif zelle.data_type != "str":  # an empty text is a stored value
                formel = formeln[tafel.title]._cells.get((z, s))
                if formel is not None and formel.data_type == "f":
                    text = formel.value if isinstance(formel.value, str) else getattr(formel.value, "text", None)
                    blatt.formeln[ort] = "=" + str(text or "TABLE()").lstrip("=")
            if (kommentar := getattr(zelle, "comment", None)) is not None:
                blatt.kommentare[ort] = " ".join(kommentar.text.split())
        letzte: dict[int, int] = {}
        for z, s in zellen:
            letzte[z] = max(letzte.get(z, 0), s)
        _zu_gross(pfad, blatt, sum(letzte.values()))
        blatt.werte = [
            [zellen.get((z, s), "") for s in range(letzte.get(z, -1) + 1)] for z in range(max(letzte, default=-1) + 1)
        ]
        blatt.verbunden = sorted(
            (b.min_row - 1, b.min_col - 1, b.max_row - 1, b.max_col - 1) for b in tafel.merged_cells.ranges
        )
        blatt.verborgene_zeilen = {int(z) - 1 for z, d in tafel.row_dimensions.items() if d.hidden}
        for spalte in tafel.column_dimensions.values():
            if spalte.hidden:
                blatt.verborgene_spalten.update(range(int(spalte.min or 1) - 1, int(spalte.max or 1)))
        yield blatt


def _zu_gross(pfad: Path, blatt: Blatt, zellen: int) -> None:
    if zellen > HOECHSTENS_ZELLEN:
        was = f"das Blatt reicht über {zellen:,} Zellen".replace(",", ".")
        raise abgewiesen(Code.dateiformat, pfad, f'Blatt "{blatt.name}"', was, "ein Blatt, das mit der Tabelle endet; bitte "
                          "leere Zeilen und Spalten am Ende löschen")  # fmt: skip


def _zellwert(blatt: Blatt, ort: Ort, wert: Any, format: str | None = None) -> Zellwert:
    """A stored value as the sheet shows it: percentages and padded keys as text, whole floats as integers."""
    if isinstance(wert, str):
        if "_x" in wert:
            wert = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), wert)
        if not wert.isascii() and HALBES_ZEICHEN.search(wert):
            wert = wert.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves are one sign
            if "\ufffd" in wert:
                blatt.halbe_zeichen.add(ort)
        return clean(wert)
    if isinstance(wert, bool):
        return "WAHR" if wert else "FALSCH"
    if isinstance(wert, int | float):
        if format and format != "General" and (gezeigt := _gezeigt(wert, format)) is not None:
            if gezeigt.endswith("%"):
                blatt.prozent[ort] = len(gezeigt.removesuffix(" %").partition(",")[2])
            return gezeigt
        return int(wert) if isinstance(wert, float) and wert.is_integer() and abs(wert) < 1e15 else wert
    if isinstance(wert, datetime):
        return wert.date() if wert.time() == time() else wert.strftime("%d.%m.%Y %H:%M:%S")
    return wert if isinstance(wert, date) else str(wert)


def _formatteil(format: str) -> str:
    """A number format without literal texts, colours and the sections for negative numbers."""
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", format).split(";")[0].strip()


def _gezeigt(wert: int | float, format: str) -> str | None:
    """Text of a percentage (0.084 in 0.0% → "8,4 %") or of a padded integer (101 in 0000 → "0101"); None for all else."""
    teil = _formatteil(format)
    if teil.endswith("%") and "E" not in teil and abs(wert) < 1e12:
        stellen = len(re.sub(r"[^0#?]", "", teil.partition(".")[2]))
        genau = (Decimal(f"{wert:.15g}") * 100).quantize(Decimal(1).scaleb(-stellen), ROUND_HALF_UP)
        return f"{abs(genau) if genau == 0 else genau:f} %".replace(".", ",")
    if re.fullmatch(r"00+", teil) and 0 <= wert < 1e15 and wert == int(wert):
        return f"{int(wert):0{len(teil)}d}"
    return None


class _Buch:
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
        return {n: code for n, code in enumerate(alle) if code and _gezeigt(0, code) is not None}

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


def _read_large(pfad: Path, buch: _Buch, gewaehlt: Sequence[str] | None) -> Iterator[Blatt]:
    """With calamine, and what it drops from a scan of the XML; the scan comes first, as calamine trusts any address."""
    from python_calamine import CalamineWorkbook

    formate = buch.formate()
    funde: dict[str, _Suche] = {}
    for name, teil in buch.blaetter.items():
        if not gewaehlt or name in gewaehlt:
            with buch.archiv.open(teil) as strom:
                funde[name] = search = _Suche(strom, formate)
            _zu_gross(pfad, Blatt(name), search.hoehe * search.breite)
    with CalamineWorkbook.from_path(pfad) as mappe:
        for name, search in funde.items():
            tafel = mappe.get_sheet_by_name(name)
            blatt = Blatt(name, formeln=search.formeln, verborgen=name in buch.verborgen)
            for z, roh in enumerate(tafel.to_python(skip_empty_area=False)):
                anders = search.anders.get(z, {})
                blatt.werte.append(
                    [_zellwert(blatt, (z, s), w, anders.get(s)) if w != "" else "" for s, w in enumerate(roh)]
                )
            blatt.verbunden = sorted((a, b, c, d) for (a, b), (c, d) in tafel.merged_cell_ranges or [])
            for z1, s1, z2, s2 in blatt.verbunden:
                for z in range(z1, min(z2 + 1, len(blatt.werte))):
                    for s in range(s1, min(s2 + 1, len(blatt.werte[z]))):
                        if (z, s) != (z1, s1):
                            blatt.werte[z][s] = ""
            blatt.fehlerwerte = search.fehler
            blatt.verborgene_zeilen, blatt.verborgene_spalten = search.zeilen, search.spalten
            blatt.kommentare = buch.kommentare(buch.blaetter[name])
            yield blatt


class _Suche:
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
