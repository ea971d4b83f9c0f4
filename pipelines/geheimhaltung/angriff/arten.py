"""What several definitions tell together: their rules are published, so the same persons can be sorted by all of them at once.

Belongs here: kinds of persons by the rule, category and result of every definition, and every published count as a sum of them.
Which kinds a register has is not published; the attack is told all the same (`Datei.arten`), so it is no weaker than a reader
who guesses right. Does not belong here: what two definitions say by themselves (definitionen.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pipelines.geheimhaltung.angriff.bevoelkerung import traeger
from pipelines.geheimhaltung.angriff.definitionen import ARTEN, ZUSAMMEN
from pipelines.geheimhaltung.angriff.read import Datei, RegisterKind
from pipelines.geheimhaltung.angriff.system import INS, System

Ort = tuple[str, str, str]  # area, sex, age group
Ausgang = tuple[tuple[tuple[str, str], ...], str, bool]  # results by definition, category of the main one, foreigner
REST, WEITERE, OHNE_GENERATION = "rest", "weitere", "-"


def connect_arten(s: System, d: Datei) -> None:
    """Every count of every definition as a sum of kinds: the town by rules, areas, sexes and age groups by results."""
    if s.spiel or len(d.profile()) < 2 or not d.arten:
        return
    stadt: Ort = (d.ags, INS, INS)
    arten = {k: s.zahl("RA", "-", *stadt, str(n)) for n, k in enumerate(d.arten) if k.besetzt}
    haupt = _find_main(d)
    je_ausgang: dict[Ausgang, list[int]] = defaultdict(list)
    for k, i in arten.items():
        je_ausgang[_take_outcome(k, haupt)].append(i)
    _connect_town(s, d, stadt, arten)
    moegliche = {_take_outcome(k, haupt)[0] for k in d.arten}
    for ort in _take_places(s, d):
        zellen = {o: s.zahl("PA", "-", *ort, str(n)) for n, o in enumerate(sorted(je_ausgang))}
        if ort == stadt:
            for o, teile in je_ausgang.items():
                s.gleich("Personenarten der Regeln", [zellen[o]], teile)
        _connect_place(s, d, ort, zellen, haupt)
        _connect_contained(s, d, ort, moegliche)


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


def _add_up(s: System, name: str, schluessel: tuple[str, ...], teile: list[int]) -> None:
    if (i := s.gives(*schluessel)) is not None:
        s.gleich(f"Personenarten: {name}", [i], teile)


def _connect_town(s: System, d: Datei, stadt: Ort, arten: Mapping[RegisterKind, int]) -> None:
    gruppen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    genannt = {
        (z["profil"], z["kategorie"], z["generation"]) for z in d.zeilen["mh_kategorie"] if z["gebiet_id"] == d.ags
    }
    for k, i in arten.items():
        if k.mehrstaatig:
            gruppen["RM", "-", *stadt, "mehrstaatigkeit", "mehrstaatig"].append(i)
        for u in k.urteile:
            name = u.kategorie if (u.profil, u.kategorie, INS) in genannt else REST
            n = k.generation if u.ergebnis == "mit" else OHNE_GENERATION
            zeilen = [(INS, INS), (name, INS), (INS, n)]
            zusammen = (u.profil, name, ZUSAMMEN) in genannt
            zeilen += [(WEITERE, n), (name, ZUSAMMEN)] if zusammen else [(name, n)]
            for kategorie, generation in zeilen:
                gruppen["K", u.profil, *stadt, kategorie, generation].append(i)
            for v in k.urteile:
                if v != u:
                    gruppen["V", u.profil, *stadt, v.profil, u.regel, v.regel].append(i)
    for schluessel, teile in gruppen.items():
        _add_up(s, f"{schluessel[0]} {schluessel[1]}", schluessel, teile)


def _connect_place(s: System, d: Datei, ort: Ort, zellen: Mapping[Ausgang, int], haupt: str) -> None:
    genannt = {z["kategorie"] for z in d.zeilen["mh_kategorie"] if z["profil"] == haupt and z["generation"] == INS}
    gruppen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for (ergebnisse, kategorie, auslaender), i in zellen.items():
        gruppen["E", "-", *ort].append(i)
        if auslaender:
            gruppen["A", "-", *ort].append(i)
        if haupt:
            gruppen["K", haupt, *ort, kategorie if kategorie in genannt else REST, INS].append(i)
        for p, e in ergebnisse:
            gruppen[ARTEN[e], p, *ort].append(i)
            if e == "mit" and not auslaender:
                gruppen["D", p, *ort].append(i)
            for q, f in ergebnisse:
                if e != f:
                    gruppen["V", p, *ort, q, INS, INS].append(i)
    for p in d.profile():  # nobody at all is a sum as well
        for art in ("MH", "U", "D", "A"):
            gruppen.setdefault((art, traeger(art, p), *ort), [])
    for schluessel, teile in gruppen.items():
        _add_up(s, f"{schluessel[0]} {schluessel[1]}", schluessel, teile)


def _connect_contained(s: System, d: Datei, ort: Ort, moegliche: set[tuple[tuple[str, str], ...]]) -> None:
    """Everybody whom one definition counts another counts as well, as the rules say: the others are a count of their own."""
    urteile = [{p: ARTEN[e] for p, e in ergebnisse} for ergebnisse in moegliche]
    for p in d.profile():
        for q in d.profile():
            for art in ("MH", "O", "U") if p != q else ():
                teil, ganzes = s.gives(art, traeger(art, p), *ort), s.gives(art, traeger(art, q), *ort)
                if teil is None or ganzes is None or any(u[p] == art != u[q] for u in urteile):
                    continue
                s.rest(f"{p} {art} in {q} enthalten", ganzes, [teil], "DF", q, *ort, p, art)
