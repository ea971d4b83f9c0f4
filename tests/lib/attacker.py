"""An attacker for tests of the choice: knows what is shown and how counts add up, and tries everything.

Belongs here: least and most of a cell by linear programs, and by counting all tables where they are few. Shares nothing with the
choice but the table of cells (geheimhaltung/system.py), and nothing with the attack of the product.
"""

from collections.abc import Iterable

import highspy
import numpy as np

from pipelines.foundation.solver import create_solver, run
from pipelines.geheimhaltung.system import Tafel

Spannen = dict[int, tuple[int, int]]


def _grenzen(t: Tafel, geheim: set[int]) -> tuple[np.ndarray, np.ndarray]:
    """What is shown is known, what is hidden is at least 1 (zeros are printed), what nobody prints is at least 0."""
    unten, oben = np.zeros(len(t.wert)), np.full(len(t.wert), np.inf)
    for i, w in enumerate(t.wert):
        if t.oeffentlich[i] and i not in geheim:
            unten[i] = oben[i] = w
        elif t.oeffentlich[i] and i not in t.kleine_zeile:
            unten[i] = max(1.0, t.mindestens.get(i, 0))
    return unten, oben


def solve_spannen(t: Tafel, geheim: set[int], ziele: Iterable[int]) -> Spannen:
    """Least and most of each target over all tables that fit, whole numbers rounded inwards."""
    unten, oben = _grenzen(t, geheim)
    h = create_solver()
    for u, o in zip(unten, oben, strict=True):
        h.addVar(float(u), float(o))
    for glieder, lo in t.gleichungen:
        spalten = np.array(list(glieder), dtype=np.int32)
        h.addRow(lo, 0.0, len(spalten), spalten, np.array(list(glieder.values())))
    spannen = {}
    for i in ziele:
        werte = []
        for kosten in (1.0, -1.0):
            h.changeColCost(i, kosten)
            status = run(h)
            if status == highspy.HighsModelStatus.kInfeasible:
                raise AssertionError("the true table does not fit what is shown of it")
            grenzenlos = status in (
                highspy.HighsModelStatus.kUnbounded,
                highspy.HighsModelStatus.kUnboundedOrInfeasible,
            )
            # A solver that failed proves nothing.
            assert grenzenlos or status == highspy.HighsModelStatus.kOptimal, status
            werte.append(10**9 if grenzenlos else h.getSolution().col_value[i])
        h.changeColCost(i, 0.0)
        spannen[i] = (int(np.ceil(werte[0] - 1e-6)), int(np.floor(werte[1] + 1e-6)))
    return spannen


def count_out_spannen(t: Tafel, geheim: set[int], frei: list[int], hoechstens: int) -> Spannen:
    """The same by trying every value of the cells `frei` up to `hoechstens`; all others follow from them."""
    unten, oben = _grenzen(t, geheim)
    bereiche = [np.arange(int(unten[i]), hoechstens + 1) if i in geheim else np.array([t.wert[i]]) for i in frei]
    netz = np.meshgrid(*bereiche, indexing="ij")
    zahlen = {i: n.ravel().astype(float) for i, n in zip(frei, netz, strict=True)}
    fits = _resolve(t, zahlen)
    for i, werte in zahlen.items():
        fits &= (werte >= unten[i]) & (werte <= oben[i])
    return {i: (int(zahlen[i][fits].min()), int(zahlen[i][fits].max())) for i in geheim}


def _resolve(t: Tafel, zahlen: dict[int, np.ndarray]) -> np.ndarray:
    """Work out the sums of every candidate; which of them contradict nothing."""
    fits = np.ones(len(next(iter(zahlen.values()))), dtype=bool)
    offen = [g for g in t.gleichungen if g.unten == 0.0]
    while offen:
        weiter = []
        for g in offen:
            fehlt = [i for i in g.glieder if i not in zahlen]
            if len(fehlt) > 1:
                weiter.append(g)
                continue
            rest = -sum(f * zahlen[i] for i, f in g.glieder.items() if i in zahlen)
            if fehlt:
                zahlen[fehlt[0]] = rest / g.glieder[fehlt[0]]
            else:
                fits &= np.abs(rest) < 1e-9
        assert len(weiter) < len(offen), "the cells given do not determine the table"
        offen = weiter
    return fits
