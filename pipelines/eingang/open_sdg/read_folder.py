"""Files of a folder in the style of Open SDG → rows of the tables that its checks read.

Belongs here: which files there are, reading them as text, rows and columns with their place. Does not belong here: any rule about
the figures (sql/pruefungen/lieferungen/open_sdg) and what is said of them (check_folder.py).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from pipelines.eingang.grid.text_file import Textdatei, examine
from pipelines.foundation.names import klar, sichtbar

DATEINAME = re.compile(r"indicator_([0-9]+-(?:[0-9]+|[a-z])-(?:[0-9]+|[a-z]))\.csv")


TRENNER = ("\x1f", "\x1e")  # before and after one breakdown in the text that stands for all of a row's


# Columns that Open SDG itself knows; everything else is a breakdown, but for the column with the names of areas.
ROLLEN = {"year": "jahr", "geocode": "geocode", "units": "einheit", "comment_obs": "kommentar", "value": "wert"}


GEBIETSSPALTE = re.compile(
    r"(gebiet|region|kreis|landkreis|raum|kommune|gemeinde|stadt|bezirk|ort\b|ortsteil|bundesland|area|location|"
    r"local authority|country\b(?! of)|county|district|borough|municipality|ward\b|state\b|province)",
    re.IGNORECASE,
)


BEIWERK = re.compile(r"(comm?ent|obs_status|footnote|fußnote|anmerkung|bemerkung)", re.IGNORECASE)


OHNE_BELANG = re.compile(r"(\..*|readme.*|license.*|thumbs\.db)", re.IGNORECASE)


TEXT, ZAHL, JANEIN = pa.string(), pa.int32(), pa.bool_()


TABELLEN: dict[str, dict[str, pa.DataType]] = {
    "datei": {"datei": TEXT, "nummer": TEXT, "kodierung": TEXT, "problem": TEXT, "zeile": ZAHL},
    "kopf": {"datei": TEXT, "feld": ZAHL, "spalte": TEXT, "rolle": TEXT, "roh": TEXT},
    "umbruch": {"datei": TEXT, "zeile": ZAHL, "bis": ZAHL, "felder": ZAHL, "leer": JANEIN},
    "gelesen": {"datei": TEXT, "zeile": ZAHL, "jahr": TEXT, "geocode": TEXT, "gebiet": TEXT, "einheit": TEXT,
                "kommentar": TEXT, "wert_text": TEXT, "merkmale": TEXT},
    "unsichtbar": {"datei": TEXT, "zeile": ZAHL, "feld": ZAHL, "wo": TEXT, "text": TEXT},
    "merkmal": {"datei": TEXT, "zeile": ZAHL, "feld": ZAHL, "spalte": TEXT, "wert": TEXT},
    "fremd": {"datei": TEXT},
    "metadatei": {"datei": TEXT, "nummer": TEXT, "problem": TEXT, "zeile": ZAHL},
    "meta": {"datei": TEXT, "zeile": ZAHL, "schluessel": TEXT, "wert": TEXT},
}  # fmt: skip


_LEER = re.compile(r"\s+")


@dataclass
class Sammlung:
    """Rows of the tables to be, in the order of their columns."""

    zeilen: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in TABELLEN})

    def dazu(self, tabelle: str, *werte: Any) -> None:
        self.zeilen[tabelle].append(werte)


def read_folder(ordner: Path, sammlung: Sammlung) -> None:
    for pfad in _dateien(ordner / "data"):
        if name := DATEINAME.fullmatch(pfad.name):
            _read_data(pfad, name[1], sammlung)
        elif not OHNE_BELANG.fullmatch(pfad.name):
            sammlung.dazu("fremd", _name(pfad))
    for pfad in _dateien(ordner / "meta"):
        if pfad.suffix == ".md" and not OHNE_BELANG.fullmatch(pfad.name):
            _read_meta(pfad, sammlung)


def _dateien(ordner: Path) -> list[Path]:
    try:
        return sorted(p for p in ordner.iterdir() if p.is_file())
    except OSError:
        return []


def _name(pfad: Path) -> str:
    """`data/indicator_1-1-1.csv`; bytes of the name that are no text become question marks."""
    return "/".join(pfad.parts[-2:]).encode("utf-8", "replace").decode()


def _read_text(pfad: Path) -> tuple[Textdatei | None, str, str | None]:
    """What the file is made of, its text, and why it cannot be read (else None). No control character gets through."""
    try:
        datei = examine(pfad)
        if datei.kodierung == "unlesbar":
            return datei, "", "ist weder UTF-8 noch Windows-1252, also keine lesbare Textdatei"
        codec = "cp1252" if datei.kodierung == "windows-1252" else "utf-8-sig"
        text = pfad.read_bytes().decode(codec)
    except (OSError, UnicodeDecodeError) as fehler:
        return None, "", f"lässt sich nicht öffnen ({type(fehler).__name__})"
    if not text.strip():
        return datei, "", "ist leer"
    if datei.steuerzeichen:
        return datei, "", f"enthält {datei.steuerzeichen} Steuerzeichen"
    return datei, text, None


def _rollen(kopf: list[str]) -> list[str]:
    """What each column is; a role is given once, its second bearer counts as a breakdown."""
    rollen: list[str] = []
    for spalte in kopf:
        rolle = ROLLEN.get(spalte.lower())
        if rolle is None and spalte:
            rolle = "gebiet" if GEBIETSSPALTE.match(spalte) else "beiwerk" if BEIWERK.match(spalte) else None
        if not spalte:
            rolle = "ohne_namen"
        elif rolle is None or (rolle != "beiwerk" and rolle in rollen):
            rolle = "merkmal"
        rollen.append(rolle)
    return rollen


def _feinstes_gebiet(text: str, kopf: list[str], rollen: list[str]) -> list[str]:
    """Of several columns of areas beside GeoCode (region, district) the finest bears the code's name."""
    gebiete = [n for n, spalte in enumerate(kopf) if GEBIETSSPALTE.match(spalte) and rollen[n] in ("gebiet", "merkmal")]
    if len(gebiete) < 2 or "geocode" not in rollen:
        return rollen
    saetze = [f for _, _, f in _saetze(text) if len(f) == len(kopf)][1:]
    # Of two the finer has more names where both are filled: a file may have more regions than districts.
    wahl = max(gebiete, key=lambda n: (sum(_is_feiner(saetze, n, m) for m in gebiete if m != n), -n))
    return ["gebiet" if n == wahl else "merkmal" if n in gebiete else rolle for n, rolle in enumerate(rollen)]


