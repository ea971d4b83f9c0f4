"""Rounding and Cell-Key in place of hiding: what of each count may be shown.

Belongs here: the methods a municipality may choose (schutz.verfahren), one for its whole family. Suppression is in choose.py.
Printed counts stay exact under every method: they anchor the sums of rounded and perturbed counts around them, which lets an
attacker narrow those; the handbook says so.
"""

from datetime import date
from typing import NamedTuple

import duckdb

from pipelines.foundation.storage import Ablage, execute, sql
from pipelines.geheimhaltung.cell_keys import read_cell_keys, schluessel_der_zellen
from pipelines.geheimhaltung.perturbation import perturb
from pipelines.geheimhaltung.system import Schluessel, Tafel
from pipelines.stamm.schutz import CELLKEY, RUNDUNG, SPERRUNG


class Verfahren(NamedTuple):
    """The chosen method with its parameters; `schluessel` only under Cell-Key."""

    name: str
    rundung: int
    hoechstfehler: int
    varianz: float
    schluessel: dict[tuple[date, Schluessel], int]


def read_method(ablage: Ablage, con: duckdb.DuckDBPyConnection) -> dict[str, Verfahren]:
    """Municipality → method."""
    return {
        kommune: Verfahren(name, rundung, fehler, varianz, read_cell_keys(ablage, kommune) if name == CELLKEY else {})
        for kommune, name, rundung, fehler, varianz in execute(con, sql("queries/geheimhaltung/verfahren"))
    }


def auf_vielfaches(anzahl: int, basis: int) -> int:
    """The nearest multiple; halves go up."""
    return (anzahl + basis // 2) // basis * basis


def _printed(t: Tafel) -> set[int]:
    """Cells whose count is printed, and the same count under another name: all inhabitants of a table of nationalities."""
    gleiche: dict[int, list[int]] = {}
    for g in t.gleichungen:
        if g.unten == 0 and sorted(g.glieder.values()) == [-1.0, 1.0]:
            links, rechts = g.glieder
            gleiche.setdefault(links, []).append(rechts)
            gleiche.setdefault(rechts, []).append(links)
    gedruckt, offen = set(t.bekannt), list(t.bekannt)
    while offen:
        neue = set(gleiche.get(offen.pop(), ())) - gedruckt
        gedruckt |= neue
        offen += neue
    return gedruckt


def gezeigte(v: Verfahren, t: Tafel, stichtag: date) -> list[int]:
    """Of every cell the count that may be shown where the cell is not hidden."""
    if v.name == SPERRUNG:
        return list(t.wert)
    gedruckt = _printed(t)
    if v.name == RUNDUNG:
        return [w if i in gedruckt else auf_vielfaches(w, v.rundung) for i, w in enumerate(t.wert)]
    schluessel = schluessel_der_zellen(t, stichtag, v.schluessel)
    return [
        w if i in gedruckt or not w or not t.oeffentlich[i] else perturb(w, schluessel[i], v.hoechstfehler, v.varianz)
        for i, w in enumerate(t.wert)
    ]
