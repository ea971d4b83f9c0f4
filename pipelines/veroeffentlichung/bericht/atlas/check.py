"""The finished atlas read back: every number embedded in it is one of the published file, with the text that belongs to it.

Belongs here: comparing page and file. Does not belong here: what is embedded (data.py). Nothing of data.py is used: the page is
read as its script reads it.
"""

import json
import re
from html import unescape
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl

DATEN = re.compile(r'<script type="application/json" id="daten">(.*?)</script>', re.DOTALL)
ZAHL = re.compile(r"−?\d[\d.]*(?:,\d+)?")
SCHLUESSEL = ("indikator", "profil", "gruppe", "geschlecht", "altersgruppe")


def read_embedded(text: str) -> dict[str, Any]:
    """The data of an atlas page, as its script reads them."""
    treffer = DATEN.search(text)
    if treffer is None:
        raise FremdeZahl("Atlas ohne Daten")
    daten: dict[str, Any] = json.loads(unescape(treffer[1]))
    return daten


def says(text: str, zahl: float) -> bool:
    """Whether a German text says the number, rounded to the places it has."""
    treffer = ZAHL.search(text)
    if treffer is None:
        return False
    gesagt = treffer[0].replace("−", "-").replace(".", "")
    stellen = len(gesagt.partition(",")[2])
    return bool(abs(float(gesagt.replace(",", ".")) - zahl) <= 0.5 / 10**stellen + 1e-9)


def check_atlas(text: str, con: duckdb.DuckDBPyConnection, kommune: str) -> int:
    """Compare every embedded value with marts.indikator_zeitreihe; returns how many there are.

    Raises: FremdeZahl for the first that the file does not have so; the text names its series, never the figure.
    """
    daten = read_embedded(text)
    (ags,) = con.execute("select ags from dim.kommune where kommune = ?", [kommune]).fetchall()[0]
    spalten = ", ".join(SCHLUESSEL)
    zeilen = con.execute(
        f"select {spalten}, gebiet_id, stichtag::varchar, wert from marts.indikator_zeitreihe where kommune = ?",
        [kommune],
    ).fetchall()
    datei: dict[tuple[Any, ...], list[float | None]] = {}
    for *stelle_der_zeile, wert in zeilen:
        datei.setdefault(tuple(stelle_der_zeile), []).append(wert)
    anzahl = 0
    for r in daten["reihen"]:
        if r["neuester"]:
            tag, *neuester = r["neuester"]
            stelle = (*(r[s] for s in SCHLUESSEL), ags, tag)
            if not any(_fits(neuester, wert) for wert in datei.get(stelle, ())):
                raise FremdeZahl(f"Atlas, {' / '.join(map(str, stelle))}: so nicht in der veröffentlichten Datei")
        for gebiet, werte in r["werte"].items():
            for tag, w in zip(r["tage"], werte, strict=True):
                if w is None:
                    continue
                stelle = (*(r[s] for s in SCHLUESSEL), ags if gebiet == "stadt" else gebiet, tag)
                if not any(_fits(w, wert) for wert in datei.get(stelle, ())):
                    raise FremdeZahl(f"Atlas, {' / '.join(map(str, stelle))}: so nicht in der veröffentlichten Datei")
                anzahl += 1
    return anzahl


def _fits(w: list[Any], wert: float | None) -> bool:
    zahl, text = w[0], w[1]
    if wert is None:
        return zahl is None and ZAHL.search(text) is None
    return bool(zahl == wert) and says(text, wert)
