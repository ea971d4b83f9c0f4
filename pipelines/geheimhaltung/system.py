"""Counts and what is known about how they add up: the one system that the choice of hidden cells works on.

Belongs here: cells, equations, inequalities. Does not belong here: which cells there are (family.py) and what is hidden
(choose.py). The attack of the published file (angriff/system.py) has a system of its own, on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Schluessel(NamedTuple):
    """Key of a cell, as in bevoelkerung.zelle."""

    art: str
    profil: str
    gebiet_id: str
    geschlecht: str
    altersgruppe: str
    a: str = "-"
    b: str = "-"
    c: str = "-"


class Gleichung(NamedTuple):
    """`unten` ≤ Σ factor × cell ≤ 0; an equation if `unten` is 0."""

    glieder: dict[int, float]
    unten: float


class Tafel:
    """Cells of one municipality at one Stichtag, with what everybody knows about their sums.

    Unpublished cells are what everybody can subtract (Germans, persons without MH, remainders); of them `schuetzen` says
    which must not be found out when small.
    """

    def __init__(self) -> None:
        self.nummer: dict[Schluessel, int] = {}
        self.schluessel: list[Schluessel] = []
        self.wert: list[int] = []
        self.oeffentlich: list[bool] = []
        self.schuetzen: list[bool] = []
        self.bekannt: set[int] = set()
        self.kleine_zeile: set[int] = set()
        self.frist: float | None = None  # processor time of this process at which the choice is given up
        self.mindestens: dict[int, int] = {}  # cell → the least it can be, as the published rules of names say
        self.gleichungen: list[Gleichung] = []

    def zelle(self, k: Schluessel, wert: int, oeffentlich: bool = False, schuetzen: bool = True) -> int:
        """Number of a cell; the first mention counts."""
        if k not in self.nummer:
            self.nummer[k] = len(self.schluessel)
            self.schluessel.append(k)
            self.wert.append(wert)
            self.oeffentlich.append(oeffentlich)
            self.schuetzen.append(schuetzen)
        return self.nummer[k]

    def find_least(self, i: int) -> int:
        """What a reader takes a hidden count for at least: zeros are printed, rows of few inhabitants hide theirs."""
        printed = self.oeffentlich[i] and i not in self.kleine_zeile and self.wert[i] > 0
        return max(self.mindestens.get(i, 0), int(printed))

    def _rest(self, plus: Iterable[int], minus: Iterable[int]) -> int:
        return sum(self.wert[i] for i in plus) - sum(self.wert[i] for i in minus)

    def gleich(self, ganzes: Iterable[int], teile: Iterable[int]) -> bool:
        """Σ ganzes = Σ teile, if it is true; false otherwise: what does not hold nobody can use."""
        links, rechts = list(ganzes), list(teile)
        if self._rest(links, rechts):
            return False
        self._enter(links, rechts, 0.0)
        return True

    def hoechstens(self, teil: Iterable[int], ganzes: Iterable[int]) -> bool:
        """Σ teil ≤ Σ ganzes, if it is true."""
        links, rechts = list(teil), list(ganzes)
        if self._rest(links, rechts) > 0:
            return False
        self._enter(links, rechts, float("-inf"))
        return True

    def _enter(self, plus: list[int], minus: list[int], unten: float) -> None:
        glieder: dict[int, float] = {}
        for liste, vorzeichen in ((plus, 1.0), (minus, -1.0)):
            for i in liste:
                glieder[i] = glieder.get(i, 0.0) + vorzeichen
        self.gleichungen.append(Gleichung({i: f for i, f in glieder.items() if f}, unten))

    def abgeleitet(self, ganzes: int, teile: Iterable[int], k: Schluessel, schuetzen: bool = True) -> int:
        """The rest of a whole without its parts as a cell of its own."""
        teile = list(teile)
        neu = self.zelle(k, self._rest([ganzes], teile), schuetzen=schuetzen)
        self.gleich([ganzes], [*teile, neu])
        return neu


def der_reihe_nach(t: Tafel, zellen: Iterable[int]) -> list[int]:
    """By value and key."""
    return sorted(zellen, key=lambda i: (t.wert[i], t.schluessel[i]))


def certain(t: Tafel, offen: set[int]) -> set[int]:
    """Those of the open cells that follow from all others by subtraction alone."""
    zeilen = [offen & g.glieder.keys() for g in t.gleichungen if g.unten == 0.0]
    je_zelle: dict[int, list[int]] = defaultdict(list)
    for n, zeile in enumerate(zeilen):
        for i in zeile:
            je_zelle[i].append(n)
    sicher: set[int] = set()
    stapel = [n for n, zeile in enumerate(zeilen) if len(zeile) == 1]
    while stapel:
        if len(zeile := zeilen[stapel.pop()]) == 1:
            (i,) = zeile
            sicher.add(i)
            for n in je_zelle[i]:
                zeilen[n].discard(i)
                if len(zeilen[n]) == 1:
                    stapel.append(n)
    return sicher
