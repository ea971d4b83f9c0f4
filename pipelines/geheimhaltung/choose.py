"""Which cells are hidden: the small ones, and so many others that no small one can be found out again.

Belongs here: the choice, a sequential heuristic of linear programs with certificates (HiGHS). Each cell to be protected gets
a second table that fits everything shown and holds it `ABSTAND` higher; what differs in it is hidden too. Whatever is hidden
is itself protected in the same way. Deterministic: cells in the order of value and key, one thread; whoever runs out of
computing time gets no choice at all (TooSlow).
"""

from pipelines.geheimhaltung.model import EPS, Deviations, Spanne, Wahl, Zeuge
from pipelines.geheimhaltung.show_again import show_wieder
from pipelines.geheimhaltung.system import Tafel, der_reihe_nach
from pipelines.stamm.schutz import MINDESTFALLZAHL
from schemas.spalten.common import INSGESAMT

EINZELN_BIS = 100  # zeros of small rows that are asked for one by one
# The least interval, as wide as that of the small counts by default: a lower Mindestfallzahl narrows none.
ABSTAND = MINDESTFALLZAHL - 1.0


def abstand_von(schwelle: int) -> float:
    return max(ABSTAND, schwelle - 1.0)


def belegte_nullen(t: Tafel, modell: Deviations, zellen: set[int]) -> set[int]:
    """Those of the cells of small rows whose zero follows from printed zeros: no secret, so they are shown.

    `modell` must be without costs. Many are raised together as often as any of them moves; what has moved without getting far
    enough is asked for by itself, as are few in a large family, where that is quicker.
    """
    offen = [i for i in sorted(zellen) if not t.wert[i]]
    einzeln: list[int] = []
    if len(offen) <= EINZELN_BIS:
        offen, einzeln = [], offen
    while offen:
        hoch = modell.raise_together(offen)
        if not any(hoch[i] > EPS for i in offen):
            break
        einzeln += [i for i in offen if EPS < hoch[i] < modell.abstand - EPS]
        offen = [i for i in offen if hoch[i] <= EPS]
    return {*offen, *(i for i in einzeln if modell.solve(i) is None)}


def begin(t: Tafel, schwelle: int, vorher: frozenset[int]) -> tuple[Wahl, set[int]]:
    """What is hidden for itself, and all cells that must not be found out."""
    klein = {i for i, w in enumerate(t.wert) if t.schuetzen[i] and 0 < w < schwelle and i not in t.bekannt}
    w = Wahl({i for i in klein if t.oeffentlich[i]} | t.kleine_zeile)
    # What was hidden stays hidden while it is small enough to be guessed from the years around.
    w.sekundaer = {
        i for i in vorher if t.oeffentlich[i] and schwelle <= t.wert[i] < 2 * schwelle and i not in t.bekannt
    }
    return w, klein | w.geheim


def gesamtzahlen(t: Tafel) -> set[int]:
    """How many live in each area, where that need not be hidden for itself: what every reader asks first."""
    return {
        i for i, k in enumerate(t.schluessel)
        if k.art == "einwohner" and k.geschlecht == k.altersgruppe == INSGESAMT and t.oeffentlich[i]
    }  # fmt: skip


def hide(w: Wahl, modell: Deviations, zeuge: Zeuge, spanne: Spanne) -> list[int]:
    """Hide what differs in a second table; returns what was shown till then."""
    t = modell.t
    neu = [i for i in zeuge.abweichung if t.oeffentlich[i] and i not in w.primaer and i not in w.sekundaer]
    w.sekundaer.update(neu)
    modell.set_costs(neu, w, set())
    spanne.remember(zeuge.abweichung)
    return neu


def secure(
    w: Wahl, modell: Deviations, zellen: set[int], spanne: Spanne, schlicht: Deviations | None = None
) -> list[Zeuge]:  # fmt: skip
    """Hide further cells until each of `zellen`, and each further one, has its distance; returns the tables found for it.

    Where `modell` has no table with that distance because it also holds the zeros of small rows up, one of `schlicht` will do,
    which does not: who knows the rule for small rows must not find the cell out in any case.
    """
    zeugen: list[Zeuge] = []
    offen = der_reihe_nach(modell.t, zellen)
    while offen:
        naechste: list[int] = []
        for ziel in offen:
            if spanne.breite(ziel) >= modell.abstand - EPS:
                continue
            gefunden = _spread(w, modell, ziel, spanne)
            if not gefunden and modell.let_go():
                gefunden = _spread(w, modell, ziel, spanne)
            if not gefunden and schlicht is not None:
                schlicht.set_costs(w.geheim, w, set())
                zeuge = schlicht.solve(ziel)
                w.lps += 1
                w.ohne_gehobene += zeuge is not None
                gefunden = [zeuge] if zeuge is not None else []
            if not gefunden:
                w.ableitbar.add(ziel)
            for zeuge in gefunden:
                zeugen.append(zeuge)
                naechste += hide(w, modell, zeuge, spanne)
        offen = der_reihe_nach(modell.t, naechste)
    return zeugen


def _spread(w: Wahl, modell: Deviations, ziel: int, spanne: Spanne) -> list[Zeuge]:
    """Tables that give the cell its distance: one that raises it, or one that lowers it and one that raises it from there."""
    bisher = spanne.tief.get(ziel, 0.0)
    w.lps += 1
    if (hoch := modell.solve(ziel, max(0.0, bisher))) is not None:
        return [hoch]
    if not modell.vorerst:
        return []
    w.lps += 2
    tief = modell.pull(ziel, hoch=False, preis=modell.kosten(ziel, w, set()))
    if tief is None or (hoch := modell.solve(ziel, min(bisher, tief.abweichung.get(ziel, 0.0)))) is None:
        return []
    return [tief, hoch]


def choose(t: Tafel, schwelle: int, vorher: frozenset[int] = frozenset()) -> Wahl:
    """Choose what is hidden in a family; `vorher` are the cells hidden at the last Stichtag."""
    t.kleine_zeile -= belegte_nullen(t, Deviations(t, abstand_von(schwelle)), t.kleine_zeile)
    w, zellen = begin(t, schwelle, vorher)
    schutz = zellen | w.geheim
    modell = Deviations(t, abstand_von(schwelle))
    modell.set_costs(range(len(t.wert)), w, set(vorher))
    # How many live in an area stays shown, as long as every other cell can be protected beside it.
    modell.hold_for_now(gesamtzahlen(t) - schutz)
    erste = modell.raise_zeros()
    spanne = Spanne(erste.abweichung)
    neu = set(hide(w, modell, erste, spanne))
    schlicht = Deviations(t, abstand_von(schwelle))
    schlicht.set_costs(range(len(t.wert)), w, set(vorher))
    zeugen = secure(w, modell, schutz | neu, spanne, schlicht)
    if not w.ohne_gehobene:
        show_wieder(t, w, modell, erste, zeugen, schutz)
    return w