def _is_feiner(saetze: list[list[str]], eine: int, andere: int) -> bool:
    beide = {(_glatt(f[eine]), _glatt(f[andere])) for f in saetze if f[eine].strip() and f[andere].strip()}
    return len({a for a, _ in beide}) > len({b for _, b in beide})


def _read_data(pfad: Path, nummer: str, sammlung: Sammlung) -> None:
    name = _name(pfad)
    datei, text, problem = _read_text(pfad)
    kodierung = datei.kodierung if datei else None
    kopf: list[str] = []
    rollen: list[str] = []
    zeile: int | None = None
    if problem is None:
        erste = text.split("\n", 1)[0]
        if "," not in erste and (";" in erste or "\t" in erste):
            problem = "hat kein Komma als Trennzeichen"
    if problem is None:
        try:
            for von, bis, felder in _saetze(text):
                zeile = von
                if not kopf:
                    kopf = [_glatt(klar(f)) for f in felder]
                    rollen = _feinstes_gebiet(text, kopf, _rollen(kopf))
                    for feld, (spalte, rolle, roh) in enumerate(zip(kopf, rollen, felder, strict=True), start=1):
                        sammlung.dazu("kopf", name, feld, spalte, rolle, sichtbar(roh))
                elif {"jahr", "wert"} <= set(rollen):
                    _take_in(name, von, bis, felder, kopf, rollen, sammlung)
        except csv.Error:
            problem = "lässt sich nicht in Felder teilen; vermutlich ist ein Anführungszeichen offen"
        if problem is None and zeile == 1:
            problem = "hat außer der Kopfzeile keine Zeile"
    sammlung.dazu("datei", name, nummer, kodierung, problem, zeile if problem else None)


