"""How the cells of all definitions hang together: whoever knows the rules sorts the same persons by all of them at once.

Belongs here: kinds of persons (the rule of each definition that decided, generation, a further nationality), of which every count
of every definition is a sum. Their rules are published, so everybody can add them up. Which kinds there are in the town at that
Stichtag, of which ages and sexes, is taken for known: who is of none of them excuses no small difference.
Does not belong here: what of these sums must not be found out (kind_sets.py), relations within one definition (relations.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from pipelines.geheimhaltung.family import Familie, Ort, PersonKind
from pipelines.geheimhaltung.kind_sets import Told, protect_sets
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

K = TypeVar("K", bound=Any)
MASS = {
    "mit": "personen_mit_mh", "ohne": "ohne_mh", "unentscheidbar": "unentscheidbar", "nicht_bestimmbar": "unentscheidbar",
}  # fmt: skip


class Outcome(NamedTuple):
    """A kind as areas, sexes and age groups tell it: definition → result, the main definition's category."""

    ergebnisse: tuple[tuple[str, str], ...]
    kategorie: str
    auslaender: bool


def link_arten(familie: Familie) -> None:
    """Every count of every definition as a sum of kinds.

    Raises: RuntimeError if the kinds do not add up.
    """
    if not familie.profile:
        return
    stadt: Ort = (familie.ags, INS, INS)
    arten = _create_cells(familie, "regelart", stadt, familie.arten[stadt])
    moegliche = protect_sets(
        familie.tafel, stadt, familie.schwelle, _link_stadt(familie, stadt, arten), _find_rule_sets(arten)
    )
    ausgang = {k: _take_outcome(familie, k) for k, i in arten.items() if i in moegliche}
    ganze: dict[Outcome, list[int]] = defaultdict(list)
    for k, o in ausgang.items():
        ganze[o].append(arten[k])
    reihe = sorted(ganze)
    gruppen, mengen = _group_outcomes(familie, reihe), _find_result_sets(reihe)
    for ort, personen in sorted(familie.arten.items()):
        # Those that there are at an age or of a sex; areas may have any.
        anzahl: dict[Outcome, int] = dict.fromkeys(reihe, 0) if ort[1:] == (INS, INS) else defaultdict(int)
        for k, n in personen.items():
            if k in ausgang:
                anzahl[ausgang[k]] += n
        zellen = _create_cells(familie, "personenart", ort, anzahl)
        if ort == stadt:
            for o, teile in ganze.items():
                if zellen[o] >= 0:
                    familie.tafel.gleich([zellen[o]], [i for i in teile if i >= 0])
        nummern = [zellen.get(o) for o in reihe]
        je_zelle = {(*k[:2], *ort, *k[2:]): _pick(nummern, teile) for k, teile in gruppen.items()}
        told = _connect(familie, zellen.values(), je_zelle)
        protect_sets(
            familie.tafel, ort, familie.schwelle, told, ((name, _pick(nummern, teile)) for name, teile in mengen)
        )
    _link_inner(familie, list(ganze))


def _pick(nummern: list[int | None], stellen: list[int]) -> list[int]:
    """The numbers at these places, of kinds that are possible there."""
    return [i for n in stellen if (i := nummern[n]) is not None]


def _create_cells(f: Familie, art: str, ort: Ort, personen: Mapping[K, int]) -> dict[K, int]:
    """The cell of every kind; a kind that nobody there is of has none, but a negative number of its own."""
    zellen = {}
    for n, (k, anzahl) in enumerate(sorted(personen.items()), start=1):
        zellen[k] = f.tafel.zelle(Schluessel(art, "-", *ort, str(k)), anzahl, schuetzen=False) if anzahl else -n
    return zellen


def _take_outcome(f: Familie, k: PersonKind) -> Outcome:
    kategorie = {p: f.kategorie[p, r] for p, r in k.regeln}
    ergebnisse = tuple((p, f.ergebnis[p, kategorie[p]]) for p, _ in k.regeln)
    return Outcome(ergebnisse, kategorie.get(f.hauptprofil, ""), k.auslaender)


def _group_outcomes(f: Familie, arten: list[Outcome]) -> dict[tuple[str, ...], list[int]]:
    """What is told by area, sex or age alone, as places in the list: results, foreigners, who changes between two definitions,
    main categories. Keys are those of cells without area, sex and age."""
    gruppen: dict[tuple[str, ...], list[int]] = {
        ("einwohner", "-"): list(range(len(arten))),
        ("auslaender", "-"): [n for n, o in enumerate(arten) if o.auslaender],
    }
    for p in f.profile:
        gruppen |= {(mass, p): [] for mass in ("personen_mit_mh", "deutsche_mit_mh", "unentscheidbar")}
        gruppen |= {("vergleich", p, q, INS, INS): [] for q in f.profile}
    for n, o in enumerate(arten):
        for p, ergebnis in o.ergebnisse:
            if ergebnis != "ohne":
                gruppen[MASS[ergebnis], p].append(n)
            if ergebnis == "mit" and not o.auslaender:
                gruppen["deutsche_mit_mh", p].append(n)
            for q, anderes in o.ergebnisse:
                if anderes != ergebnis:
                    gruppen["vergleich", p, q, INS, INS].append(n)
        name = f.benannt.get((f.hauptprofil, o.kategorie), o.kategorie)
        gruppen.setdefault(("kategorie", f.hauptprofil, name, INS), []).append(n)
    return gruppen


