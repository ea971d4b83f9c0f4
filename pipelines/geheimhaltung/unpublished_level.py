"""Very many areas directly below one: a level between that nobody publishes, so that the choice can go level by level.

Belongs here: grouping such areas, the sums of each group as cells, how they hang together. Does not belong here: the choice
(by_levels.py). Nothing is given away by it: a second table that leaves the sums of a group as they are, or moves them in a way
every group can follow, is a second table of the town. It only costs a little: what protects a count is sought in its group.
"""

from collections import defaultdict
from copy import copy
from math import isqrt

from pipelines.geheimhaltung.system import Gleichung, Schluessel, Tafel

VIELE = 40  # below, one part is fast enough and hides less
Kinder = dict[str, list[str]]
Art = tuple[str, ...]  # a cell's key without its area
Muster = tuple[tuple[tuple[Art, float], ...], float]  # a relation inside one area, without the area


def group_areas(kinder: Kinder) -> tuple[Kinder, dict[str, str]]:
    """The hierarchy with groups of neighbours wherever many areas lie directly below one; and each area's group."""
    neu: Kinder = {}
    gruppe: dict[str, str] = {}
    for kopf, alle in kinder.items():
        if len(alle) <= VIELE:
            neu[kopf] = alle
            continue
        anzahl = isqrt(len(alle))
        neu[kopf] = []
        for n in range(anzahl):
            name = f"{kopf}/{n:03d}"
            neu[kopf].append(name)
            neu[name] = alle[n * len(alle) // anzahl : (n + 1) * len(alle) // anzahl]
            gruppe |= dict.fromkeys(neu[name], name)
    return neu, gruppe


def with_groups(t: Tafel, kinder: Kinder) -> tuple[Tafel, Kinder]:
    """The same family with such groups; cells keep their numbers, sums of groups come after them."""
    kinder, gruppe = group_areas(kinder)
    return (_Summen(t, gruppe).tafel(), kinder) if gruppe else (t, kinder)


class _Summen:
    def __init__(self, t: Tafel, gruppe: dict[str, str]) -> None:
        self.alt, self.gruppe = t, gruppe
        self.neu = copy(t)
        self.neu.nummer, self.neu.bekannt = dict(t.nummer), set(t.bekannt)
        for feld in ("schluessel", "wert", "oeffentlich", "schuetzen"):
            setattr(self.neu, feld, list(getattr(t, feld)))
        self.neu.gleichungen = []
        self.mitglieder: dict[tuple[str, Art], list[int]] = defaultdict(list)
        for i, k in enumerate(t.schluessel):
            if k.gebiet_id in gruppe:
                self.mitglieder[gruppe[k.gebiet_id], _art(k)].append(i)

    def tafel(self) -> Tafel:
        muster: dict[str, dict[Muster, int]] = defaultdict(lambda: defaultdict(int))
        for g in self.alt.gleichungen:
            orte = {self.alt.schluessel[i].gebiet_id for i in g.glieder}
            if len(orte) == 1 and (gruppe := self.gruppe.get(next(iter(orte)))) is not None:
                muster[gruppe][self._muster(g)] += 1
                self.neu.gleichungen.append(g)
            else:
                self.neu.gleichungen.append(self._ueber_gruppen(g))
        for gruppe, je_muster in muster.items():
            for (glieder, unten), anzahl in je_muster.items():
                # Only what holds in every area of the group holds for its sums.
                if all(len(self.mitglieder[gruppe, art]) == anzahl for art, _ in glieder):
                    summen = {self._summe(gruppe, art): f for art, f in glieder}
                    self.neu.gleichungen.append(Gleichung(summen, unten))
        return self.neu

    def _muster(self, g: Gleichung) -> Muster:
        return tuple(sorted((_art(self.alt.schluessel[i]), f) for i, f in g.glieder.items())), g.unten

    def _ueber_gruppen(self, g: Gleichung) -> Gleichung:
        """A relation between areas, by the sums of their groups where it adds up all of a group."""
        je: dict[tuple[str, Art, float], list[int]] = defaultdict(list)
        glieder: dict[int, float] = {}
        for i, f in g.glieder.items():
            k = self.alt.schluessel[i]
            if k.gebiet_id in self.gruppe:
                je[self.gruppe[k.gebiet_id], _art(k), f].append(i)
            else:
                glieder[i] = f
        for (gruppe, art, f), teile in je.items():
            if len(teile) == len(self.mitglieder[gruppe, art]):
                glieder[self._summe(gruppe, art)] = f
            else:
                glieder |= dict.fromkeys(teile, f)
        return Gleichung(glieder, g.unten)

    def _summe(self, gruppe: str, art: Art) -> int:
        """The sum of a group as a cell nobody prints and that need not be protected."""
        k = Schluessel(art[0], art[1], gruppe, *art[2:])
        if k not in self.neu.nummer:
            teile = self.mitglieder[gruppe, art]
            i = self.neu.zelle(k, sum(self.alt.wert[n] for n in teile), schuetzen=False)
            self.neu.gleich([i], teile)
            if all(n in self.alt.bekannt or self._shown_zero(n) for n in teile):
                self.neu.bekannt.add(i)
        return self.neu.nummer[k]

    def _shown_zero(self, i: int) -> bool:
        return self.alt.oeffentlich[i] and not self.alt.wert[i] and i not in self.alt.kleine_zeile


def _art(k: Schluessel) -> Art:
    return (k.art, k.profil, *k[3:])
