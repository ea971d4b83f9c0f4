"""What several definitions tell together: their rules are published, so the same persons can be sorted by all of them at once.

Belongs here: kinds of persons by the rule, category and result of every definition, and every published count as a sum of them.
Which kinds a register has is not published; the attack is told all the same (`Datei.arten`), so it is no weaker than a reader
who guesses right. Does not belong here: what two definitions say by themselves (definitionen.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipelines.geheimhaltung.angriff.bevoelkerung import traeger
from pipelines.geheimhaltung.angriff.definitionen import ARTEN, ZUSAMMEN
from pipelines.geheimhaltung.angriff.read import Datei, RegisterKind
from pipelines.geheimhaltung.angriff.sums_of_kinds import ShownSums
from pipelines.geheimhaltung.angriff.system import INS, System

Ort = tuple[str, str, str]  # area, sex, age group
Ausgang = tuple[tuple[tuple[str, str], ...], str, bool]  # results by definition, category of the main one, foreigner
REST, WEITERE, OHNE_GENERATION = "rest", "weitere", "-"


def connect_arten(s: System, d: Datei) -> None:
    """Every count of every definition as a sum of kinds: the town by rules, areas, sexes and age groups by results."""
    if s.spiel or not d.profile() or not d.arten:
        return
    for p in d.profile():
        _connect_ages(s, d, p)
    stadt: Ort = (d.ags, INS, INS)
    arten = {k: s.zahl("RA", "-", *stadt, str(n)) for n, k in enumerate(d.arten)}
    haupt = _find_main(d)
    je_ausgang: dict[Ausgang, list[int]] = defaultdict(list)
    for k, i in arten.items():
        je_ausgang[_take_outcome(k, haupt)].append(i)
    gruppen = _group_by_rules(d, stadt, d.arten)
    _connect(s, gruppen, arten)
    moegliche = _tell_small(s, d, stadt, d.arten, gruppen, _find_rule_sets(d.arten))
    ausgaenge: dict[Ausgang, set[str]] = defaultdict(set)
    for k in d.arten:
        if k in moegliche:
            ausgaenge[_take_outcome(k, haupt)] |= {*k.alter, *k.geschlechter}
    for ort in _take_places(s, d):
        zellen = {o: s.zahl("PA", "-", *ort, str(n)) for n, o in enumerate(sorted(je_ausgang))}
        if ort == stadt:
            for o, teile in je_ausgang.items():
                s.gleich("Personenarten der Regeln", [zellen[o]], teile)
        hier = [o for o, wer in ausgaenge.items() if {*ort[1:]} <= {INS, *wer}]
        _connect(s, _group_by_results(d, ort, list(zellen), haupt), zellen)
        _tell_small(s, d, ort, hier, _group_by_results(d, ort, hier, haupt), _find_result_sets(hier))


def _connect_ages(s: System, d: Datei, p: str) -> None:
    """Categories that nobody of some ages is in leave a count of the other ages: Germans or persons with MH of these ages."""
    alter: dict[str, set[str]] = defaultdict(set)
    masse: dict[str, set[str]] = defaultdict(set)
    for k in d.arten:
        for u in k.urteile:
            if u.profil == p:
                alter[u.kategorie] |= set(k.alter)
                mass = ARTEN[u.ergebnis]
                masse[u.kategorie].add("D" if mass == "MH" and not k.auslaender else mass)
    orte = sorted({(k[2], k[3]) for k in s.schluessel if k[0] == "K"})
    for kategorie, grenze in sorted(alter.items()):
        if grenze >= set(d.altersgruppen()):
            continue
        mass = max(masse[kategorie])  # MH where some are foreigners
        innen = [c for c in sorted(alter) if alter[c] <= grenze and max(masse[c]) == mass]
        for kategorien in ([kategorie], innen):
            for g, x in orte:
                je_alter = [s.gives(mass, p, g, x, a) for a in sorted(grenze)]
                teile = [s.gives("K", p, g, x, INS, c, INS) for c in kategorien]
                if None not in je_alter and None not in teile:
                    i = s.zahl("KA", p, g, x, INS, " ".join(kategorien))
                    s.gleich(
                        "Kategorie im Alter",
                        [n for n in je_alter if n is not None],
                        [i, *(n for n in teile if n is not None)],
                    )
                    s.abgeleitet.add(i)


def _find_main(d: Datei) -> str:
    """The definition whose categories areas tell; empty if none does."""
    return next((z["profil"] for z in d.zeilen["mh_kategorie"] if z["gebiet_id"] != d.ags), "")


def _take_outcome(k: RegisterKind, haupt: str) -> Ausgang:
    je = {u.profil: u for u in k.urteile}
    return tuple((u.profil, u.ergebnis) for u in k.urteile), je[haupt].kategorie if haupt in je else "", k.auslaender


def _take_places(s: System, d: Datei) -> Iterator[Ort]:
    """The town, its areas, its women and men, its age groups."""
    yield d.ags, INS, INS
    orte = [
        *((g, INS, INS) for g in d.gebiete() if g != d.ags),
        *((d.ags, x, INS) for x in d.geschlechter()),
        *((d.ags, INS, a) for a in d.altersgruppen()),
    ]
    yield from (ort for ort in orte if s.gives("E", "-", *ort) is not None)


Gruppen = Mapping[tuple[str, ...], list[Any]]


def _connect(s: System, gruppen: Gruppen, zellen: Mapping[Any, int]) -> None:
    for schluessel, kinds in gruppen.items():
        if (i := s.gives(*schluessel)) is not None:
            s.gleich(f"Personenarten: {schluessel[0]} {schluessel[1]}", [i], [zellen[k] for k in kinds if k in zellen])


def _tell_small(
    s: System, d: Datei, ort: Ort, kinds: Iterable[Any], gruppen: Gruppen, mengen: Mapping[str, list[Any]]
) -> set[Any]:
    """Note every small sum of kinds that follows from what the place shows; returns the kinds there may be."""
    gezeigt = []
    for schluessel, teile in gruppen.items():
        i = s.gives(*schluessel)
        if i is not None and s.fest(i):
            gezeigt.append((teile, s.unten[i]))
        elif i is None and _has_a_row(s, schluessel):
            gezeigt.append((teile, 0.0))
    summen = ShownSums(kinds, gezeigt)
    for name, wert in summen.find_small(mengen, d.schwelle).items():
        i = s.zahl("SA", "-", *ort, name)
        s.set_value(i, wert)
        s.abgeleitet.add(i)
    return set(summen.moeglich)


def _has_a_row(s: System, schluessel: tuple[str, ...]) -> bool:
    """Whether the file tells such counts at that place: one that is not there counts nobody."""
    art, p, g, x, a, *mehr = schluessel
    return art == "K" and mehr[1] == INS and s.gives("K", p, g, x, a, INS, INS) is not None


def _group_by_rules(d: Datei, stadt: Ort, arten: Iterable[RegisterKind]) -> Gruppen:
    """What the town tells: categories and generations of every definition, pairs of rules, foreigners, further nationalities."""
    gruppen: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    genannt = {
        (z["profil"], z["kategorie"], z["generation"]) for z in d.zeilen["mh_kategorie"] if z["gebiet_id"] == d.ags
    }
    for k in arten:
        if k.auslaender:
            gruppen["A", "-", *stadt].append(k)
        if k.mehrstaatig:
            gruppen["RM", "-", *stadt, "mehrstaatigkeit", "mehrstaatig"].append(k)
        for u in k.urteile:
            name = (
                u.kategorie if (u.profil, u.kategorie, INS) in genannt or (u.profil, REST, INS) not in genannt else REST
            )
            n = k.generation if u.ergebnis == "mit" else OHNE_GENERATION
            zeilen = [(INS, INS), (name, INS), (INS, n)]
            zusammen = (u.profil, name, ZUSAMMEN) in genannt
            zeilen += [(WEITERE, n), (name, ZUSAMMEN)] if zusammen else [(name, n)]
            for kategorie, generation in zeilen:
                gruppen["K", u.profil, *stadt, kategorie, generation].append(k)
            for v in k.urteile:
                if v.ergebnis != u.ergebnis:
                    gruppen["V", u.profil, *stadt, v.profil, u.regel, v.regel].append(k)
    return gruppen


def _group_by_results(d: Datei, ort: Ort, ausgaenge: list[Ausgang], haupt: str) -> Gruppen:
    """What areas, sexes and age groups tell: results of every definition, who changes, the main definition's categories."""
    genannt = {z["kategorie"] for z in d.zeilen["mh_kategorie"] if z["profil"] == haupt and z["generation"] == INS}
    gruppen: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for p in d.profile():  # nobody at all is a sum as well
        for art in ("MH", "U", "D", "A"):
            gruppen[art, traeger(art, p), *ort] = []
    for o in ausgaenge:
        ergebnisse, kategorie, auslaender = o
        gruppen["E", "-", *ort].append(o)
        if auslaender:
            gruppen["A", "-", *ort].append(o)
        if haupt:
            gruppen["K", haupt, *ort, kategorie if kategorie in genannt or REST not in genannt else REST, INS].append(o)
        for p, e in ergebnisse:
            gruppen[ARTEN[e], p, *ort].append(o)
            if e == "mit" and not auslaender:
                gruppen["D", p, *ort].append(o)
            for q, anderes in ergebnisse:
                if e != anderes:
                    gruppen["V", p, *ort, q, INS, INS].append(o)
    return gruppen


