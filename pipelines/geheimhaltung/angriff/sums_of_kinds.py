"""Small sums of kinds that nobody prints and everybody can work out from what is shown.

Belongs here: which kinds shown counts rule out, which sums of the others have one value only. A kind is ruled out if no table of
persons by kinds that fits what is shown has anybody of it; then a sum has one value exactly where it is a combination of shown
counts. Does not belong here: what kinds there are and what is a sum of them (arten.py).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

import numpy as np
from scipy import sparse

from pipelines.geheimhaltung.angriff.system import Unvereinbar

EPS = 1e-6
RANK = 1e-10  # of the largest: shown counts that follow from others are no further ones
WENIG = 1e-3  # of a person: what each kind is raised by, so that small counts hold all of them at once
K = TypeVar("K", bound=Hashable)


class ShownSums(Generic[K]):
    """What a place shows of all these kinds: `gezeigt` are kinds and the count of all of them."""

    def __init__(self, kinds: Iterable[K], gezeigt: Sequence[tuple[Iterable[K], float]]) -> None:
        self.zeilen = [(frozenset(teile), wert) for teile, wert in gezeigt]
        niemand = frozenset[K]().union(*(teile for teile, wert in self.zeilen if wert == 0))
        alle = sorted(frozenset(kinds) - niemand, key=repr)
        self.moeglich = self._find_possible(alle)
        self.stelle: Mapping[K, int] = {k: n for n, k in enumerate(self.moeglich)}
        self.matrix = np.zeros((len(self.zeilen), len(self.moeglich)))
        for n, (kinds, _) in enumerate(self.zeilen):
            self.matrix[n, [self.stelle[k] for k in kinds if k in self.stelle]] = 1.0
        self.werte = np.array([wert for _, wert in self.zeilen])

    def _find_possible(self, alle: list[K]) -> list[K]:
        """Raise as many kinds as can be raised at once, then as many of the rest, until none is left that can."""
        from scipy.optimize import linprog  # of use in a build only, and slow to load

        stelle = {k: n for n, k in enumerate(alle)}
        gleich = np.zeros((len(self.zeilen), 2 * len(alle)))
        for n, (teile, _) in enumerate(self.zeilen):
            gleich[n, [stelle[k] for k in teile if k in stelle]] = 1.0
        # A second unknown of each kind: at most a part of a person, and at most as many as there are.
        hoechstens = sparse.hstack([-sparse.identity(len(alle)), sparse.identity(len(alle))])
        bounds = [(0, None)] * len(alle) + [(0, WENIG)] * len(alle)
        offen = np.ones(len(alle), dtype=bool)
        while offen.any():
            loesung = linprog(
                np.concatenate([np.zeros(len(alle)), -offen.astype(float)]), A_ub=hoechstens, b_ub=np.zeros(len(alle)),
                A_eq=sparse.csr_matrix(gleich), b_eq=[wert for _, wert in self.zeilen], bounds=bounds, method="highs",
            )  # fmt: skip
            if not loesung.success:
                raise Unvereinbar("Personenarten gehen nicht auf")
            gehoben = offen & (loesung.x[len(alle) :] > WENIG / 100)
            if not gehoben.any():
                break
            offen &= ~gehoben
        return [k for k, zu in zip(alle, offen, strict=True) if not zu]

    def find_small(self, mengen: Mapping[str, Iterable[K]], schwelle: int) -> dict[str, int]:
        """Name → count of those sets that follow from what is shown and are small."""
        if not self.moeglich or not self.zeilen:
            return {}
        from scipy.linalg import qr, solve_triangular  # as above

        # Shown counts that follow from others last; what is left of a set beside their span says whether it follows from them.
        basis, dreieck, folge = qr(self.matrix.T, mode="economic", pivoting=True)
        diagonale = np.abs(np.diag(dreieck))
        rang = int((diagonale > RANK * diagonale[0]).sum())
        basis, spalten = basis[:, :rang], self._as_columns(mengen)
        anteile = basis.T @ spalten
        folgt = np.flatnonzero(np.abs(basis @ anteile - spalten).max(axis=0) < EPS)
        nach = solve_triangular(dreieck[:rang, :rang], anteile[:, folgt])
        werte = self.werte[folge[:rang]] @ nach
        namen = list(mengen)
        return {
            namen[n]: round(float(wert)) for n, wert in zip(folgt, werte, strict=True) if 0.5 < wert < schwelle - 0.5
        }

    def _as_columns(self, mengen: Mapping[str, Iterable[K]]) -> np.ndarray:
        spalten = np.zeros((len(self.moeglich), len(mengen)))
        for m, kinds in enumerate(mengen.values()):
            spalten[[self.stelle[k] for k in kinds if k in self.stelle], m] = 1.0
        return spalten
