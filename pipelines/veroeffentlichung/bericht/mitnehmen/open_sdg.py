"""A municipality's indicators in the form of an open indicator site (Open SDG): a CSV and a page of metadata for each.

Belongs here: that form. Does not belong here: which figure stands for a year (sql/queries/…/open_sdg.sql), writing the archive
(archive.py). A hidden figure has no row there: such sites take an empty value for nothing.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.numbers import GESCHLECHT_WORTE, alter_wort, datum, status_wort
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.staaten import load_names_of_states

ORDNER = "open_sdg"
JAHRESENDE = (12, 31)
# An empty cell of a breakdown is the total.
GLIEDERUNGEN = ("Gebiet", "Gruppe", "Geschlecht", "Alter")
EINHEITEN = {
    "anzahl": "Anzahl", "prozent": "Prozent", "promille": "je 1.000", "jahre": "Jahre", "verhaeltnis": "Verhältnis",
    "index": "Index", "punkte": "Prozentpunkte", "euro": "Euro", "quadratmeter": "m²", "je_100000": "je 100.000",
}  # fmt: skip


def build_open_sdg(con: duckdb.DuckDBPyConnection, kommune: str) -> Iterator[tuple[str, str]]:
    """(path in the archive, content) of each file; none where the municipality has no indicator."""
    staaten = load_names_of_states(con)
    alle = rows_of(con, "open_sdg", kommune=kommune)
    for _, gruppe in groupby(alle, key=lambda z: z["indikator"]):
        zeilen = list(gruppe)
        nummer = f"1-1-{zeilen[0]['nummer']}"  # goal, target, indicator: the catalogue is one goal with one target
        yield f"{ORDNER}/data/indicator_{nummer}.csv", _write_data(zeilen, staaten.heute)
        yield f"{ORDNER}/meta/{nummer}.md", _write_metadata(zeilen, nummer)


def _write_data(zeilen: Sequence[Zeile], staaten: Mapping[str, str]) -> str:
    """The figures; a breakdown that no row makes is no column."""
    werte = [_tell_breakdown(z, staaten) for z in zeilen]
    spalten = [i for i in range(len(GLIEDERUNGEN)) if any(w[i] for w in werte)]
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, lineterminator="\n")
    schreiber.writerow(["Year", *(GLIEDERUNGEN[i] for i in spalten), "GeoCode", "Units", "COMMENT_OBS", "Value"])
    for z, teile in zip(zeilen, werte, strict=True):
        schreiber.writerow([
            z["jahr"], *(teile[i] for i in spalten), z["gebiet_id"], EINHEITEN.get(z["einheit"], z["einheit"]), _tell_comment(z),
            _as_number(z["wert"]),
        ])  # fmt: skip
    return puffer.getvalue()


def _tell_breakdown(z: Zeile, staaten: Mapping[str, str]) -> tuple[str, ...]:
    return (
        "" if z["ist_kommune"] else z["gebiet"],
        "" if z["gruppe"] == INSGESAMT else worte.gruppe(z["gruppe"], staaten),
        "" if z["geschlecht"] == INSGESAMT else str(GESCHLECHT_WORTE.get(z["geschlecht"], z["geschlecht"])),
        "" if z["altersgruppe"] == INSGESAMT else alter_wort(z["altersgruppe"]),
    )


def _tell_comment(z: Zeile) -> str:
    """What a reader of the single figure must know."""
    tag: date = z["stichtag"]
    teile = [f"Stichtag {datum(tag)}"] if (tag.month, tag.day) != JAHRESENDE else []
    teile += [status_wort(z["status"])] if z["status"] != "ok" else []
    teile += ["Beispieldaten"] if z["beispieldaten"] else []
    return "; ".join(teile)


def _as_number(wert: float) -> str:
    return str(int(wert)) if wert == int(wert) else repr(wert)


def _write_metadata(zeilen: Sequence[Zeile], nummer: str) -> str:
    """Name, definition, unit and sources, as YAML between lines of dashes; in quotes, so that no sign means anything."""
    erste = zeilen[0]
    quellen = "; ".join(dict.fromkeys(z["herkunft"] for z in zeilen if z["herkunft"]))
    angaben: dict[str, Any] = {
        "indicator_number": nummer.replace("-", "."), "indicator_name": erste["name"], "graph_title": erste["name"],
        "graph_type": "line", "computation_units": EINHEITEN.get(erste["einheit"], erste["einheit"]),
        "national_indicator_description": erste["definition"], "source_organisation_1": quellen or "nicht genannt",
        "data_footnote": "Beispieldaten" if any(z["beispieldaten"] for z in zeilen) else "",
    }  # fmt: skip
    kopf = "".join(f"{k}: {_as_yaml(v)}\n" for k, v in angaben.items() if v)
    return f"---\n{kopf}---\n"


def _as_yaml(text: str) -> str:
    return '"' + " ".join(str(text).split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
