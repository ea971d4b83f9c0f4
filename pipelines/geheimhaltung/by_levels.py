"""The choice for large towns: the upper tables first, then each Bezirk by itself, then what is left over on the whole.

Belongs here: handing parts (parts.py) to the choice (choose.py), in parallel, and putting the results together. Why that is safe:
whatever an upper part found as a second possible table of a Bezirk's own counts, the areas of that Bezirk must be able to
follow, and what they hide for it is hidden. A part may move the counts above it only in mixtures of such tables. A second table
that some Bezirk cannot follow is dropped with everything that leans on it, and cells left without their distance are protected
on the whole family at last. Results do not depend on the number of processes.
"""

import os
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from time import process_time
from typing import NamedTuple

from pipelines.geheimhaltung.choose import (
    abstand_von,
    begin,
    belegte_nullen,
    choose,
    hide,
    secure,
)
from pipelines.geheimhaltung.model import EPS, Deviations, Spanne, Wahl
from pipelines.geheimhaltung.parts import Teil, auszug, split_up
from pipelines.geheimhaltung.system import Tafel

# Below, the whole at once takes seconds and hides a little less.
GROSS_AB = 15_000
# Seconds of processor time for the choice of one Stichtag, or for one part of it: the largest town measured takes 139 for all
# parts together, sixty areas without a level between take longer than anybody waits.
RECHENZEIT = 900.0


class LevelTask(NamedTuple):
    """One part with its own numbers of cells; `rand` is fixed but for the given directions."""

    tafel: Tafel
    rand: frozenset[int]
    richtungen: list[dict[int, float]]
    schwelle: int
    vorher: frozenset[int]


class PreparedTask(NamedTuple):
    """A task, the numbers of its cells in the whole, and the finds its directions come from."""

    task: "LevelTask"
    nummern: list[int]
    funde: list[int]


class LevelResult(NamedTuple):
    """`folgen`: what goes with each direction (None: the part cannot follow). `zeugen`: deviations and directions used."""

    belegt: set[int]
    wahl: Wahl
    folgen: list[dict[int, float] | None]
    zeugen: list[tuple[dict[int, float], tuple[int, ...]]]


def process(a: LevelTask) -> LevelResult:
    """Choose in one part."""
    t, abstand = a.tafel, abstand_von(a.schwelle)
    t.frist = process_time() + RECHENZEIT
    # What zeros prove whatever the counts above may be, they prove in the whole.
    belegt = belegte_nullen(t, Deviations(t, abstand), t.kleine_zeile - a.rand)
    t.kleine_zeile -= belegt | a.rand
    t.bekannt |= a.rand
    w, zellen = begin(t, a.schwelle, a.vorher)
    modell = Deviations(t, abstand, a.richtungen)
    modell.set_costs(range(len(t.wert)), w, set(a.vorher))
    spanne = Spanne()
    folgen: list[dict[int, float] | None] = []
    neu: set[int] = set()
    for k in range(len(a.richtungen)):
        zeuge = modell.folge(k)
        w.lps += 1
        folgen.append(None if zeuge is None else zeuge.abweichung)
        if zeuge is not None:
            neu |= set(hide(w, modell, zeuge, spanne))
    zeugen = secure(w, modell, zellen | neu, spanne)
    return LevelResult(belegt, w, folgen, [(z.abweichung, tuple(z.richtungen)) for z in zeugen])


@dataclass
class _Fund:
    """A second table of the whole: the cells it moves, and the tables it is a mixture of where it is not its own."""

    abweichung: dict[int, float]
    stuetzen: frozenset[int]
    gilt: bool = True


