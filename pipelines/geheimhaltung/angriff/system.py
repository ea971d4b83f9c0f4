"""Unknown counts with bounds, and rows `unten ≤ Σ factor × count ≤ oben`: what an attacker writes down.

Belongs here: unknowns, rows, what is shown of each. Does not belong here: reading tables (read.py and the modules of each table)
and solving (intervals.py, lp.py).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

INS = "insgesamt"
INF = float("inf")
EPS = 1e-7
# (kind, definition or `-`, area, sex, age group, further parts of the key)
Groesse = tuple[str, ...]


class Unvereinbar(Exception):
    """No table of counts fits what is published; the text names the unknown, never a value."""


@dataclass(frozen=True)
class Stelle:
    """A place of the file that shows or hides a figure: table, column, key."""

    tabelle: str
    spalte: str
    schluessel: str


class System:
    """The attacker's unknowns (same key, same unknown) and rows; `frei`: rows that follow from others, for intervals only.

    `spiel`: a rounded or perturbed figure is off by at most so much. `abgeleitet`: what nobody prints; `gerundet_verborgen`: what
    is hidden beside rounded values of the same fact, and may stand elsewhere if it is not small.
    """

    def __init__(self, spiel: int = 0) -> None:
        self.spiel = spiel
        self.nummer: dict[Groesse, int] = {}
        self.schluessel: list[Groesse] = []
        self.unten: list[float] = []
        self.oben: list[float] = []
        self.ganz: list[bool] = []
        self.zeilen: list[tuple[dict[int, float], float, float, str, bool]] = []
        self.zeigt: dict[int, list[tuple[Stelle, int]]] = defaultdict(list)
        self.verbirgt: dict[int, list[Stelle]] = defaultdict(list)
        self.abgeleitet: set[int] = set()
        self.gerundet_verborgen: set[int] = set()
        self.gedruckt: set[int] = set()

    def zahl(self, *schluessel: str, ganz: bool = True) -> int:
        """Number of an unknown, made at its first mention: at least 0."""
        i = self.nummer.get(schluessel)
        if i is None:
            i = self.nummer[schluessel] = len(self.schluessel)
            self.schluessel.append(schluessel)
            self.unten.append(0.0)
            self.oben.append(INF)
            self.ganz.append(ganz)
        return i

    def gives(self, *schluessel: str) -> int | None:
        """Number of an unknown that was mentioned, or None."""
        return self.nummer.get(schluessel)

    def fest(self, i: int) -> bool:
        """Whether its value is shown."""
        return self.unten[i] == self.oben[i]

    def set_value(self, i: int, wert: float) -> None:
        """Its value is known.

        Raises: Unvereinbar if another one is.
        """
        if self.fest(i) and self.unten[i] != wert:
            raise Unvereinbar(f"zwei Werte für {describe(self.schluessel[i])}")
        self.unten[i] = self.oben[i] = float(wert)

    def read(self, i: int, stelle: Stelle, wert: Any) -> None:
        """A place of the file says what the unknown is, or hides it."""
        if wert is None:
            self.verbirgt[i].append(stelle)
        else:
            self.zeigt[i].append((stelle, round(wert)))
            if not self.spiel:
                self.set_value(i, round(wert))
            else:
                self.unten[i] = max(self.unten[i], round(wert) - self.spiel)
                self.oben[i] = min(self.oben[i], round(wert) + self.spiel)

    def zeile(
        self, name: str, glieder: Iterable[tuple[int, float]], unten: float, oben: float, frei: bool = False
    ) -> None:
        """Add a row; one without an unknown says nothing."""
        summe: dict[int, float] = {}
        for i, f in glieder:
            summe[i] = summe.get(i, 0.0) + f
        summe = {i: f for i, f in summe.items() if f}
        if summe:
            self.zeilen.append((summe, unten, oben, name, frei))

    def gleich(self, name: str, ganzes: Iterable[int], teile: Iterable[int], frei: bool = False) -> None:
        """Σ ganzes = Σ teile."""
        self.zeile(name, [*((i, 1.0) for i in ganzes), *((i, -1.0) for i in teile)], 0.0, 0.0, frei)

    def hoechstens(self, name: str, teil: Iterable[int], ganzes: Iterable[int]) -> None:
        """Σ teil ≤ Σ ganzes."""
        self.zeile(name, [*((i, 1.0) for i in teil), *((i, -1.0) for i in ganzes)], -INF, 0.0)

    def rest(self, name: str, ganzes: int, teile: Iterable[int], *schluessel: str, schuetzen: bool = True) -> int:
        """What is left of a whole without parts of it: nobody prints it, everybody can subtract it."""
        i = self.zahl(*schluessel)
        self.gleich(name, [ganzes], [*teile, i])
        if schuetzen:
            self.abgeleitet.add(i)
        return i


class Matrix:
    """The rows of a system as arrays, with bounds that only get narrower."""

    def __init__(self, s: System) -> None:
        self.s = s
        self.L, self.U = np.array(s.unten), np.array(s.oben)
        self.ganz = np.array(s.ganz)
        laengen = np.fromiter((len(z[0]) for z in s.zeilen), dtype=np.int64, count=len(s.zeilen))
        anfang = np.concatenate([[0], np.cumsum(laengen)])
        spalten = np.fromiter((i for z in s.zeilen for i in z[0]), dtype=np.int64)
        werte = np.fromiter((f for z in s.zeilen for f in z[0].values()), dtype=float)
        self.M = sparse.csr_matrix((werte, spalten, anfang), shape=(len(s.zeilen), len(s.schluessel)))
        self.unten = np.array([z[1] for z in s.zeilen])
        self.oben = np.array([z[2] for z in s.zeilen])
        self.frei = np.array([z[4] for z in s.zeilen], dtype=bool)
        self.zeile_von = np.repeat(np.arange(len(s.zeilen)), laengen)
        self.herkunft: dict[int, str] = {}  # unknown → by what else than rows it was found
        self.takt = np.zeros(len(s.schluessel), dtype=np.int64)  # when it last got narrower
        self._zeit = 0

    @cached_property
    def _spalten(self) -> sparse.csc_matrix:
        return self.M.tocsc()

    def moves_on(self, enger: np.ndarray) -> None:
        """These got narrower now."""
        self._zeit += 1
        self.takt[enger] = self._zeit

    def spaltenweise(self) -> sparse.csc_matrix:
        """The rows by unknown."""
        return self._spalten

    def breite(self, i: int) -> float:
        """Width of what is possible."""
        return float(self.U[i] - self.L[i])


def describe(k: Groesse) -> str:
    """An unknown in words, for the secure zone."""
    art, profil, gebiet, geschlecht, alter, *rest = k
    teile = [art, *([profil] if profil != "-" else []), f"Gebiet {gebiet}", geschlecht, alter, *rest]
    return ", ".join(teile)