def _link_stadt(f: Familie, stadt: Ort, arten: dict[PersonKind, int]) -> Told:
    """What the town tells by rules: categories and generations of every definition, pairs of rules, foreigners."""
    gruppen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, i in arten.items():
        regel = dict(k.regeln)
        if k.auslaender:
            gruppen["auslaender", "-", *stadt].append(i)
        for p, r in k.regeln:
            kategorie = f.kategorie[p, r]
            generation = k.generation if f.ergebnis[p, kategorie] == "mit" else "-"
            for name, n in _find_rows(f, p, kategorie, generation):
                gruppen["kategorie", p, *stadt, name, n].append(i)
            for q in f.profile:
                gruppen["vergleich", p, *stadt, q, r, regel[q]].append(i)
    return _connect(f, arten.values(), gruppen)


def _find_rows(f: Familie, p: str, kategorie: str, generation: str) -> Iterable[tuple[str, str]]:
    """The rows of a category and generation in the town: by name, or together with others."""
    name = f.benannt.get((p, kategorie), kategorie)
    yield from ((INS, INS), (name, INS), (INS, generation))
    if (p, kategorie) not in f.ohne_generation:
        yield name, generation
    else:
        yield from (("weitere", generation), (name, "zusammen"))


def _connect(f: Familie, arten: Iterable[int], gruppen: Mapping[tuple[str, ...], list[int]]) -> Told:
    """Every cell that is told is the sum of its kinds; where the row is missing, nobody is."""
    gedruckt, niemand = {}, []
    for schluessel, teile in gruppen.items():
        if (i := f.gives(*schluessel)) is None:
            if not any(n >= 0 for n in teile) and _has_a_row(f, schluessel):
                niemand.append(teile)
            continue
        if not f.tafel.gleich([i], [n for n in teile if n >= 0]):
            raise RuntimeError(f"kinds of persons do not add up to {schluessel[0]} of {schluessel[1]}")
        if f.tafel.oeffentlich[i]:
            gedruckt[i] = teile
    return Told(list(arten), gedruckt, niemand)


def _has_a_row(f: Familie, schluessel: tuple[str, ...]) -> bool:
    """Whether a table tells such counts at that place, so that one that is not there counts nobody."""
    art, p, g, x, a, *mehr = schluessel
    return art == "kategorie" and mehr[1] == INS and f.gives(art, p, g, x, a, INS, INS) is not None


def _find_rule_sets(arten: dict[PersonKind, int]) -> Iterable[tuple[str, list[int]]]:
    """Whom a rule of one definition and a rule of another decide about, all and those of a generation, by name; foreigners
    and Germans are told apart, too."""
    mengen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for k, i in arten.items():
        for n, (p, r) in enumerate(k.regeln):
            for q, s in (*k.regeln[n + 1 :], ("auslaender", str(k.auslaender))):
                mengen[p, r, q, s].append(i)
                mengen[p, r, q, s, k.generation].append(i)
    return ((" ".join(name), teile) for name, teile in mengen.items())


def _find_result_sets(arten: list[Outcome]) -> list[tuple[str, list[int]]]:
    """Whom two definitions give these results, all and those of a category, by name, as places in the list."""
    mengen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for stelle, o in enumerate(arten):
        for n, (p, r) in enumerate(o.ergebnisse):
            for q, s in (*o.ergebnisse[n + 1 :], ("auslaender", str(o.auslaender))):
                mengen[p, r, q, s].append(stelle)
                mengen[p, r, q, s, o.kategorie].append(stelle)
    return [(" ".join(name), teile) for name, teile in mengen.items()]


def _link_inner(f: Familie, arten: list[Outcome]) -> None:
    """Nobody counts under the one definition and not under the other: by two of area, sex and age the others are a count too."""
    je_mass: dict[tuple[str, str], list[Schluessel]] = defaultdict(list)
    for k in f.tafel.schluessel:
        if k.art in MASS.values() and (k.gebiet_id, k.geschlecht, k.altersgruppe) not in f.arten:
            je_mass[k.art, k.profil].append(k)
    masse = [{p: MASS[e] for p, e in o.ergebnisse} for o in arten]
    for mass, p in sorted(je_mass):
        for q in f.profile:
            if q == p or any(m[p] == mass != m[q] for m in masse):
                continue
            for k in je_mass[mass, p]:
                ganzes = f.gives(*k._replace(profil=q))
                if ganzes is not None:
                    f.tafel.abgeleitet(ganzes, [f.tafel.nummer[k]], k._replace(art="mehr", profil=q, a=p, b=mass))