class _Ganzes:
    """What the parts found, in numbers of the whole."""

    def __init__(self, t: Tafel, schwelle: int, vorher: frozenset[int]) -> None:
        self.t, self.schwelle, self.vorher = t, schwelle, vorher
        self.wahl = Wahl()
        self.funde: list[_Fund] = []

    def auftrag(self, teil: Teil) -> PreparedTask:
        """The task of a part."""
        tafel, nummern = auszug(self.t, {*teil.zellen, *teil.rand}, teil.gleichungen)
        neu = {i: n for n, i in enumerate(nummern)}
        rand = set(teil.rand)
        richtungen, funde = [], []
        for f, fund in enumerate(self.funde):
            if fund.gilt and (richtung := {neu[i]: d for i, d in fund.abweichung.items() if i in rand}):
                richtungen.append(richtung)
                funde.append(f)
        vorher = frozenset(neu[i] for i in self.vorher if i in neu and i not in rand)
        task = LevelTask(tafel, frozenset(neu[i] for i in rand), richtungen, self.schwelle, vorher)
        return PreparedTask(task, nummern, funde)

    def take(self, ergebnis: LevelResult, nummern: list[int], funde: list[int]) -> None:
        """Add what a part found."""
        w = ergebnis.wahl
        self.t.kleine_zeile -= {nummern[n] for n in ergebnis.belegt}
        self.wahl.primaer |= {nummern[n] for n in w.primaer}
        self.wahl.sekundaer |= {nummern[n] for n in w.sekundaer}
        self.wahl.lps += w.lps
        for f, folge in zip(funde, ergebnis.folgen, strict=True):
            if folge is None:
                self.funde[f].gilt = False
            else:
                self.funde[f].abweichung.update((nummern[n], d) for n, d in folge.items())
        for abweichung, richtungen in ergebnis.zeugen:
            stuetzen = frozenset(funde[k] for k in richtungen)
            self.funde.append(_Fund({nummern[n]: d for n, d in abweichung.items()}, stuetzen))

    def discard(self) -> None:
        """Drop what leans on dropped finds; a find always comes after those it leans on."""
        for fund in self.funde:
            fund.gilt = fund.gilt and all(self.funde[s].gilt for s in fund.stuetzen)

    def spanne(self) -> Spanne:
        spanne = Spanne()
        for fund in self.funde:
            if fund.gilt:
                spanne.remember(fund.abweichung)
        return spanne

    def offen(self, zellen: set[int], spanne: Spanne) -> set[int]:
        return {i for i in zellen if spanne.breite(i) < abstand_von(self.schwelle) - EPS}


def choose_by_size(t: Tafel, kinder: dict[str, list[str]], schwelle: int, vorher: frozenset[int] = frozenset()) -> Wahl:
    """Choose what is hidden: a large family level by level, any other at once.

    Raises: TooSlow if it is not done after `RECHENZEIT`.
    """
    t.frist = process_time() + RECHENZEIT
    if len(t.wert) < GROSS_AB:
        return choose(t, schwelle, vorher)
    return choose_by_levels(t, kinder, schwelle, vorher)


def choose_by_levels(
    t: Tafel,
    kinder: dict[str, list[str]],
    schwelle: int,
    vorher: frozenset[int] = frozenset(),
    kerne: int | None = None,
) -> Wahl:
    """Choose what is hidden in a large family, level by level; same result whatever `kerne`."""
    stufen: dict[int, list[Teil]] = defaultdict(list)
    for teil in split_up(t, kinder):
        stufen[teil.tiefe].append(teil)
    if len(stufen) == 1:
        return choose(t, schwelle, vorher)
    ganzes = _Ganzes(t, schwelle, vorher)
    for tiefe in sorted(stufen):
        vorbereitet = [ganzes.auftrag(teil) for teil in stufen[tiefe]]
        ergebnisse = _parallel([p.task for p in vorbereitet], kerne or os.cpu_count() or 1)
        for ergebnis, p in zip(ergebnisse, vorbereitet, strict=True):
            ganzes.take(ergebnis, p.nummern, p.funde)
        ganzes.discard()
    _finish(ganzes, t)
    return ganzes.wahl


def _parallel(auftraege: list[LevelTask], kerne: int) -> list[LevelResult]:
    if kerne == 1 or len(auftraege) == 1:
        return [process(a) for a in auftraege]
    # Fresh processes: nothing of this one's memory or threads is taken along.
    with ProcessPoolExecutor(min(kerne, len(auftraege)), mp_context=get_context("spawn")) as prozesse:
        return list(prozesse.map(process, auftraege))


def _finish(g: _Ganzes, t: Tafel) -> None:
    """Protect on the whole what the parts could not; usually nothing or a handful of cells."""
    w = g.wahl
    klein = {i for i, wert in enumerate(t.wert) if t.schuetzen[i] and 0 < wert < g.schwelle and i not in t.bekannt}
    offen = g.offen(klein | w.geheim, g.spanne())
    if not offen:
        return
    modell = Deviations(t, abstand_von(g.schwelle))
    leere = belegte_nullen(t, modell, offen & t.kleine_zeile)
    if leere:
        # Proved by zeros after all: shown, and no table may move them any more.
        t.kleine_zeile -= leere
        w.primaer -= leere
        for fund in g.funde:
            fund.gilt = fund.gilt and leere.isdisjoint(fund.abweichung)
        g.discard()
        offen = g.offen(klein | w.geheim, g.spanne())
        modell = Deviations(t, abstand_von(g.schwelle))
    modell.set_costs(range(len(t.wert)), w, set(g.vorher))
    secure(w, modell, offen, g.spanne())
