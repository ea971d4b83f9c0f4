"""After the choice: large counts that are hidden and need not be, for what has been hidden since protects as well.

Belongs here: showing again the largest of what was hidden beside the small cells, each only if every cell to be protected keeps
its distance without it. Does not belong here: the choice (choose.py). A count that is hidden only for the sake of the one shown
again (the same persons in another table) is shown with it.
"""

from collections.abc import Sequence

from pipelines.geheimhaltung.model import EPS, Deviations, Spanne, Wahl, Zeuge
from pipelines.geheimhaltung.system import Tafel, der_reihe_nach

KANDIDATEN = 100  # the largest hidden counts are most of the persons
KLEINSTER = 10  # a smaller count is not worth its linear programs
LPS = 300  # linear programs for all of them together: a number, not a time, so that the result is the same everywhere
JE_KANDIDAT = 60  # and for one of them: more are spent better on the next ones


class _Stand:
    """The tables that protect the pattern, and what must keep its distance."""

    def __init__(self, w: Wahl, modell: Deviations, erste: Zeuge, zeugen: Sequence[Zeuge], schutz: set[int]) -> None:
        self.w, self.modell, self.erste, self.schutz = w, modell, erste.abweichung, schutz
        self.zeugen = [z.abweichung for z in zeugen]
        self.rest = LPS
        self.frist = 0  # how few may be left of them after the candidate at hand
        t = modell.t
        # Small deviations of few cells: then most tables stay valid when one more cell is shown.
        self.preise = {i: 1.0 + t.wert[i] / 50 if t.oeffentlich[i] else 0.01 for i in modell.zellen}
        # What must keep its distance in any case is asked first, and of that first what fell before.
        self.ziele = der_reihe_nach(t, schutz - w.ableitbar) + der_reihe_nach(t, w.geheim - schutz - w.ableitbar)

    def show(self, kandidat: int) -> set[int]:
        """The candidate and what falls with it, shown; empty if something that must not would fall as well."""
        gruppe: set[int] = set()
        offen: int | None = kandidat
        self.frist = max(0, self.rest - JE_KANDIDAT)
        while offen is not None and offen not in self.schutz and self.rest > self.frist:
            gruppe.add(offen)
            self.modell.hold([offen])
            offen = self._ohne(gruppe)
        if offen is None:
            self.ziele = [i for i in self.ziele if i not in gruppe]
            self.w.sekundaer -= gruppe
            return gruppe
        for i in gruppe:
            self.modell.let(i)
        if offen in self.ziele:
            self.ziele.remove(offen)
            self.ziele.insert(0, offen)
        return set()

    def _ohne(self, gruppe: set[int]) -> int | None:
        """Try to do without hiding these; the cell that would be found out, or None if there is none."""
        erste, zeugen = self.erste, [z for z in self.zeugen if gruppe.isdisjoint(z)]
        if not gruppe.isdisjoint(erste):
            self.rest -= 1
            if (neu := self.modell.compute()) is None:
                return min(self.schutz)
            erste = neu.abweichung
        spanne = Spanne(erste)
        for z in zeugen:
            spanne.remember(z)
        for ziel in self.ziele:
            if ziel not in gruppe and not self._protect(ziel, spanne, zeugen):
                return ziel
        self.erste, self.zeugen = erste, zeugen
        return None

    def _protect(self, ziel: int, spanne: Spanne, zeugen: list[dict[int, float]]) -> bool:
        """Find tables until the cell has its distance; false if there are none, or too many were asked for."""
        for search in (self._hoeher, self._ganz_hoch, self._ganz_tief):
            if spanne.breite(ziel) >= self.modell.abstand - EPS:
                return True
            self.rest -= 1
            if self.rest < self.frist:
                return False
            if (zeuge := search(ziel, spanne)) is not None:
                spanne.remember(zeuge.abweichung)
                zeugen.append(zeuge.abweichung)
        return spanne.breite(ziel) >= self.modell.abstand - EPS

    def _hoeher(self, ziel: int, spanne: Spanne) -> Zeuge | None:
        return self.modell.solve(ziel, max(0.0, spanne.tief.get(ziel, 0.0)))

    def _ganz_hoch(self, ziel: int, _: Spanne) -> Zeuge | None:
        return self.modell.pull(ziel, hoch=True, preis=self.preise[ziel])

    def _ganz_tief(self, ziel: int, _: Spanne) -> Zeuge | None:
        return self.modell.pull(ziel, hoch=False, preis=self.preise[ziel])


def show_wieder(t: Tafel, w: Wahl, modell: Deviations, erste: Zeuge, zeugen: Sequence[Zeuge], schutz: set[int]) -> None:
    """Take out of the choice what it can do without; `schutz` are the cells that must keep their distance in any case."""
    modell = modell.of(w.geheim)
    stand = _Stand(w, modell, erste, zeugen, schutz)
    modell.set_prices(stand.preise)
    gezeigt: set[int] = set()
    for kandidat in der_reihe_nach(t, (w.sekundaer - schutz) & modell.stelle.keys())[::-1][:KANDIDATEN]:
        if stand.rest <= 0:
            return
        if t.wert[kandidat] >= KLEINSTER and kandidat not in gezeigt:
            gezeigt |= stand.show(kandidat)
