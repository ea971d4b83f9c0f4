"""An attacker for the benchmark: knows what is printed, subtracts first and solves linear programs for a sample of the rest.

Belongs here: attacking a family with a pattern of hidden cells. The attacker of the tests is another
(unit/geheimhaltung/test_stufen.py).
"""

from collections import defaultdict, deque
from typing import NamedTuple

import highspy
import numpy as np

from pipelines.foundation.solver import create_solver, run
from pipelines.geheimhaltung.system import Tafel

STICHPROBE = 300


class Befund(NamedTuple):
    """Cells to be protected; how many of them subtraction gives exactly; of `geloest` others how many are found or too narrow."""

    zu_schuetzen: int
    abgezogen: int
    geloest: int
    exakt: int
    eng: int


def attack(t: Tafel, geheim: set[int], schwelle: int, stichprobe: int = STICHPROBE) -> Befund:
    """Attack every small count that is not printed by the town itself, and every hidden cell."""
    klein = {i for i, w in enumerate(t.wert) if t.schuetzen[i] and 0 < w < schwelle}
    ziele = sorted((klein | geheim) - t.bekannt)
    offen = _abgezogen(
        t, {i for i in range(len(t.wert)) if i not in t.bekannt and (i in geheim or not t.oeffentlich[i])}
    )
    uebrig = [i for i in ziele if i in offen]
    probe = uebrig[:: max(1, -(-len(uebrig) // stichprobe))]
    breiten = _breiten(t, sorted(offen), geheim, probe)
    return Befund(
        len(ziele),
        len(ziele) - len(uebrig),
        len(probe),
        sum(b < 1e-6 for b in breiten),
        sum(b < 4 - 1e-6 for b in breiten),
    )


def _abgezogen(t: Tafel, offen: set[int]) -> set[int]:
    """What is left unknown after every equation with one unknown has been solved, again and again."""
    je_zelle: dict[int, list[int]] = defaultdict(list)
    zahl: dict[int, int] = {}
    for g, (glieder, unten) in enumerate(t.gleichungen):
        if unten == 0:
            unbekannt = [i for i in glieder if i in offen]
            zahl[g] = len(unbekannt)
            for i in unbekannt:
                je_zelle[i].append(g)
    warten = deque(g for g, n in zahl.items() if n == 1)
    while warten:
        g = warten.popleft()
        for i in [i for i in t.gleichungen[g].glieder if i in offen]:
            offen.discard(i)
            for h in je_zelle[i]:
                zahl[h] -= 1
                if zahl[h] == 1:
                    warten.append(h)
    return offen


def _breiten(t: Tafel, zellen: list[int], geheim: set[int], ziele: list[int]) -> list[float]:
    """Width of the interval of each cell, by two linear programs."""
    if not ziele:
        return []
    stelle = {i: n for n, i in enumerate(zellen)}
    h = create_solver()
    lp = highspy.HighsLp()
    lp.num_col_ = len(zellen)
    lp.col_cost_ = np.zeros(len(zellen))
    lp.col_lower_ = np.array([1.0 if i in geheim and i not in t.kleine_zeile else 0.0 for i in zellen])
    lp.col_upper_ = np.full(len(zellen), 1e7)
    starts: list[int] = [0]
    index: list[int] = []
    werte: list[float] = []
    unten: list[float] = []
    oben: list[float] = []
    for glieder, lo in t.gleichungen:
        innen = [(stelle[i], f) for i, f in glieder.items() if i in stelle]
        if not innen:
            continue
        fest = sum(f * t.wert[i] for i, f in glieder.items() if i not in stelle)
        index += [n for n, _ in innen]
        werte += [f for _, f in innen]
        starts.append(len(index))
        unten.append(-fest if lo == 0 else -highspy.kHighsInf)
        oben.append(-fest)
    lp.num_row_ = len(unten)
    lp.row_lower_, lp.row_upper_ = np.array(unten), np.array(oben)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(werte)
    h.passModel(lp)
    breiten = []
    for i in ziele:
        enden = []
        for vorzeichen in (1.0, -1.0):
            h.changeColCost(stelle[i], vorzeichen)
            assert run(h) == highspy.HighsModelStatus.kOptimal
            enden.append(vorzeichen * h.getInfo().objective_function_value)
        h.changeColCost(stelle[i], 0.0)
        breiten.append(enden[1] - enden[0])
    return breiten
