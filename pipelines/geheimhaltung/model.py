"""The linear program of the choice: tables that fit everything shown, and how far cells move in them (HiGHS, one thread).

Belongs here: the model, the result of a choice, what was found so far. Does not belong here: which cells are hidden (choose.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from time import process_time
from typing import NamedTuple

import highspy
import numpy as np

from pipelines.foundation.solver import create_solver, run
from pipelines.geheimhaltung.system import Tafel, certain

SPIELRAUM = 10.0  # the attacker is assumed to expect at most this, or twice the true count
SOCKEL = 20.0  # a cell costs its count and this: few persons hidden before few cells
WINZIG = 0.05  # what differs at no cost makes tables that differ everywhere, and the simplex slow
GEBLIEBEN = 0.6  # what was hidden at the last Stichtag costs less: patterns that stay tell less
EPS = 1e-6
SCHRITTE = 1_000_000  # of the simplex method in one linear program; the largest town measured takes a few thousand


class TooSlow(Exception):
    """The choice was given up: it would have taken a night."""


@dataclass
class Wahl:
    """Result: what is hidden and why, what follows from printed figures alone, how much work it was."""

    primaer: set[int] = field(default_factory=set)
    sekundaer: set[int] = field(default_factory=set)
    ableitbar: set[int] = field(default_factory=set)
    lps: int = 0
    ohne_gehobene: int = 0  # cells that keep their distance only in tables that do not hold the zeros of small rows up

    @property
    def geheim(self) -> set[int]:
        return self.primaer | self.sekundaer


class Zeuge(NamedTuple):
    """A second table that fits everything shown: by how much its cells differ, and the directions it leans on."""

    abweichung: dict[int, float]
    richtungen: dict[int, float]


class Deviations:
    """Deviations from the true table: plus and minus of each cell that may differ, with all relations.

    `richtungen` are deviations of fixed cells that were found possible elsewhere: parts of them, together at most a whole one,
    may be used (a mixture of possible tables is a possible table).
    """

    def __init__(self, t: Tafel, abstand: float, richtungen: Sequence[dict[int, float]] = ()) -> None:
        self.t, self.abstand, self.richtungen = t, abstand, richtungen
        self.fest: dict[int, float] = {}  # columns with a lower bound of their own
        self.vorerst: list[int] = []  # cells held only as long as every other one can be protected beside them
        self.zellen = [i for i in range(len(t.wert)) if self._beweglich(i)]
        self.stelle = {i: n for n, i in enumerate(self.zellen)}
        self.n = len(self.zellen)
        self.h = create_solver(
            presolve="on", simplex_iteration_limit=SCHRITTE
        )  # warm starts alone took ten times as long
        self.oben = np.array([max(2 * t.wert[i], t.wert[i] + SPIELRAUM) - t.wert[i] for i in self.zellen])
        # Zeros are printed: what is hidden is at least 1. What nobody prints, and small rows, may be anything.
        self.unten = np.array([float(t.wert[i] - t.find_least(i)) for i in self.zellen])
        self._build()

    def _beweglich(self, i: int) -> bool:
        if i in self.t.bekannt:
            return False
        return not self.t.oeffentlich[i] or self.t.wert[i] > 0 or i in self.t.kleine_zeile

    def kosten(self, i: int, w: Wahl, leicht: set[int]) -> float:
        if not self.t.oeffentlich[i] or i in w.primaer or i in w.sekundaer:
            return WINZIG
        return (GEBLIEBEN if i in leicht else 1.0) * (SOCKEL + self.t.wert[i])

    def _build(self) -> None:
        je_zelle: dict[int, list[tuple[int, float]]] = {}
        for k, richtung in enumerate(self.richtungen):
            for i, d in richtung.items():
                je_zelle.setdefault(i, []).append((2 * self.n + k, d))
        starts: list[int] = [0]
        index: list[int] = []
        werte: list[float] = []
        unten: list[float] = []
        oben: list[float] = []
        for glieder, lo in self.t.gleichungen:
            reihe: dict[int, float] = {}
            for i, f in glieder.items():
                if (n := self.stelle.get(i)) is not None:
                    reihe[n], reihe[self.n + n] = f, -f
                for spalte, d in je_zelle.get(i, ()):
                    reihe[spalte] = reihe.get(spalte, 0.0) + f * d
            if not reihe:
                continue
            ist = sum(f * self.t.wert[i] for i, f in glieder.items())
            index += reihe.keys()
            werte += reihe.values()
            starts.append(len(index))
            unten.append(0.0 - ist if lo == 0.0 else -highspy.kHighsInf)
            oben.append(0.0 - ist)
        anzahl = len(self.richtungen)
        if anzahl:
            index += range(2 * self.n, 2 * self.n + anzahl)
            werte += [1.0] * anzahl
            starts.append(len(index))
            unten.append(0.0)
            oben.append(1.0)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * self.n + anzahl, len(unten)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.concatenate([self.oben, self.unten, np.ones(anzahl)])
        lp.row_lower_, lp.row_upper_ = np.array(unten), np.array(oben)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(werte)
        self.h.passModel(lp)

    def set_costs(self, nummern: Iterable[int], w: Wahl, leicht: set[int]) -> None:
        stellen = [self.stelle[i] for i in nummern if i in self.stelle]
        spalten = np.array([*stellen, *(self.n + s for s in stellen)], dtype=np.int32)
        kosten = np.array([self.kosten(self.zellen[s], w, leicht) for s in stellen])
        self.h.changeColsCost(len(spalten), spalten, np.concatenate([kosten, kosten]))

    def solve(self, ziel: int, ab: float = 0.0) -> Zeuge | None:
        """Cheapest deviations that raise the cell by `ab` and the distance, or None if there are none."""
        s = self.stelle[ziel]
        hoch = self.abstand + ab
        self.h.changeColBounds(s, hoch, max(hoch, float(self.oben[s])))
        self.h.changeColBounds(self.n + s, 0.0, 0.0)
        ergebnis = self.compute()
        self.h.changeColBounds(s, self.fest.get(s, 0.0), float(self.oben[s]))
        self.h.changeColBounds(self.n + s, 0.0, float(self.unten[s]))
        return ergebnis

    def raise_zeros(self) -> Zeuge:
        """A table in which every hidden cell of a small row is at least 1, and from now on only such tables.

        Who does not know of the rule for small rows takes every hidden cell for at least 1: no such reader may be led to a
        contradiction, which would show where the zeros are. A zero that cannot be raised with those before it stays.
        """
        self._keep_occupied()
        zeuge = self.compute()
        if zeuge is None:
            raise RuntimeError("the true table does not fit its own relations")
        for i in sorted(i for i in self.t.kleine_zeile if not self.t.wert[i]):
            s = self.stelle[i]
            self.h.changeColBounds(s, 1.0, float(self.oben[s]))
            if (mit := self.compute()) is not None or (self.let_go() and (mit := self.compute()) is not None):
                self.fest[s], zeuge = 1.0, mit
            else:
                self.h.changeColBounds(s, 0.0, float(self.oben[s]))
        return zeuge

    def _keep_occupied(self) -> None:
        """Cells of small rows that have somebody keep at least one; before any zero is raised at their expense."""
        for i in self.t.kleine_zeile:
            if self.t.wert[i]:
                s = self.stelle[i]
                self.unten[s] = float(self.t.wert[i] - max(1, self.t.find_least(i)))
                self.h.changeColBounds(self.n + s, 0.0, float(self.unten[s]))

    def of(self, geheim: set[int]) -> "Deviations":
        """The same without the public cells that are not hidden: far fewer columns, where nothing else may differ any more."""
        t = copy(self.t)
        t.bekannt = t.bekannt | {i for i in self.zellen if t.oeffentlich[i] and i not in geheim}
        t.bekannt |= certain(t, {i for i in self.zellen if i not in t.bekannt})
        klein = Deviations(t, self.abstand)
        klein._keep_occupied()
        for s in self.fest:
            n = klein.stelle[self.zellen[s]]
            klein.fest[n] = self.fest[s]
            klein.h.changeColBounds(n, self.fest[s], float(klein.oben[n]))
        return klein

    def hold(self, zellen: Iterable[int]) -> None:
        """These cells stay as they are from now on."""
        for i in zellen:
            if (s := self.stelle.get(i)) is not None:
                self.h.changeColBounds(s, 0.0, 0.0)
                self.h.changeColBounds(self.n + s, 0.0, 0.0)

    def hold_for_now(self, zellen: Iterable[int]) -> None:
        """These cells stay as they are as long as there is a table for every other cell that leaves them so."""
        self.vorerst = [i for i in sorted(zellen) if i in self.stelle]
        self.hold(self.vorerst)

    def let_go(self) -> bool:
        """What is held for the time being may differ from now on; false if nothing is."""
        gehalten, self.vorerst = self.vorerst, []
        for i in gehalten:
            self.let(i)
        return bool(gehalten)

    def let(self, i: int) -> None:
        """This cell may differ again."""
        s = self.stelle[i]
        self.h.changeColBounds(s, self.fest.get(s, 0.0), float(self.oben[s]))
        self.h.changeColBounds(self.n + s, 0.0, float(self.unten[s]))

    def set_prices(self, preise: Mapping[int, float]) -> None:
        """What differs costs so much, whether hidden or not."""
        stellen = {self.stelle[i]: p for i, p in preise.items() if i in self.stelle}
        spalten = np.array([*stellen, *(self.n + s for s in stellen)], dtype=np.int32)
        kosten = np.array(list(stellen.values()))
        self.h.changeColsCost(len(spalten), spalten, np.concatenate([kosten, kosten]))

    def pull(self, ziel: int, hoch: bool, preis: float) -> Zeuge | None:
        """A table that holds the cell as high, or as low, as there is any."""
        s, v = self.stelle[ziel], -1e4 if hoch else 1e4
        self.h.changeColsCost(2, np.array([s, self.n + s], dtype=np.int32), np.array([v, -v]))
        ergebnis = self.compute()
        self.h.changeColsCost(2, np.array([s, self.n + s], dtype=np.int32), np.array([preis, preis]))
        return ergebnis

    def raise_together(self, zellen: Sequence[int]) -> dict[int, float]:
        """By how much each cell differs in a table that holds all of them together as high as any; costs are 0 afterwards."""
        spalten = np.array([self.stelle[i] for i in zellen], dtype=np.int32)
        self.h.changeColsCost(len(spalten), spalten, np.full(len(spalten), -1.0))
        # Hundreds pulled at once: the simplex takes minutes for what the interior point method does in two seconds.
        self.h.setOptionValue("solver", "ipm")
        try:
            zeuge = self.compute()
        finally:
            self.h.setOptionValue("solver", "choose")
        self.h.changeColsCost(len(spalten), spalten, np.zeros(len(spalten)))
        if zeuge is None:
            raise RuntimeError("the true table does not fit its own relations")
        return {i: zeuge.abweichung.get(i, 0.0) for i in zellen}

    def folge(self, richtung: int) -> Zeuge | None:
        """Cheapest deviations that go with a whole direction, or None if there are none."""
        self.h.changeColBounds(2 * self.n + richtung, 1.0, 1.0)
        ergebnis = self.compute()
        if ergebnis is None and self.let_go():
            ergebnis = self.compute()
        self.h.changeColBounds(2 * self.n + richtung, 0.0, 1.0)
        return ergebnis

    def compute(self) -> Zeuge | None:
        """The cheapest deviations, or None if there are none.

        Raises: TooSlow if the family's time is over.
        """
        if self.t.frist is not None and process_time() > self.t.frist:
            raise TooSlow
        status = run(self.h)
        if status == highspy.HighsModelStatus.kIterationLimit:
            raise TooSlow
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status == highspy.HighsModelStatus.kModelEmpty:  # nobody is there: every cell is zero
            return Zeuge({}, {})
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {status} at a disclosure LP")
        x = np.asarray(self.h.getSolution().col_value)
        d = x[: self.n] - x[self.n : 2 * self.n]
        anteile = x[2 * self.n :]
        return Zeuge(
            {self.zellen[s]: float(d[s]) for s in np.flatnonzero(np.abs(d) > EPS)},
            {int(k): float(anteile[k]) for k in np.flatnonzero(anteile > EPS)},
        )


class Spanne:
    """How far each cell is known to move in tables that fit everything shown; `erste`: the first of them, if not the true one."""

    def __init__(self, erste: dict[int, float] | None = None) -> None:
        self.erste = erste or {}
        self.tief: dict[int, float] = dict(self.erste)
        self.hoch: dict[int, float] = dict(self.erste)
        self._nie_wahr = set(self.erste)  # cells of the first that no table left at their true count so far

    def remember(self, abweichung: dict[int, float]) -> None:
        for i in self._nie_wahr - abweichung.keys():
            self._nie_wahr.discard(i)
            self._add(i, 0.0)
        for i, d in abweichung.items():
            self._add(i, d)

    def _add(self, i: int, d: float) -> None:
        if d < self.tief.get(i, 0.0):
            self.tief[i] = d
        elif d > self.hoch.get(i, 0.0):
            self.hoch[i] = d

    def breite(self, i: int) -> float:
        return self.hoch.get(i, 0.0) - self.tief.get(i, 0.0)