def _saetze(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Records with the lines on which they begin and end; blank lines are left out."""
    leser = csv.reader(io.StringIO(text, newline=""))
    bis = 0
    for felder in leser:
        von, bis = bis + 1, leser.line_num
        if felder:
            yield von, bis, felder


def _take_in(
    datei: str, von: int, bis: int, felder: list[str], kopf: list[str], rollen: list[str], sammlung: Sammlung
) -> None:
    leer = not any(f.strip() for f in felder)
    sammlung.dazu("umbruch", datei, von, bis, len(felder), leer)
    if leer or len(felder) != len(kopf):
        return
    felder = _ohne_unsichtbares(datei, von, felder, kopf, rollen, sammlung)
    einzeln = dict(zip(rollen, felder, strict=True))
    if not einzeln.get("gebiet", "").strip():
        # A row of a larger area: its name stands in the last filled column of areas.
        groesser = [f for s, r, f in zip(kopf, rollen, felder, strict=True)
                    if r == "merkmal" and GEBIETSSPALTE.match(s) and f.strip()] if "gebiet" in rollen else []  # fmt: skip
        einzeln["gebiet"] = groesser[-1] if groesser else einzeln.get("gebiet", "")
    gliederung = []
    for nummer, (spalte, rolle, wert) in enumerate(zip(kopf, rollen, felder, strict=True), start=1):
        if rolle in ("merkmal", "ohne_namen"):
            gliederung.append(f"{TRENNER[0]}{spalte}={_glatt(wert)}{TRENNER[1]}")
        if rolle == "merkmal":
            sammlung.dazu("merkmal", datei, von, nummer, spalte, wert)
    sammlung.dazu(
        "gelesen", datei, von, *(_glatt(einzeln.get(r, "")) for r in ("jahr", "geocode")), einzeln.get("gebiet", ""),
        _glatt(einzeln.get("einheit", "")), einzeln.get("kommentar", ""), einzeln["wert"], "".join(sorted(gliederung)),
    )  # fmt: skip


def _ohne_unsichtbares(
    datei: str, zeile: int, felder: list[str], kopf: list[str], rollen: list[str], sammlung: Sammlung
) -> list[str]:
    """The cells of a row as they are seen; what is not to be seen is told. In a figure blanks are thousands, told as such."""
    klare = [klar(f) for f in felder]
    for nummer, (roh, ohne, spalte, rolle) in enumerate(zip(felder, klare, kopf, rollen, strict=True), start=1):
        if roh != ohne and (rolle != "wert" or len(roh) != len(ohne)):
            sammlung.dazu("unsichtbar", datei, zeile, nummer, f"der Spalte »{spalte}«", sichtbar(roh))
    return klare


def _glatt(text: str) -> str:
    return _LEER.sub(" ", text).strip()


def _read_meta(pfad: Path, sammlung: Sammlung) -> None:
    name, nummer = _name(pfad), pfad.stem
    _, text, problem = _read_text(pfad)
    zeile: int | None = None
    if problem is None:
        zeilen = text.splitlines()
        ende = next((n for n, z in enumerate(zeilen[1:], start=1) if z.rstrip() == "---"), None)
        if zeilen[0].rstrip() != "---" or ende is None:
            problem, zeile = "hat keinen Kopf zwischen zwei Zeilen »---«", 1
        else:
            problem, zeile = _read_key(name, "\n".join(zeilen[1:ende]), sammlung)
    sammlung.dazu("metadatei", name, nummer, problem, zeile)


def _read_key(name: str, text: str, sammlung: Sammlung) -> tuple[str | None, int | None]:
    """Take the keys of the front matter; returns what is wrong with it and the line."""
    try:
        knoten = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fehler:
        # The mark counts from 0 in the front matter, which begins on line 2 of the file.
        return "ist kein gültiges YAML", fehler.problem_mark.line + 2 if fehler.problem_mark else None
    except (yaml.YAMLError, RecursionError):
        return "ist kein gültiges YAML", None
    if not isinstance(knoten, yaml.MappingNode):
        return "enthält keine Angaben der Form »Schlüssel: Wert«", 2
    for schluessel, wert in knoten.value:
        if isinstance(schluessel, yaml.ScalarNode):
            inhalt = wert.value if isinstance(wert, yaml.ScalarNode) else None
            zeile, ohne = schluessel.start_mark.line + 2, klar(schluessel.value)
            if ohne != schluessel.value:
                sammlung.dazu("unsichtbar", name, zeile, None, "den Schlüsseln", sichtbar(schluessel.value))
            sammlung.dazu("meta", name, zeile, ohne, inhalt)
    return None, None
