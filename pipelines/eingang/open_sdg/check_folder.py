"""A folder in the style of Open SDG (`data/indicator_*.csv`, `meta/*.md`): read it as text and say what is wrong with it.

Belongs here: which files there are, laying them out as tables of the schema `sdg`, findings out of the rows that the
statements below sql/pruefungen/lieferungen/open_sdg return. Does not belong here: any rule about the figures (that is in those
statements) and any repair: nothing of the folder is taken over or changed.

A statement reads `sdg.datei` (one row a data file), `sdg.kopf` (one a column), `sdg.umbruch` (one a row as it stands),
`sdg.zeile` (one a sound row, with code, area and number made out), `sdg.merkmal` (one a cell of a breakdown), `sdg.unsichtbar`
(one a cell with signs nobody sees), `sdg.fremd` (files that do not belong), `sdg.metadatei` and `sdg.meta` (one a key). It
returns datei, zeilen INT[], facts as columns and if need be feld, anzahl, schwere; sentences.py makes German of them. Several
findings of one rule in one file are merged from the eleventh on.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.eingang.open_sdg.read_folder import TABELLEN, TEXT, Sammlung, read_folder
from pipelines.eingang.open_sdg.sentences import word
from pipelines.foundation.check_files import DOOR_CHECKS, CheckFile, read_check_files
from pipelines.foundation.duck import interrupted_after, lay_out
from pipelines.foundation.findings import ZEILEN_GENANNT, Befund, Code, Schwere
from pipelines.foundation.storage import WURZEL
from pipelines.stamm.staaten import alle_namen

ORDNER = DOOR_CHECKS / "open_sdg"
HOECHSTENS_SEKUNDEN = 120.0  # for one check of one folder; the largest known folder takes two for all
SPEICHER = "3GB"
AUSGELAGERT = "4GB"  # what a check may write aside while it runs
BEFUNDE_JE_DATEI = 10  # findings of one rule in one file that are told one by one


KONTINENTE = ("Afrika", "Amerika", "Asien", "Australien", "Europa", "Ozeanien", "Antarktis")

# Endings of adjectives and peoples (»irakisch«, »Slowenen«, »Amerikaner«, »Chinesin«), with what may stand before them.
FUGEN = ("", "i", "an", "es", "er")
ENDUNGEN = (
    *("isch" + e for e in ("", "e", "er", "es", "en", "em")),
    *("er", "ern", "erin", "erinnen", "e", "en", "in", "innen"),
)


CODES = {
    "dateiname": Code.dateiname, "datei_unlesbar": Code.dateiformat, "kodierung": Code.kodierung,
    "feldzahl": Code.feldzahl, "zeile_leer": Code.pflichtfeld, "anfuehrungszeichen": Code.letzte_zeile,
    "spalte_fehlt": Code.spalte_fehlt, "spalte_ohne_namen": Code.kopfzeile, "spalte_doppelt": Code.spalte_doppelt,
    "spalte_verschrieben": Code.spalte_unbekannt, "jahr": Code.datum, "jahr_fehlt": Code.zeile_fehlt,
    "wert_form": Code.zahl, "wert_leer": Code.pflichtfeld, "wort_verschrieben": Code.wort_unbekannt,
    "status_schreibweise": Code.zeichen_unbekannt, "gebiet_schreibweise": Code.gebiet_mehrdeutig,
    "schluessel_name": Code.schluessel_name, "doppelt_gleich": Code.doppelt_gleich,
    "doppelt_widerspruch": Code.doppelt_widerspruch, "summe_teile": Code.summe_teile,
    "meta_unlesbar": Code.dateiformat, "meta_schluessel": Code.schluessel_unbekannt, "meta_fehlt": Code.layout,
    "daten_fehlen": Code.layout, "fehlerwert": Code.wort_unbekannt, "spalte_leerzeichen": Code.kopfzeile,
    "spalte_reihenfolge": Code.kopfzeile, "anteil_anzahl": Code.anteil_folgt,
    "unsichtbar": Code.zeichen_verdaechtig, "kategorien_viele": Code.zu_gross,
}  # fmt: skip


@dataclass
class Ordnerpruefung:
    """What a check of a folder came to; `dateien` and `zeilen` count the data files and their rows that were read."""

    ordner: Path
    dateien: int
    zeilen: int
    befunde: list[Befund]


@cache
def load_rules() -> tuple[CheckFile, ...]:
    """All checks of such folders, by name. Files that begin with `_` are what the checks compute with."""
    regeln = tuple(read_check_files(ORDNER))
    if ohne := [r.name for r in regeln if r.name not in CODES]:
        raise ValueError(f"{ohne[0]}.sql: the check needs a code")
    return regeln


def is_open_sdg(ordner: Path) -> bool:
    """Whether the folder has the layout `data/indicator_*.csv` and `meta/`."""
    try:
        return (ordner / "meta").is_dir() and any(p.is_file() for p in (ordner / "data").glob("indicator_*.csv"))
    except OSError:
        return False


def check_folder(ordner: Path, con: duckdb.DuckDBPyConnection | None = None) -> Ordnerpruefung:
    """Check every file of the folder, each for itself and against its sisters; the worst findings come first.

    The tables of schema `sdg` exist while this runs only. Nothing about the folder's content raises.
    """
    verbindung = con or duckdb.connect(config={"memory_limit": SPEICHER, "max_temp_directory_size": AUSGELAGERT})
    sammlung = Sammlung()
    read_folder(ordner, sammlung)
    try:
        _lay_out(verbindung, sammlung)
        befunde = [b for regel in load_rules() for b in _run_bounded(verbindung, regel)]
    finally:
        verbindung.execute("drop schema if exists sdg cascade")
        if con is None:
            verbindung.close()
    befunde.sort(key=lambda b: (list(Schwere).index(b.schwere), b.datei, b.zeilen[:1]))
    gelesen = sum(problem is None for *_, problem, _ in sammlung.zeilen["datei"])
    return Ordnerpruefung(ordner, gelesen, len(sammlung.zeilen["umbruch"]), befunde)


@cache
def _eigennamen() -> pa.Table:
    """Names of states and continents and what is made of them, in small letters: one of them is never a slip of another."""
    staaten = WURZEL / "data" / "raw" / "referenz" / "staaten.csv"
    namen = {k.casefold() for k in KONTINENTE}
    if staaten.exists():
        with staaten.open(encoding="utf-8-sig", newline="") as datei:
            namen |= {n.casefold() for z in csv.DictReader(datei, delimiter=";") for n in alle_namen(z)}
    alle = namen.union(*(_abgeleitet(n) for n in namen))
    return pa.table({"name": pa.array(sorted(alle), type=TEXT)})


def _abgeleitet(name: str) -> set[str]:
    """`irak` → irakisch, Iraker …: stems of a name with every ending that makes an adjective or a people of it."""
    name = name.split(",")[0].rpartition("republik ")[2]  # »Islamische Republik Iran«, »Iran, Islamische Republik«
    if not name.isalpha():
        return set()
    staemme = {name, *(name.removesuffix(e) for e in ("ien", "ia", "ei", "en", "a", "e", "o", "n"))}
    staemme |= {s[:-4] + "länd" for s in staemme if s.endswith("land")}
    return {name} | {s + f + e for s in staemme if len(s) >= 4 for f in FUGEN for e in ENDUNGEN}


def _lay_out(con: duckdb.DuckDBPyConnection, sammlung: Sammlung) -> None:
    tabellen = {"sdg.eigenname": _eigennamen()}
    for name, spalten in TABELLEN.items():
        werte = list(zip(*sammlung.zeilen[name], strict=True)) or [()] * len(spalten)
        felder = [pa.array(w, type=t) for w, t in zip(werte, spalten.values(), strict=True)]
        tabellen[f"sdg.{name}"] = pa.table(felder, names=list(spalten))
    lay_out(con, tabellen, ORDNER)


def _run_bounded(con: duckdb.DuckDBPyConnection, regel: CheckFile) -> list[Befund]:
    """The findings of one check, or that it took too long or too much memory: the others go on."""
    try:
        with interrupted_after(con, HOECHSTENS_SEKUNDEN):
            return list(_run(con, regel))
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as grund:
        zu_lang = isinstance(grund, duckdb.InterruptException)
        was = (
            f"nach {HOECHSTENS_SEKUNDEN:g} Sekunden nicht fertig"
            if zu_lang
            else f"mit {SPEICHER} Speicher nicht auszuführen"
        )
        return [
            Befund(Code.zu_gross, Schwere.warnung, "data", "",
                   f"die Prüfung »{regel.titel}« war {was} und ist unterblieben",
                   "ein Ordner, der sich damit prüfen lässt; bitte die Dateien in mehreren Ordnern prüfen")
        ]  # fmt: skip


def _run(con: duckdb.DuckDBPyConnection, regel: CheckFile) -> Iterator[Befund]:
    frage = con.execute(regel.text)
    namen = [d[0] for d in frage.description]
    befunde = [_befund(regel, dict(zip(namen, z, strict=True))) for z in frage.fetchall()]
    for _, gruppe in groupby(sorted(befunde, key=lambda b: (b.datei, b.zeilen[:1])), key=lambda b: b.datei):
        alle = list(gruppe)
        yield from alle[:BEFUNDE_JE_DATEI]
        if rest := alle[BEFUNDE_JE_DATEI:]:
            yield _vereinigt(rest)


def _befund(regel: CheckFile, zeile: dict[str, Any]) -> Befund:
    zeilen = tuple(sorted(set(zeile["zeilen"] or ())))
    feld = f", Feld {zeile['feld']}" if zeile.get("feld") else ""
    zellen = tuple(f"Zeile {z}{feld}" for z in zeilen[:ZEILEN_GENANNT])
    worte = word(regel.name, zeile)
    return Befund(
        CODES[regel.name], Schwere(zeile.get("schwere") or regel.schwere), zeile["datei"], _ort(zeilen) + feld,
        worte.was, worte.erwartet or regel.erwartet, anzahl=zeile.get("anzahl") or max(1, len(zeilen)),
        zeilen=zeilen, zellen=zellen, vorschlag=worte.vorschlag,
    )  # fmt: skip


def _ort(zeilen: tuple[int, ...]) -> str:
    mehr = " …" if len(zeilen) > ZEILEN_GENANNT else ""
    wort = "Zeile " if len(zeilen) == 1 else "Zeilen " if zeilen else ""
    return wort + ", ".join(map(str, zeilen[:ZEILEN_GENANNT])) + mehr


def _vereinigt(befunde: list[Befund]) -> Befund:
    if len(befunde) == 1:
        return befunde[0]
    zeilen = tuple(sorted({z for b in befunde for z in b.zeilen}))
    zellen = tuple(z for b in befunde for z in b.zellen)[:ZEILEN_GENANNT]
    schwere = min((b.schwere for b in befunde), key=list(Schwere).index)
    was = f"{len(befunde)} weitere Fälle derselben Art, der erste: {befunde[0].was}"
    anzahl = sum(b.anzahl for b in befunde)
    return replace(befunde[0], schwere=schwere, ort=_ort(zeilen), was=was, anzahl=anzahl, zeilen=zeilen, zellen=zellen,
                   vorschlag=None)  # fmt: skip
