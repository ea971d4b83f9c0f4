"""The verdict: which hidden counts can be found out, and how.

Belongs here: the stages in their order, what counts as broken. A hidden count is broken if it is certain or has less room than
threshold − 1; a count nobody prints is broken if it is certain and small. What follows from the town's own printed figures alone
is no break: it is public already, and listed.
"""

import time
from dataclasses import dataclass, field

import numpy as np

from pipelines.geheimhaltung.angriff.anteile import Quotienten, probiere_brueche, probiere_indizes
from pipelines.geheimhaltung.angriff.lp import loese
from pipelines.geheimhaltung.angriff.stufen import eliminiere, schraenke_ein, wege
from pipelines.geheimhaltung.angriff.system import EPS, INS, Matrix, System, beschreibe

LP_SEKUNDEN = 60.0
TIEFE = 3  # rows of a chain that are told


@dataclass(frozen=True)
class Bruch:
    """A count that can be found out: what it is, what is left possible, by which row."""

    groesse: tuple[str, ...]
    unten: float
    oben: float
    weg: str
    abgeleitet: bool = False

    def zeile(self) -> str:
        """For the secure zone."""
        art = "ableitbar" if self.abgeleitet else "verborgen"
        return f"{art}: {beschreibe(self.groesse)}: {self.unten:g} bis {self.oben:g} durch {self.weg}"


@dataclass
class Urteil:
    """Result of one attack."""

    verborgen: int = 0
    brueche: list[Bruch] = field(default_factory=list)
    oeffentlich: list[Bruch] = field(default_factory=list)  # follow from what the town printed itself
    engstes: float | None = None
    lps: int = 0
    offen: int = 0
    sekunden: float = 0.0
    groessen: int = 0
    zeilen: int = 0


def _darf_null_sein(s: System, m: Matrix, i: int, mindestzeile: int) -> bool:
    """Whether a hidden count may be zero: only in a row of so few inhabitants that it shows no breakdown."""
    k = s.schluessel[i]
    if k[0] == "E" or mindestzeile <= 0:
        return False
    e = s.gibt("E", "-", k[2], k[3], k[4])
    if e is None or k[0] == "SP" or (k[0] in ("S", "K") and set(k[5:]) == {INS}):
        return False
    return bool(m.L[e] < mindestzeile)


def _weg(m: Matrix, i: int) -> str:
    return " ← ".join(wege(m, i, TIEFE)) or m.herkunft.get(i, "mehrere Zeilen zusammen")


def urteile(s: System, q: Quotienten, schwelle: int, mindestzeile: int, sekunden: float = LP_SEKUNDEN) -> Urteil:
    """Attack a system by every stage.

    Raises: Unvereinbar if no table fits.
    """
    beginn = time.process_time()
    verborgen = {i for i in s.verbirgt if i not in s.gedruckt}
    gezeigt = {i for i in verborgen if s.zeigt.get(i)}
    m = Matrix(s)
    schraenke_ein(m)
    eliminiere(m)
    for i in verborgen:
        if not _darf_null_sein(s, m, i, mindestzeile):
            m.L[i] = max(m.L[i], 1.0)
    schraenke_ein(m)
    if probiere_brueche(m, q):
        schraenke_ein(m)
    verraten = probiere_indizes(m, q)
    breite = schwelle - 1.0
    ziele = {i: breite for i in verborgen if m.breite(i) >= breite}
    ziele |= {i: 1.0 for i in s.abgeleitet if m.breite(i) > EPS and m.L[i] < schwelle and m.U[i] >= 1}
    vorher = m.L.copy(), m.U.copy()
    aufwand = loese(m, ziele, sekunden)
    bewegt = np.flatnonzero((m.L > vorher[0]) | (m.U < vorher[1]))
    m.rueckt_vor(bewegt)
    for i in bewegt:
        m.herkunft.setdefault(int(i), "lineares Programm")
    schraenke_ein(m)
    u = Urteil(len(verborgen), lps=aufwand.lps, offen=len(aufwand.offen), groessen=len(s.schluessel), zeilen=len(s.zeilen))
    for i in sorted(verborgen, key=lambda i: s.schluessel[i]):
        spiel = 0.0 if i in verraten else m.breite(i)
        u.engstes = spiel if u.engstes is None else min(u.engstes, spiel)
        if spiel < breite - EPS:
            weg = "eine andere Zeile" if i in gezeigt else _weg(m, i)
            u.brueche.append(Bruch(s.schluessel[i], float(m.L[i]), float(m.U[i]), weg))
    for i in sorted(s.abgeleitet - verborgen, key=lambda i: s.schluessel[i]):
        if m.breite(i) < EPS and 0 < m.L[i] < schwelle:
            weg = _weg(m, i)
            u.brueche.append(Bruch(s.schluessel[i], float(m.L[i]), float(m.U[i]), weg, abgeleitet=True))
    u.sekunden = time.process_time() - beginn
    return u