def _find_rule_sets(arten: Iterable[RegisterKind]) -> dict[str, list[Any]]:
    """Whom a rule of a definition and one of another decide about, or who of them are foreigners: all, and by generation."""
    mengen: dict[str, list[Any]] = defaultdict(list)
    for k in arten:
        for n, u in enumerate(k.urteile):
            for anderes in (*(f"{v.profil} {v.regel}" for v in k.urteile[n + 1 :]), _say_nationality(k.auslaender)):
                mengen[f"{u.profil} {u.regel}, {anderes}"].append(k)
                mengen[f"{u.profil} {u.regel}, {anderes}, {k.generation}"].append(k)
    return mengen


def _find_result_sets(ausgaenge: list[Ausgang]) -> dict[str, list[Any]]:
    """Whom two definitions give these results, or who is a foreigner: all of them and those of a category of the main one."""
    mengen: dict[str, list[Any]] = defaultdict(list)
    for o in ausgaenge:
        for n, (p, e) in enumerate(o[0]):
            for anderes in (*(f"{q} {f}" for q, f in o[0][n + 1 :]), _say_nationality(o[2])):
                mengen[f"{p} {e}, {anderes}"].append(o)
                mengen[f"{p} {e}, {anderes}, {o[1]}"].append(o)
    return mengen


def _say_nationality(auslaender: bool) -> str:
    return "Ausländer" if auslaender else "Deutsche"
