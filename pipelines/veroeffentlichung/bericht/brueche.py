"""Where a time series of the share with Migrationshintergrund must not be read on: the breaks that the indicator table respects.

Belongs here: finding them in the published file and cutting a line at them. Does not belong here: what a break is
(sql/marts/indikatoren/indikator_zeitreihe.sql), how it is drawn (bar_figure.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile, Zeitreihe
from pipelines.veroeffentlichung.bericht.herkunft import spalten
from pipelines.veroeffentlichung.bericht.indikatoren.words import GRUENDE
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.query import rows_of


@dataclass(frozen=True)
class SeriesBreak:
    """The first day of a new stretch and why it is one, in words."""

    tag: date
    grund: str


Brueche = Mapping[str, Sequence[SeriesBreak]]


def load_brueche(con: duckdb.DuckDBPyConnection, kommune: Zeile) -> dict[str, list[SeriesBreak]]:
    """Profile → its breaks in the order of time, for the share with MH of the whole municipality (a row of dim.kommune)."""
    if not spalten(con, "marts.indikator_zeitreihe"):
        return {}
    zeilen = rows_of(con, "brueche", kommune=kommune["kommune"], ags=kommune["ags"])
    brueche: dict[str, list[SeriesBreak]] = {}
    for z in zeilen:
        wort, text = GRUENDE.get(z["abschnitt_grund"], str(z["abschnitt_grund"])), z["bruch_text"]
        brueche.setdefault(z["profil"], []).append(SeriesBreak(z["stichtag"], f"{wort}: {text}" if text else wort))
    return brueche


def _zwischen(reihe: Zeitreihe, brueche: Brueche, von: Zeile, bis: Zeile) -> SeriesBreak | None:
    """The break after one row and up to the next, from the indicator table or the row's own status."""
    gefunden = [b for b in brueche.get(reihe.definition.profil, ()) if von["stichtag"] < b.tag <= bis["stichtag"]]
    if gefunden:
        return gefunden[-1]
    if "bruch" in (bis["status"], *(bis["hinweise"] or [])):
        return SeriesBreak(bis["stichtag"], GRUENDE["bruch"])
    return None


def abschnitte(reihe: Zeitreihe, brueche: Brueche) -> list[tuple[SeriesBreak | None, list[Zeile]]]:
    """The stretches of a line, each with the break it begins with (None for the first)."""
    fertig: list[tuple[SeriesBreak | None, list[Zeile]]] = []
    for i, z in enumerate(reihe.zeilen):
        bruch = _zwischen(reihe, brueche, reihe.zeilen[i - 1], z) if i else None
        if i == 0 or bruch:
            fertig.append((bruch, []))
        fertig[-1][1].append(z)
    return fertig


def bruchsaetze(reihen: Sequence[Zeitreihe], brueche: Brueche) -> tuple[str, ...]:
    """One sentence for each break within the lines, with the lines it concerns."""
    je: dict[tuple[date, str], list[str]] = {}
    for r in reihen:
        for bruch, zeilen in abschnitte(r, brueche):
            if bruch:
                je.setdefault((zeilen[0]["stichtag"], bruch.grund.rstrip(".")), []).append(r.name)
    return tuple(
        f"Ab {datum(tag)} nicht mit früheren Werten vergleichbar ({', '.join(namen)}): {grund}."
        for (tag, grund), namen in sorted(je.items())
    )
