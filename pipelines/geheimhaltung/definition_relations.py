"""How the cells of two definitions hang together: the same persons, counted by the pair of rules that decided.

Belongs here: relations between definitions where kinds of persons are not known. Does not belong here: those within one
(relations.py), those of all definitions together, which say more (kind_relations.py).
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import NamedTuple, TypeVar

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

K = TypeVar("K", bound=Hashable)
KLASSE = {"mit": "personen_mit_mh", "ohne": "ohne_mh"}


ERGEBNISSE = ("personen_mit_mh", "ohne_mh", "unentscheidbar")


def link_vergleiche(f: Familie) -> None:
    t = f.tafel
    paare: dict[tuple[str, str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for i, k in enumerate(t.schluessel):
        if k.art == "vergleich":
            paare[k.gebiet_id, k.profil, k.a][k.b, k.c] = i
    je_mass: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, k in enumerate(t.schluessel):
        je_mass[k.art, k.profil].append(i)
    for (g, pa, pb), zellen in paare.items():
        einzeln = {k: i for k, i in zellen.items() if k != (INS, INS)}
        # On whom both agree: a count that nobody prints and everybody subtracts.
        verschieden = [zellen[INS, INS]] if (INS, INS) in zellen else list(einzeln.values())
        alle = f.gives("einwohner", "-", g, INS, INS)
        if alle is not None and t.hoechstens(verschieden, [alle]):
            t.abgeleitet(alle, verschieden, Schluessel("einig", pa, g, INS, INS, pb))
        if not einzeln:
            continue
        _connect_results(
            f, g, pa, pb, {k: (_find_measure(f, pa, k[0]), _find_measure(f, pb, k[1])) for k in einzeln}, einzeln
        )
        _connect_changes(f, g, pa, pb, einzeln)
        _connect_contained(f, pa, pb, einzeln, je_mass)
        kategorien = {(ra, rb): (f.kategorie.get((pa, ra), ""), f.kategorie.get((pb, rb), "")) for ra, rb in einzeln}
        _connect_categories(f, g, pa, pb, kategorien, einzeln)


def _connect_results(
    f: Familie, g: str, pa: str, pb: str, klassen: Mapping[K, tuple[str, str]], zellen: Mapping[K, int]
) -> None:
    """Who changes the result between two definitions is their difference; all changes together are the total."""
    for mass in ERGEBNISSE:
        a, b = f.gives(mass, pa, g, INS, INS), f.gives(mass, pb, g, INS, INS)
        if a is not None and b is not None:
            rein = [zellen[k] for k, (ka, kb) in klassen.items() if kb == mass != ka]
            raus = [zellen[k] for k, (ka, kb) in klassen.items() if ka == mass != kb]
            f.tafel.gleich([b, *raus], [a, *rein])
    if (alle := f.gives("vergleich", pa, g, INS, INS, pb, INS, INS)) is not None:
        f.tafel.gleich([alle], zellen.values())


class ChangeKind(NamedTuple):
    """How a person's result changes between two definitions: both results, both categories."""

    ergebnis: str
    anderes_ergebnis: str
    kategorie: str
    andere_kategorie: str


def _connect_changes(familie: Familie, ort: str, pa: str, pb: str, paare: dict[tuple[str, str], int]) -> None:
    """Changes in the parts of an area whose pairs of rules are told: of the same kinds, and together as many.

    A kind is both results and both categories: nobody of an area changes more often than its category has persons.
    """
    t = familie.tafel

    def art(regeln: tuple[str, str]) -> ChangeKind:
        ra, rb = regeln
        return ChangeKind(
            _find_measure(familie, pa, ra),
            _find_measure(familie, pb, rb),
            familie.kategorie.get((pa, ra), ""),
            familie.kategorie.get((pb, rb), ""),
        )

    ganze: dict[ChangeKind, list[int]] = defaultdict(list)
    for regeln, i in paare.items():
        ganze[art(regeln)].append(i)
    teile: dict[ChangeKind, list[int]] = defaultdict(list)
    for g in familie.kinder.get(ort, []):
        if familie.gives("einwohner", "-", g, INS, INS) is None:
            continue  # nobody lives there
        je_art: dict[ChangeKind, int] = defaultdict(int)
        for regeln, personen in familie.wechsel.get((g, pa, pb), {}).items():
            je_art[art(regeln)] += personen
        zellen = {
            k: t.zelle(Schluessel("wechsel", pa, g, INS, INS, pb, f"{k[0]}/{k[2]}", f"{k[1]}/{k[3]}"), je_art[k])
            for k in ganze
        }
        _connect_results(familie, g, pa, pb, {k: k[:2] for k in ganze}, zellen)
        _connect_categories(familie, g, pa, pb, {k: k[2:] for k in ganze}, zellen)
        for k, i in zellen.items():
            teile[k].append(i)
    for k, gruppe in teile.items():
        t.gleich(ganze[k], gruppe)


def _connect_categories(
    f: Familie, g: str, pa: str, pb: str, kategorien: Mapping[K, tuple[str, str]], zellen: Mapping[K, int]
) -> None:
    """Who changes is in the category of the rule, under both definitions."""
    for p, seite in ((pa, 0), (pb, 1)):
        je_kategorie: dict[str, list[int]] = defaultdict(list)
        for k, i in zellen.items():
            je_kategorie[kategorien[k][seite]].append(i)
        for kategorie, teile in je_kategorie.items():
            if (ganzes := f.gives("kategorie", p, g, INS, INS, kategorie, INS)) is not None:
                f.tafel.hoechstens(teile, [ganzes])


def _connect_contained(
    f: Familie, pa: str, pb: str, paare: dict[tuple[str, str], int], je_mass: dict[tuple[str, str], list[int]]
) -> None:
    """Nobody counts under the one definition and not under the other: the others are a count of every sex, age group and area."""
    klassen = [(_find_measure(f, pa, ra), _find_measure(f, pb, rb)) for (ra, rb), i in paare.items() if f.tafel.wert[i]]
    for eine, andere, gedreht in ((pa, pb, False), (pb, pa, True)):
        for mass in ERGEBNISSE:
            if any((b if gedreht else a) == mass != (a if gedreht else b) for a, b in klassen):
                continue
            for i in je_mass[mass, eine]:
                k = f.tafel.schluessel[i]
                if (j := f.tafel.nummer.get(k._replace(profil=andere))) is None:
                    continue
                if f.tafel.wert[j] >= f.tafel.wert[i]:
                    f.tafel.abgeleitet(j, [i], k._replace(art="mehr", profil=andere, a=eine, b=mass))


def _find_measure(f: Familie, profil: str, regel: str) -> str:
    ergebnis = f.ergebnis.get((profil, f.kategorie.get((profil, regel), "")), "")
    return KLASSE.get(ergebnis, "unentscheidbar")
