"""Literal cells of a delivery, and running its checks over them.

`tafel` makes a sheet of areas (rows from 2) and columns (from B); a value is a number as printed with a decimal point, or a sign
without a number.

Belongs here: cells, a municipality and a layout around them, the one finding. Does not belong here: single checks
(sql/lieferungen).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pyarrow as pa

from pipelines.eingang.tabelle import checks as lieferungspruefung
from pipelines.eingang.tabelle.checks import (
    check_lieferung,
    leerer_bestand,
    load_lieferung_checks,
)
from pipelines.foundation.findings import Befund
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.kommune import Kommune, KommuneYaml
from pipelines.stamm.quellen.layout import Layout
from schemas.spalten.lieferung import MERKMALE
from schemas.tabellen.lieferung import GELESEN

TAG, VORTAG = date(2020, 12, 31), date(2019, 12, 31)
STADT = "05978024"
NAMEN = {"01": "Nord", "02": "Süd", "03": "Ost", "04": "West", "05": "Mitte", "06": "Hafen", STADT: "Lünen"}
EIGENE = {
    "kinder": {"titel": "Kinder", "einheit": "personen"},
    "quote_kita": {"titel": "Betreuungsquote", "einheit": "prozent"},
    "anteil_frauen": {"titel": "Frauenanteil", "einheit": "anteil"},
    "anteil_alter": {"titel": "Altersaufbau", "einheit": "prozent"},
}
VORGABEN: dict[str, Any] = {
    "kommune": "k", "quelle_id": "t", "stichtag": TAG, "groesse": "wert", "profil": "p", "geschlecht": "insgesamt",
    "altersgruppe": "insgesamt", "staat": "insgesamt", "gruppe": "insgesamt", "blatt": "T", "datei": "tabellen/t.xlsx",
    "datenstand": TAG, "lieferung_id": "l", "veroeffentlicht": True, "stellen": 0,
}  # fmt: skip
Zeile = dict[str, Any]
OHNE_ZAHL = (".", "...", "x", "/", "leer")


def zelle(gebiet: str, wert: object, merkmal: str = "einwohner", adresse: str = "B2", **mehr: Any) -> Zeile:
    """One figure as the reader gives it."""
    text = str(wert)
    zahl: dict[str, Any] = {"gedruckt": None, "wert": None, "kennzeichen": None}
    if text in OHNE_ZAHL:
        zahl["kennzeichen"] = text
    elif text == "-":
        zahl |= {"wert": 0.0, "kennzeichen": "-"}
    else:
        zahl |= {"wert": float(text), "gedruckt": text, "stellen": len(text.partition(".")[2])}
    einheit = EIGENE[merkmal]["einheit"] if merkmal in EIGENE else MERKMALE[merkmal][1]
    ort = {"zeile": int(adresse[1:]), "spalte_nr": ord(adresse[0]) - 64, "fundstelle": f"T!{adresse}"}
    eigen = {"gebiet_id": gebiet, "gebiet_text": NAMEN.get(gebiet, gebiet), "merkmal": merkmal, "wert_einheit": einheit}
    return VORGABEN | ort | eigen | zahl | mehr


def tafel(spalten: Mapping[str, Sequence[object]], gebiete: str = "01 02 03", ab: int = 2, **mehr: Any) -> list[Zeile]:
    """Cells of a sheet: column heads are `merkmal` or `merkmal geschlecht=m …`, one value an area."""
    zeilen = []
    for nummer, (kopf, werte) in enumerate(spalten.items()):
        merkmal, *dimensionen = kopf.split()
        fest = dict(d.split("=") for d in dimensionen)
        for z, (gebiet, wert) in enumerate(zip(gebiete.split(), werte, strict=True), start=ab):
            if wert is not None:
                zeilen.append(zelle(gebiet, wert, merkmal, f"{chr(66 + nummer)}{z}", **fest, **mehr))
    return zeilen


def gebiete(*ids: str, **ebenen: str) -> tuple[Gebiet, ...]:
    """Areas of the town: districts 01 … below it, or what the arguments say (id=level:parent)."""
    stadt = [Gebiet(STADT, "Lünen", "gemeinde", "05978", "2021", None, None)]
    teile = [Gebiet(i, NAMEN.get(i, i), "stadtteil", STADT, "2021", None, None) for i in ids]
    for i, lage in ebenen.items():
        ebene, oben = lage.split(":")
        teile.append(Gebiet(i, i, ebene, oben, "2021", None, None))
    return (*stadt, *teile, Gebiet("unbekannt", "unbekannt", "sonstige", STADT, "2021", None, None))


def kommune(orte: tuple[Gebiet, ...]) -> Kommune:
    angaben = KommuneYaml.model_validate(
        {"kommune": "k", "name": "Lünen", "ags": STADT, "land": "NRW", "profile": ["p"], "quellen": {},
         "veroeffentlichung": {"stichtage": ["*-12-31"]}, "schutz": {"begruendung": "Test"}}
    )  # fmt: skip
    return Kommune(Path("k"), angaben, orte)


def layout(**mehr: Any) -> Layout:
    grund = {"id": "t", "titel": "T", "herkunft": "h", "lizenz": "l", "datei": "t_{stichtag}.xlsx", "profil": "p",
             "spalten": {"gebiet": "G", "einwohner": "E"}, "merkmale": EIGENE}  # fmt: skip
    return Layout.model_validate(grund | mehr)


def tabelle(zeilen: list[Zeile]) -> pa.Table:
    return pa.Table.from_pylist([{f.name: z.get(f.name) for f in GELESEN} for z in zeilen], schema=GELESEN)


class Pruefer:
    """Runs checks over literal rows: all of them, or the one named `nur`."""

    def __init__(self, con: duckdb.DuckDBPyConnection):
        self.con = con

    def __call__(
        self, zeilen: list[Zeile], bestand: list[Zeile] | None = None, orte: tuple[Gebiet, ...] = (),
        nur: str | None = None, **mehr: Any,
    ) -> dict[str, list[Befund]]:  # fmt: skip
        alt = tabelle(bestand) if bestand else leerer_bestand()
        ort = kommune(orte) if orte else None
        gewaehlt = tuple(p for p in load_lieferung_checks() if nur in (None, p.name))
        with patch.object(lieferungspruefung, "load_lieferung_checks", lambda: gewaehlt):
            alle = check_lieferung(self.con, ort, layout(**mehr), tabelle(zeilen), alt, "tabellen/t.xlsx", STADT)
        return {name: funde for name, funde in alle.items() if funde}

    def fund(self, name: str, *args: Any, **mehr: Any) -> Befund:
        """The one finding of this check."""
        gefunden = self(*args, **{**mehr, "nur": name})
        assert list(gefunden) == [name], {n: [b.text() for b in f] for n, f in gefunden.items()}
        assert len(gefunden[name]) == 1, [b.text() for b in gefunden[name]]
        return gefunden[name][0]

    def says_nothing(self, *args: Any, **mehr: Any) -> None:
        gefunden = self(*args, **mehr)
        assert gefunden == {}, {n: [b.text() for b in f] for n, f in gefunden.items()}


def holds(b: Befund, *worte: str) -> None:
    for wort in worte:
        assert wort in b.was, b.text()


def zellen(b: Befund) -> list[str]:
    return [z.removeprefix("T!") for z in b.zellen]


DREI = "01 02 03 " + STADT


ALT: dict[str, Any] = {"stichtag": VORTAG, "datenstand": VORTAG, "datei": "tabellen/alt.xlsx"}


FUENF = "01 02 03 04 05"
