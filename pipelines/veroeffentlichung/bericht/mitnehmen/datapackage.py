"""The description of the archive for machines: Frictionless Data Package, made of the vocabulary.

Belongs here: datapackage.json. Does not belong here: the files it describes (archive.py).
"""

import re
from collections.abc import Sequence
from typing import Any

from pipelines.veroeffentlichung.bericht.content import Zeile
from schemas.model import Spalte, Tabelle

TRENNER, DEZIMAL, LISTE = ";", ",", "|"
PROFIL = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPEN = {
    "VARCHAR": "string", "BIGINT": "integer", "INTEGER": "integer", "DOUBLE": "number", "DATE": "date", "BOOLEAN": "boolean",
    "TIMESTAMP": "datetime",
}  # fmt: skip


def path_of(t: Tabelle) -> str:
    return f"daten/{t.schema}_{t.name}.csv"


def path_as_parquet(t: Tabelle) -> str:
    return f"daten_parquet/{t.schema}_{t.name}.parquet"


def _field(t: Tabelle, s: Spalte) -> dict[str, Any]:
    """A column: type, words, what may stand in it."""
    einheit = f" Einheit: {s.einheit}." if s.einheit else ""
    liste = f" Mehrere Werte sind durch »{LISTE}« getrennt." if s.typ.endswith("[]") else ""
    feld: dict[str, Any] = {
        "name": s.name, "type": TYPEN.get(s.typ, "string"), "title": s.titel, "description": f"{s.beschreibung}{einheit}{liste}",
    }  # fmt: skip
    if s.typ == "DOUBLE":
        feld["decimalChar"] = DEZIMAL
    if s.typ == "TIMESTAMP":
        feld["format"] = "any"
    regeln: dict[str, Any] = {}
    # A text may be there and empty; in a CSV that looks like one that is not.
    if s.name in t.schluessel or (s.name not in t.leer_erlaubt and s.typ in TYPEN and s.typ != "VARCHAR"):
        regeln["required"] = True
    if s.werte and not s.typ.endswith("[]"):
        regeln["enum"] = list(s.werte)
    return feld | ({"constraints": regeln} if regeln else {})


def resource(t: Tabelle, zeilen: int) -> dict[str, Any]:
    return {
        "name": f"{t.schema}-{t.name}".replace("_", "-"), "title": t.titel, "description": t.kommentar(), "path": path_of(t),
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "profile": "tabular-data-resource",
        "dialect": {"delimiter": TRENNER}, "rowcount": zeilen,
        "schema": {"fields": [_field(t, s) for s in t.spalten], "primaryKey": list(t.schluessel), "missingValues": [""]},
    }  # fmt: skip


def resource_as_parquet(t: Tabelle) -> dict[str, Any]:
    """The same rows as Parquet: types and meanings stand in the file itself."""
    return {
        "name": f"{t.schema}-{t.name}-parquet".replace("_", "-"), "type": "file", "title": f"{t.titel} (Parquet)",
        "description": t.kommentar(), "path": path_as_parquet(t), "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }  # fmt: skip


def describe(
    kommune: Zeile, kennung: str | None, quellen: Sequence[str], tabellen: Sequence[tuple[Tabelle, int]]
) -> dict[str, Any]:
    """The whole description. `tabellen`: each with its number of rows."""
    return {
        "$schema": PROFIL,
        "name": "integrationsmonitoring-" + re.sub(r"[^a-z0-9._-]", "-", str(kommune["kommune"]).lower()),
        "title": f"Integrationsmonitoring {kommune['name']}",
        "description": "Alle veröffentlichten Tabellen. Geschützte und fehlende Werte sind leer; status und hinweise nennen den "
        "Grund.",
        "version": kennung or "0",
        **({"sources": [{"title": q} for q in quellen]} if quellen else {}),
        "resources": [*(resource(t, n) for t, n in tabellen), *(resource_as_parquet(t) for t, _ in tabellen)],
    }
