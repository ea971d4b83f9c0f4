"""The series of a municipality as a whole, from the published file.

Belongs here: the rows of a series, its trend, which definition is shown first, the key of its comparison group. Does not
belong here: which series have a row of their own (section.py) and what that says (entry.py).
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import INSGESAMT, Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import (
    Indikatorreihe,
    Schluessel,
)
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen

REIHE = ("indikator", "profil", "gruppe", "altersgruppe")


def _gebietszahlen(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[tuple[str, Any], int]:
    """(profile, day) → areas an index of segregation stands on."""
    return {
        (z["profil"], z["stichtag"]): int(z["n"])
        for z in zeilen(
            con, "select profil, stichtag, max(anzahl_gebiete) as n from marts.segregation where kommune = ? group by all",
            kommune,
        )
    }  # fmt: skip


def load_reihen(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, definitionen: Sequence[Definition]
) -> list[Indikatorreihe]:
    """All series of the municipality as a whole, in the order of the catalogue; `main`: of the definition shown first."""
    alle = rows_of(con, "indikatorreihen", kommune=kommune["kommune"], ags=kommune["ags"])
    trends = zeilen(
        con,
        f"from marts.indikator_trend where kommune = ? and gebiet_id = ? and geschlecht = '{INSGESAMT}'",
        kommune["kommune"], kommune["ags"],
    )  # fmt: skip
    trend = {tuple(t[s] for s in REIHE): t for t in trends}
    gebiete = _gebietszahlen(con, kommune["kommune"])
    for z in alle:
        z["anzahl_gebiete"] = (
            gebiete.get((z["profil"], z["stichtag"])) if z["herleitung"] == worte.SEGREGATION else None
        )
    gesamt: dict[Schluessel, list[Zeile]] = {}
    geschlechter: dict[Schluessel, dict[tuple[str, Any], Zeile]] = {}
    for z in alle:
        schluessel = tuple(str(z[s]) for s in REIHE)
        if z["geschlecht"] == INSGESAMT:
            gesamt.setdefault(schluessel, []).append(z)
        else:
            geschlechter.setdefault(schluessel, {})[(z["geschlecht"], z["zeitraum"])] = z
    folge = {d.profil: i for i, d in enumerate(definitionen)}
    benannt = {d.profil: d for d in definitionen}
    erste: dict[Schluessel, str] = {}
    for indikator, profil, gruppe, alter in gesamt:
        bisher = erste.get((indikator, gruppe, alter))
        if bisher is None or (folge.get(profil, 99), profil) < (folge.get(bisher, 99), bisher):
            erste[(indikator, gruppe, alter)] = profil
    return [
        Indikatorreihe(
            s, z, geschlechter.get(s, {}), trend.get(s), benannt.get(s[1]), erste[(s[0], s[2], s[3])] == s[1]
        )
        for s, z in gesamt.items()
    ]


def partnerschluessel(r: Indikatorreihe) -> Schluessel:
    """Key of the series of the comparison group, whether there is one or not."""
    indikator, profil, _, alter = r.schluessel
    return (indikator, profil, r.letzte["vergleichsgruppe"] or "", alter)
