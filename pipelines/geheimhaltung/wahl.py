"""Which cells are hidden: the small ones, and so many others that no small one can be found out again.

Belongs here: the choice, a sequential heuristic of linear programs with certificates (HiGHS). Each cell to be protected gets
a second table that fits everything shown and holds it `ABSTAND` higher; what differs in it is hidden too. Whatever is hidden
is itself protected in the same way. Deterministic: cells in the order of value and key, one thread, no time limit.
"""

from dataclasses import dataclass, field

import highspy
import numpy as np

from pipelines.geheimhaltung.tafel import Tafel

ABSTAND = 4.0  # mindestfallzahl 5: an interval of four, as in four possible small counts
SPIELRAUM = 10.0  # the attacker is assumed to expect at most this, or twice the true count
KOSTEN = 0.75  # a cell costs its count to this power: few persons hidden, not only few cells
# The totals everybody reads stay before categories, comparisons and states.
GEWICHT = {"einwohner": 4.0, "auslaender": 2.0, "personen_mit_mh": 3.0}
EPS = 1e-6


@dataclass
class Wahl:
    """Result: what is hidden and why, what follows from printed figures alone, how much work it was."""

    primaer: set[int] = field(default_factory=set)
    sekundaer: set[int] = field(default_factory=set)
    ableitbar: set[int] = field(default_factory=set)
    lps: int = 0

    @property
    def geheim(self) -> set[int]:
        return self.primaer | self.sekundaer


class _Modell:
    """Deviations from the true table: plus and minus of each cell that may differ, with all relations."""

    def __init__(self, t: Tafel, abstand: float) -> None:
        self.t, self.abstand = t, abstand
        self.zellen = [i for i in range(len(t.wert)) if self._beweglich(i)]
        self.stelle = {i: n for n, i in enumerate(self.zellen)}
        self.n = len(self.zellen)
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        self.h.setOptionValue("threads", 1)
        self.h.setOptionValue("presolve", "on")  # warm starts alone took ten times as long
        self.oben = np.array([max(2 * t.wert[i], t.wert[i] + SPIELRAUM) - t.wert[i] for i in self.zellen])
        # Zeros are printed: what is hidden is at least 1. What nobody prints, and small rows, may be anything.
        self.unten = np.array(
            [
                t.wert[i] - (1.0 if t.oeffentlich[i] and i not in t.kleine_zeile and t.wert[i] else 0.0)
                for i in self.zellen
            ]
        )
        self._baue()

    def _beweglich(self, i: int) -> bool:
        if i in self.t.bekannt:
            return False
        return not self.t.oeffentlich[i] or self.t.wert[i] > 0 or i in self.t.kleine_zeile

    def kosten(self, i: int, geheim: set[int], leicht: set[int]) -> float:
        if not self.t.oeffentlich[i] or i in geheim:
            return 0.0
        gewicht = GEWICHT.get(self.t.schluessel[i].art, 1.0) * (0.2 if i in leicht else 1.0)
        return float(gewicht * (10.0 + self.t.wert[i] ** KOSTEN))

    def _baue(self) -> None:
        starts, index, werte, unten, oben = [0], [], [], [], []
        for glieder, lo in self.t.gleichungen:
            innen = [(self.stelle[i], f) for i, f in glieder.items() if i in self.stelle]
            if not innen:
                continue
            ist = sum(f * self.t.wert[i] for i, f in glieder.items())
            for n, f in innen:
                index += [n, self.n + n]
                werte += [f, -f]
            starts.append(len(index))
            unten.append(0.0 - ist if lo == 0.0 else -highspy.kHighsInf)
            oben.append(0.0 - ist)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * self.n, len(unten)
        lp.col_cost_ = np.zeros(2 * self.n)
        lp.col_lower_ = np.zeros(2 * self.n)
        lp.col_upper_ = np.concatenate([self.oben, self.unten])
        lp.row_lower_, lp.row_upper_ = np.array(unten), np.array(oben)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(werte)
        self.h.passModel(lp)

    def setze_kosten(self, nummern: list[int], geheim: set[int], leicht: set[int]) -> None:
        stellen = [self.stelle[i] for i in nummern if i in self.stelle]
        spalten = np.array([*stellen, *(self.n + s for s in stellen)], dtype=np.int32)
        kosten = np.array([self.kosten(self.zellen[s], geheim, leicht) for s in stellen])
        self.h.changeColsCost(len(spalten), spalten, np.concatenate([kosten, kosten]))

    def loese(self, ziel: int) -> np.ndarray | None:
        """Cheapest deviations that raise the cell by the distance, or None if there are none."""
        s = self.stelle[ziel]
        self.h.changeColBounds(s, self.abstand, max(self.abstand, float(self.oben[s])))
        self.h.changeColBounds(self.n + s, 0.0, 0.0)
        self.h.run()
        status = self.h.getModelStatus()
        ergebnis = None
        if status == highspy.HighsModelStatus.kOptimal:
            x = np.array(self.h.getSolution().col_value)
            ergebnis = x[: self.n] - x[self.n :]
        elif status != highspy.HighsModelStatus.kInfeasible:
            raise RuntimeError(f"HiGHS ended with {status} at a disclosure LP")
        self.h.changeColBounds(s, 0.0, float(self.oben[s]))
        self.h.changeColBounds(self.n + s, 0.0, float(self.unten[s]))
        return ergebnis


