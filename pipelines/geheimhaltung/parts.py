"""One large family split along its hierarchy of areas: the town with its Bezirke, each Bezirk with its areas.

Belongs here: which cell and which relation belongs to which part. Does not belong here: choosing (choose.py) and putting the
parts together again (by_levels.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.geheimhaltung.system import Gleichung, Tafel


@dataclass
class Teil:
    """The areas directly below `kopf`. Cells of `kopf` itself are decided one level up: here they are fixed (`rand`)."""

    kopf: str
    tiefe: int
    zellen: list[int] = field(default_factory=list)
    rand: list[int] = field(default_factory=list)
    gleichungen: list[Gleichung] = field(default_factory=list)


class _Orte:
    """Which part an area's cells are decided in, and which parts must not be torn apart."""

    def __init__(self, kinder: dict[str, list[str]]) -> None:
        self.oben = {kind: kopf for kopf, alle in kinder.items() for kind in alle}
        self.geht_auf: dict[str, str] = {}

    def tiefe(self, gebiet: str) -> int:
        tiefe = 0
        while gebiet in self.oben:
            gebiet, tiefe = self.oben[gebiet], tiefe + 1
        return tiefe

    def teil(self, gebiet: str) -> str:
        """The head of the part that decides about this area; the town decides about itself."""
        kopf = self.oben.get(gebiet, gebiet)
        while kopf in self.geht_auf:
            kopf = self.geht_auf[kopf]
        return kopf

    def teil_der_gleichung(self, gebiete: set[str]) -> str:
        """The part a relation belongs to. One that spans parts, other than a head and its areas, makes them one part."""
        while True:
            je_teil: dict[str, set[str]] = {}
            for g in sorted(gebiete):
                je_teil.setdefault(self.teil(g), set()).add(g)
            if len(je_teil) == 1:
                return next(iter(je_teil))
            unten = max(je_teil, key=lambda k: (self.tiefe(k), k))
            if len(je_teil) == 2 and all(k == unten or je_teil[k] == {unten} for k in je_teil):
                return unten
            self.geht_auf[unten] = self.teil(unten)


def split_up(t: Tafel, kinder: dict[str, list[str]]) -> list[Teil]:
    """The parts of a family, those higher up first. Every cell is in one part, every relation in one part."""
    orte = _Orte(kinder)
    gebiete = [{t.schluessel[i].gebiet_id for i in g.glieder} for g in t.gleichungen]
    for menge in gebiete:
        orte.teil_der_gleichung(menge)
    teile: dict[str, Teil] = {}
    for i, k in enumerate(t.schluessel):
        kopf = orte.teil(k.gebiet_id)
        teile.setdefault(kopf, Teil(kopf, orte.tiefe(kopf))).zellen.append(i)
    for gleichung, menge in zip(t.gleichungen, gebiete, strict=True):
        teile[orte.teil_der_gleichung(menge)].gleichungen.append(gleichung)
    for teil in teile.values():
        eigene = set(teil.zellen)
        teil.rand = sorted({i for g in teil.gleichungen for i in g.glieder} - eigene)
    return sorted(teile.values(), key=lambda teil: (teil.tiefe, teil.kopf))


def auszug(t: Tafel, zellen: Iterable[int], gleichungen: Iterable[Gleichung]) -> tuple[Tafel, list[int]]:
    """A family of these cells and relations only; with it the cells' numbers in the whole."""
    nummern = sorted(zellen)
    neu = {i: n for n, i in enumerate(nummern)}
    teil = Tafel()
    teil.schluessel = [t.schluessel[i] for i in nummern]
    teil.nummer = {k: n for n, k in enumerate(teil.schluessel)}
    teil.wert = [t.wert[i] for i in nummern]
    teil.oeffentlich = [t.oeffentlich[i] for i in nummern]
    teil.schuetzen = [t.schuetzen[i] for i in nummern]
    teil.bekannt = {neu[i] for i in t.bekannt if i in neu}
    teil.kleine_zeile = {neu[i] for i in t.kleine_zeile if i in neu}
    teil.mindestens = {neu[i]: n for i, n in t.mindestens.items() if i in neu}
    teil.gleichungen = [Gleichung({neu[i]: f for i, f in g.glieder.items()}, g.unten) for g in gleichungen]
    return teil, nummern
