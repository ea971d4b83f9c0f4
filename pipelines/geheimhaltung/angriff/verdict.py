"""The verdict: which hidden counts can be found out, and how.

Belongs here: the stages in their order, what counts as broken. A hidden count is broken if it is certain or has less room than
threshold − 1, one hidden beside rounded values if it may be small as well; a count nobody prints is broken if it is certain and
small. What follows from the town's own printed figures alone is no break: it is public already, and listed.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from pipelines.geheimhaltung.angriff.intervals import eliminate, narrow, wege
from pipelines.geheimhaltung.angriff.lp import solve
from pipelines.geheimhaltung.angriff.releases import ALT, Frueher, verratene_unterschiede
from pipelines.geheimhaltung.angriff.shares import Quotienten, try_breaks, try_indices
from pipelines.geheimhaltung.angriff.system import EPS, INS, Groesse, Matrix, System, describe

LP_SEKUNDEN = 120.0
TIEFE = 3  # rows of a chain that are told


@dataclass(frozen=True)
class Disclosure:
    """A count that can be found out: what it is, what is left possible, by which rows; `art`: verborgen, ableitbar, Änderung."""

    groesse: Groesse
    unten: float
    oben: float
    weg: str
    art: str = "verborgen"

    def zeile(self) -> str:
        """For the secure zone."""
        return f"{self.art}: {describe(self.groesse)}: {self.unten:g} bis {self.oben:g} durch {self.weg}"


@dataclass
class Verdict:
    """Result of one attack."""

    verborgen: int = 0
    brueche: list[Disclosure] = field(default_factory=list)
    oeffentlich: list[Disclosure] = field(default_factory=list)  # follow from what the town printed itself
    engstes: float | None = None
    lps: int = 0
    offen: int = 0
    sekunden: float = 0.0
    groessen: int = 0
    zeilen: int = 0


# Kinds of counts by the mart that shows them.
ARTEN = {
    "migrationshintergrund": ("A", "D", "MH", "U"), "staatsangehoerigkeit": ("S",), "bezugsland": ("B",),
    "mh_kategorie": ("K",), "definitionsvergleich": ("V",), "staatengruppe": ("SG",),
}  # fmt: skip


def _may_be_null(s: System, m: Matrix, i: int, mindestzeile: int, nullen: Sequence[str]) -> bool:
    """Whether a hidden count may be zero: in a row of so few inhabitants that it shows no breakdown, in an earlier state, and
    where a mart's zeros are hidden."""
    k = s.schluessel[i]
    if k[0].startswith(ALT) or any(k[0] in ARTEN[tabelle] for tabelle in nullen):
        return True
    if k[0] in ("E", "SP") or mindestzeile <= 0 or (k[0] in ("S", "K") and set(k[5:]) == {INS}):
        return False
    e = s.gives("E", "-", k[2], k[3], k[4])
    return e is not None and bool(m.L[e] < mindestzeile)


def _weg(m: Matrix, i: int) -> str:
    return m.herkunft.get(i) or " ← ".join(wege(m, i, TIEFE)) or "mehrere Zeilen zusammen"


def urteile(
    system: System, q: Quotienten, schwelle: int, mindestzeile: int, nur_gedrucktes: System | None = None,
    frueher: Sequence[Frueher] = (), sekunden: float = LP_SEKUNDEN, nullen: Sequence[str] = (),
) -> Verdict:  # fmt: skip
    """Attack a system by every stage.

    Raises: Unvereinbar if no table fits.
    """
    beginn = time.process_time()
    verborgen = {i for i in system.verbirgt if i not in system.gedruckt}
    modell = Matrix(system)
    narrow(modell)
    eliminate(modell)
    for i in verborgen:
        if not _may_be_null(system, modell, i, mindestzeile, nullen):
            modell.L[i] = max(modell.L[i], 1.0)
    narrow(modell)
    if try_breaks(modell, q):
        narrow(modell)
    verraten = try_indices(modell, q)
    breite = schwelle - 1.0
    ziele = {i: breite for i in verborgen if modell.breite(i) >= breite}
    # Counts nobody prints, and those that rounding or perturbation keeps from being known: none of them certain.
    sonst = system.abgeleitet | (set(system.zeigt) - system.gedruckt if system.spiel else set())
    # What rounded facts hide: as much room, unless it is not small.
    knapp = {i: breite for i in system.gerundet_verborgen - verborgen if modell.L[i] < schwelle}
    ziele |= {i: breite for i in knapp if modell.breite(i) >= breite}
    ziele |= {
        i: 1.0 for i in sonst - set(ziele) if modell.breite(i) > EPS and modell.L[i] < schwelle and modell.U[i] >= 1
    }
    vorher = modell.L.copy(), modell.U.copy()
    aufwand = solve(modell, ziele, sekunden)
    modell.moves_on(np.flatnonzero((vorher[0] < modell.L) | (vorher[1] > modell.U)))
    narrow(modell)
    urteil = Verdict(
        len(verborgen),
        lps=aufwand.lps,
        offen=len(aufwand.offen),
        groessen=len(system.schluessel),
        zeilen=len(system.zeilen),
    )
    bekannt = _aus_gedrucktem(nur_gedrucktes)
    for i in sorted(verborgen, key=lambda i: system.schluessel[i]):
        spiel = 0.0 if i in verraten else modell.breite(i)
        if spiel >= breite - EPS and i not in aufwand.offen:
            urteil.engstes = spiel if urteil.engstes is None else min(urteil.engstes, spiel)
            continue
        weg = f"eine andere Stelle: {system.zeigt[i][0][0].tabelle}" if system.zeigt.get(i) else _weg(modell, i)
        _enter(urteil, bekannt, _tell_bounds(modell, i, weg), breite)
    for i in sorted(sonst - verborgen, key=lambda i: system.schluessel[i]):
        if modell.breite(i) < knapp.get(i, 2 * EPS) - EPS and 0 < modell.L[i] < schwelle:
            _enter(urteil, bekannt, _tell_bounds(modell, i, _weg(modell, i), "ableitbar"), knapp.get(i, 1.0))
        elif i in aufwand.offen:  # not shown to be safe: no release rests on a program that did not end
            urteil.brueche.append(_tell_bounds(modell, i, "nicht zu Ende gerechnet", "ableitbar"))
    for i, woher in sorted(verratene_unterschiede(modell, list(frueher), schwelle).items()):
        urteil.brueche.append(_tell_bounds(modell, i, woher, "Änderung"))
    if urteil.brueche:
        urteil.engstes = min([urteil.engstes or 0.0, *(b.oben - b.unten for b in urteil.brueche)])
    urteil.sekunden = time.process_time() - beginn
    return urteil


def _tell_bounds(modell: Matrix, i: int, *weg_und_art: str) -> Disclosure:
    """What is known of a size, and through what."""
    return Disclosure(modell.s.schluessel[i], float(modell.L[i]), float(modell.U[i]), *weg_und_art)


def _aus_gedrucktem(s: System | None) -> dict[Groesse, tuple[float, float]]:
    """Bounds that follow from the town's printed figures alone."""
    if s is None or not any(s.fest(i) for i in range(len(s.schluessel))):
        return {}
    m = Matrix(s)
    eliminate(m)
    narrow(m)
    return {k: (float(m.L[i]), float(m.U[i])) for i, k in enumerate(s.schluessel)}


def _enter(u: Verdict, bekannt: dict[Groesse, tuple[float, float]], b: Disclosure, breite: float) -> None:
    unten, oben = bekannt.get(b.groesse, (0.0, float("inf")))
    (u.oeffentlich if oben - unten < breite - EPS else u.brueche).append(b)