def _zeige_belegte_nullen(t: Tafel, abstand: float) -> None:
    """A zero of a small row that printed zeros prove is no secret: it leaves `kleine_zeile`."""
    modell = _Modell(t, abstand)
    t.kleine_zeile -= {i for i in sorted(t.kleine_zeile) if not t.wert[i] and modell.loese(i) is None}


def waehle(t: Tafel, schwelle: int, vorher: frozenset[int] = frozenset()) -> Wahl:
    """Choose what is hidden in a family; `vorher` are the cells hidden at the last Stichtag."""
    w = Wahl()
    abstand = max(ABSTAND, schwelle - 1.0)
    nummern = range(len(t.wert))
    klein = [i for i in nummern if t.schuetzen[i] and 0 < t.wert[i] < schwelle and i not in t.bekannt]
    _zeige_belegte_nullen(t, abstand)
    w.primaer = {i for i in klein if t.oeffentlich[i]} | t.kleine_zeile
    # What was hidden stays hidden while it is small enough to be guessed from the years around.
    w.sekundaer = {
        i for i in vorher if t.oeffentlich[i] and schwelle <= t.wert[i] < 2 * schwelle and i not in t.bekannt
    }
    modell = _Modell(t, abstand)
    modell.setze_kosten(list(nummern), w.geheim, set(vorher))
    tief, hoch = np.zeros(modell.n), np.zeros(modell.n)
    fertig: set[int] = set()
    offen = sorted({*klein, *w.geheim}, key=lambda i: (t.wert[i], t.schluessel[i]))
    while offen:
        for ziel in offen:
            fertig.add(ziel)
            s = modell.stelle[ziel]
            if hoch[s] - tief[s] >= modell.abstand - EPS:
                continue
            abweichung = modell.loese(ziel)
            w.lps += 1
            if abweichung is None:
                w.ableitbar.add(ziel)
                continue
            np.minimum(tief, abweichung, out=tief)
            np.maximum(hoch, abweichung, out=hoch)
            neu = [
                i
                for n, i in enumerate(modell.zellen)
                if abs(abweichung[n]) > EPS and t.oeffentlich[i] and i not in w.geheim
            ]
            w.sekundaer.update(neu)
            modell.setze_kosten(neu, w.geheim, set())
        offen = sorted(w.sekundaer - fertig, key=lambda i: (t.wert[i], t.schluessel[i]))
    return w
