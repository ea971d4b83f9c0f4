"""Least and most of a count over every table that fits, by linear programs (HiGHS, one thread, fixed seed).

Belongs here: the model of what is still open, certificates from solutions already found. Two solutions that differ enough in a
cell prove that it cannot be found out, so most cells need no program of their own.
"""

import time
from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from pipelines.foundation.solver import create_solver, run
from pipelines.geheimhaltung.angriff.system import EPS, INF, Matrix

SAAT = 14
ZUFALLSLAEUFE = 6  # and one more for every ten targets, at most 40


@dataclass
class Aufwand:
    """How much work it was: programs solved, cells proved by solutions of others, cells left when the time was over."""

    lps: int = 0
    belegt: int = 0
    offen: list[int] = field(default_factory=list)


def solve(m: Matrix, breiten: dict[int, float], sekunden: float) -> Aufwand:
    """Narrow the bounds of the targets (unknown → width that is enough) as far as a linear program can."""
    aufwand = Aufwand()
    ende = time.process_time() + sekunden
    for komponente in _komponenten(m, breiten):
        _Komponente(m, *komponente).work(breiten, aufwand, ende)
    return aufwand


def _komponenten(m: Matrix, breiten: dict[int, float]) -> list[tuple[np.ndarray, np.ndarray, sparse.csr_matrix]]:
    """Unknowns and rows that hang together and can still bind, the smallest first; only those with a target."""
    frei = m.U - m.L > EPS
    a, spalten, zeilen = m.M.data, m.M.indices, m.M.shape[0]
    unten = np.bincount(m.zeile_von, np.where(a > 0, a * m.L[spalten], a * m.U[spalten]), zeilen)
    oben = np.bincount(m.zeile_von, np.where(a > 0, a * m.U[spalten], a * m.L[spalten]), zeilen)
    offen = np.bincount(m.zeile_von, frei[spalten], zeilen)
    bindet = (offen > 0) & ~m.frei & ((unten < m.unten - 1e-6) | (oben > m.oben + 1e-6))
    nummern, zeilennummern = np.flatnonzero(frei), np.flatnonzero(bindet)
    A = m.M[zeilennummern][:, nummern].tocsr()
    if not len(nummern):
        return []
    graph = sparse.bmat([[None, A], [A.T, None]]) if A.shape[0] else sparse.csr_matrix((len(nummern),) * 2)
    _, marken = csgraph.connected_components(graph, directed=False)
    zeilenmarke, zahlmarke = marken[: A.shape[0]], marken[A.shape[0] :]
    stelle = {int(i): n for n, i in enumerate(nummern)}
    gefragt = sorted({int(zahlmarke[stelle[i]]) for i in breiten if i in stelle})
    ergebnis = []
    for marke in gefragt:
        innen, rang = np.flatnonzero(zahlmarke == marke), np.flatnonzero(zeilenmarke == marke)
        ergebnis.append((nummern[innen], zeilennummern[rang], A[rang][:, innen].tocsr()))
    return sorted(ergebnis, key=lambda k: len(k[0]))


class _Komponente:
    """One connected part of what is open."""

    def __init__(self, m: Matrix, zahlen: np.ndarray, zeilen: np.ndarray, A: sparse.csr_matrix) -> None:
        self.m, self.zahlen, self.zeilen, self.n = m, zahlen, zeilen, len(zahlen)
        self.stelle = {int(i): n for n, i in enumerate(zahlen)}
        fest = m.M[zeilen] @ np.where(m.U - m.L > EPS, 0.0, m.L)
        self.tief, self.hoch = np.full(self.n, INF), np.full(self.n, -INF)
        self.alle = np.arange(self.n, dtype=np.int32)
        self.leer = not len(zeilen)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.n, len(zeilen)
        lp.col_cost_ = np.zeros(self.n)
        lp.col_lower_, lp.col_upper_ = m.L[zahlen], m.U[zahlen]
        lp.row_lower_, lp.row_upper_ = m.unten[zeilen] - fest, m.oben[zeilen] - fest
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = A.indptr.astype(np.int32)
        lp.a_matrix_.index_ = A.indices.astype(np.int32)
        lp.a_matrix_.value_ = A.data
        self.h = create_solver(random_seed=SAAT, solver="simplex", simplex_strategy=4)
        self.h.passModel(lp)

    def compute(self, kosten: np.ndarray, aufwand: Aufwand) -> np.ndarray | None:
        """The cheapest table that fits; None if it has no end or none was found."""
        self.h.changeColsCost(self.n, self.alle, kosten)
        aufwand.lps += 1
        if run(self.h) != highspy.HighsModelStatus.kOptimal:
            return None
        x = np.array(self.h.getSolution().col_value)
        np.minimum(self.tief, x, out=self.tief)
        np.maximum(self.hoch, x, out=self.hoch)
        return x

    def work(self, breiten: dict[int, float], aufwand: Aufwand, ende: float) -> None:
        """Prove or narrow every target of this part."""
        ziele = [int(i) for i in self.zahlen if int(i) in breiten]
        if self.leer:
            aufwand.belegt += len(ziele)
            return
        stellen = np.array([self.stelle[i] for i in ziele])
        zufall = np.random.default_rng(SAAT)
        for _ in range(ZUFALLSLAEUFE + min(40, len(ziele) // 10)):
            offen = [s for i, s in zip(ziele, stellen, strict=True) if not self._belegt(i, breiten[i])]
            if not offen or time.process_time() > ende:
                break
            kosten = np.zeros(self.n)
            kosten[offen] = zufall.choice([-1.0, 1.0], len(offen))
            self.compute(kosten, aufwand)
        for i in sorted(ziele, key=lambda i: (self.tief[self.stelle[i]] - self.hoch[self.stelle[i]], i)):
            if self._belegt(i, breiten[i]):
                aufwand.belegt += 1
            elif time.process_time() > ende:
                aufwand.offen.append(i)
            else:
                self._grenzen(i, breiten[i], aufwand)

    def _belegt(self, i: int, breite: float) -> bool:
        s = self.stelle[i]
        return bool(self.hoch[s] - self.tief[s] >= breite - 1e-6)

    def _grenzen(self, i: int, breite: float, aufwand: Aufwand) -> None:
        s, m = self.stelle[i], self.m
        kosten = np.zeros(self.n)
        kosten[s] = 1.0
        for vorzeichen in (1.0, -1.0):
            x = self.compute(vorzeichen * kosten, aufwand)
            if self._belegt(i, breite):
                aufwand.belegt += 1
                return
            if x is None:
                if self.h.getModelStatus() != highspy.HighsModelStatus.kUnbounded:
                    aufwand.offen.append(i)
                    return
                continue
            m.herkunft[i] = self._gruende(m.herkunft.get(i, ""))
            if vorzeichen > 0:
                m.L[i] = max(m.L[i], np.ceil(x[s] - 1e-5) if m.ganz[i] else x[s])
            else:
                m.U[i] = min(m.U[i], np.floor(x[s] + 1e-5) if m.ganz[i] else x[s])

    def _gruende(self, bisher: str) -> str:
        """Names of the rows that hold the last bound (those with a price)."""
        preise = np.abs(np.array(self.h.getSolution().row_dual)) > 1e-7
        namen = dict.fromkeys(self.m.s.zeilen[z][3] for z in self.zeilen[preise])
        return "; ".join(dict.fromkeys([*(bisher.split("; ") if bisher else []), *namen]))
