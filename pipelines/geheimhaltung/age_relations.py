"""Categories that nobody of some ages is in: beside the other ages they leave a count.

Belongs here: what the ages of a category, which the kinds of persons tell, leave of Germans or persons with MH of these ages (by
most definitions only minors are told by their parents). Does not belong here: kinds at one place (kind_relations.py).
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS


class Ages(NamedTuple):
    """Who is counted by age, and the categories of these ages alone that are part of it."""

    mass: str
    alter: frozenset[str]
    kategorien: tuple[str, ...]


def link_ages(f: Familie) -> None:
    """What categories leave of the ages they are of, wherever both are told."""
    orte = {k[2:4] for k in f.tafel.schluessel if k.art == "kategorie"}
    for p in f.profile:
        for ages in _find_ages(f, p):
            for g, x in sorted(orte):
                _link_rest(f, p, g, x, ages)


def _find_ages(f: Familie, p: str) -> Iterator[Ages]:
    """Each category by itself and all those of the same ages together, where they are not of every age."""
    alter: dict[str, set[str]] = defaultdict(set)
    wer: dict[str, set[bool]] = defaultdict(set)
    alle = {a for g, x, a in f.arten if a != INS}
    for (_, _, a), personen in f.arten.items():
        if a != INS:
            for art in personen:
                kategorie = f.kategorie[p, dict(art.regeln)[p]]
                alter[kategorie].add(a)
                wer[kategorie].add(art.auslaender)
    je_mass = {k: _find_mass(f.ergebnis[p, k], wer[k]) for k in alter}
    gefragt: set[Ages] = set()
    for kategorie in sorted(alter):
        grenze, mass = frozenset(alter[kategorie]), je_mass[kategorie]
        if grenze < alle:
            innen = tuple(sorted(k for k in alter if alter[k] <= grenze and je_mass[k] == mass))
            gefragt |= {Ages(mass, grenze, (kategorie,)), Ages(mass, grenze, innen)}
    yield from sorted(gefragt, key=lambda a: (a.mass, sorted(a.alter), a.kategorien))


def _find_mass(ergebnis: str, auslaender: set[bool]) -> str:
    if ergebnis == "mit":
        return "deutsche_mit_mh" if auslaender == {False} else "personen_mit_mh"
    return "ohne_mh" if ergebnis == "ohne" else "unentscheidbar"


def _link_rest(f: Familie, p: str, g: str, x: str, ages: Ages) -> None:
    je_alter = [f.gives(ages.mass, p, g, x, a) for a in sorted(ages.alter)]
    teile = [f.gives("kategorie", p, g, x, INS, k, INS) for k in ages.kategorien]
    zellen, abgezogen = [i for i in je_alter if i is not None], [i for i in teile if i is not None]
    if len(zellen) < len(je_alter) or len(abgezogen) < len(teile):
        return
    rest = sum(f.tafel.wert[i] for i in zellen) - sum(f.tafel.wert[i] for i in abgezogen)
    if rest >= 0:
        name = Schluessel("alter_der_kategorie", p, g, x, INS, " ".join(ages.kategorien), " ".join(sorted(ages.alter)))
        f.tafel.gleich(zellen, [*abgezogen, f.tafel.zelle(name, rest)])
