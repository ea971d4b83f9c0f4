"""Categories of a definition and the comparison of definitions.

Belongs here: marts.mh_kategorie, marts.definitionsvergleich. What one definition counts within another is told by published
zeros: nobody whom one counts and the other does not.
"""

from collections import defaultdict

from pipelines.geheimhaltung.angriff.bevoelkerung import alle_auslaender, traeger
from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System

KATEGORIE, VERGLEICH = "marts.mh_kategorie", "marts.definitionsvergleich"
ZUSAMMEN = "zusammen"  # all generations of a category that is told with others by generation
ARTEN = {"mit": "MH", "ohne": "O", "unentscheidbar": "U", "nicht_bestimmbar": "U"}


def read_kategorien(system: System, d: Datei) -> None:
    """Categories, generations, and which of them make which count."""
    zeilen: dict[tuple[str, str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    ergebnis: dict[tuple[str, str], str] = {}
    for z in d.zeilen["mh_kategorie"]:
        profil, g, x, k, n = z["profil"], z["gebiet_id"], z["geschlecht"], z["kategorie"], z["generation"]
        i = system.zahl("K", profil, g, x, INS, k, n)
        system.read(i, Stelle(KATEGORIE, "personen", "; ".join((profil, g, x, k, n))), z["personen"])
        zeilen[profil, g, x][k, n] = i
        if k != INS:
            ergebnis[profil, k] = z["ergebnis_mh"]
    # Categories are the same in every area and for every sex; so is which of them have a generation.
    alle: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (profil, _, _), zellen in zeilen.items():
        alle[profil] |= set(zellen)
    for (profil, g, x), zellen in zeilen.items():
        kategorien = sorted({k for k, _ in alle[profil]} - {INS})
        generationen = sorted({n for _, n in alle[profil]} - {INS})
        for n in (INS, *generationen):
            teile = [(k, n) for k in kategorien if (k, n) in alle[profil]]
            _teile(system, f"Kategorien {profil} {n}", zellen, (INS, n), teile)
        for k in (INS, *kategorien):
            teile = [(k, n) for n in generationen if (k, n) in alle[profil]]
            _teile(system, f"Generationen {profil} {k}", zellen, (k, INS), teile)
        _connect_kategorien(
            system, d, (profil, g, x), {k: i for (k, n), i in zellen.items() if n == INS}, kategorien, ergebnis
        )
        auslaender = _nur_auslaender(d, profil, kategorien)
        # Foreigners whose categories are told together with others by generation are no group of their own there.
        je_generation = not any((k, ZUSAMMEN) in alle[profil] for k in auslaender)
        if alle_auslaender(d, profil) and je_generation:
            for n in generationen:
                personen = [zellen.get((k, n)) for k in sorted(auslaender) if (k, n) in alle[profil]]
                if personen and None not in personen:
                    summe = system.zahl("AG", "-", g, x, INS, n)
                    system.abgeleitet.add(summe)
                    system.gleich(
                        f"Ausländer der Generation {n}, {profil}", [summe], [i for i in personen if i is not None]
                    )


def _teile(
    s: System, name: str, zellen: dict[tuple[str, str], int], ganzes: tuple[str, str], teile: list[tuple[str, str]]
) -> None:
    # A category nobody is in has no row there.
    if ganzes in zellen and (da := [zellen[t] for t in teile if t in zellen]):
        s.gleich(name, [zellen[ganzes]], da)


def _nur_auslaender(d: Datei, p: str, kategorien: list[str]) -> set[str]:
    """Categories that hold all foreigners and nobody else; empty where rules do not say so."""
    gefunden: set[str] = set()
    for r in d.regeln.get(p, []):
        erstes = r.bedingung.split()[0] if r.bedingung else ""
        if erstes == "auslaender":
            gefunden.add(r.kategorie)
        elif erstes != "deutsch":
            return set()
        if r.bedingung == "auslaender":
            break
    andere = {r.kategorie for r in d.regeln.get(p, []) if not r.bedingung.startswith("auslaender")}
    return gefunden & set(kategorien) if not gefunden & andere else set()


def _connect_kategorien(
    s: System, d: Datei, ort: tuple[str, str, str], ganze: dict[str, int], kategorien: list[str],
    ergebnis: dict[tuple[str, str], str],
) -> None:  # fmt: skip
    p, g, x = ort
    if INS in ganze and (e := s.gives("E", "-", g, x, INS)) is not None:
        s.gleich(f"Kategorien {p} = Einwohner", [e], [ganze[INS]])
    if not set(kategorien) <= set(ganze) or any(ergebnis[p, k] not in ARTEN for k in kategorien):
        return
    for art in ("MH", "O", "U"):
        ziel = s.gives(art, p, g, x, INS)
        if ziel is not None:
            s.gleich(f"Kategorien {p} = {art}", [ziel], [ganze[k] for k in kategorien if ARTEN[ergebnis[p, k]] == art])
    auslaender, a = _nur_auslaender(d, p, kategorien), s.gives("A", "-", g, x, INS)
    if alle_auslaender(d, p) and auslaender and a is not None:
        s.gleich(f"Kategorien {p} = Ausländer", [a], [ganze[k] for k in sorted(auslaender)])


def read_vergleiche(s: System, d: Datei) -> None:
    """Who is counted under one definition and not under another: by rules for the town, in areas by what the rules say."""
    paare: dict[tuple[str, str], dict[tuple[str, str], tuple[str, str, str]]] = defaultdict(dict)
    for z in d.zeilen["definitionsvergleich"]:
        pa, pb, ra, rb, g = z["profil_a"], z["profil_b"], z["regel_a"], z["regel_b"], z["gebiet_id"]
        i = s.zahl("V", pa, g, INS, INS, pb, ra, rb)
        s.read(i, Stelle(VERGLEICH, "personen", "; ".join((pa, pb, g, ra, rb))), z["personen"])
        if (ra, rb) != (INS, INS):
            paare[pa, pb][ra, rb] = (z["ergebnis_a"], z["ergebnis_b"], z["grund"] or "")
    einzeln = {(z["profil_a"], z["profil_b"]) for z in d.zeilen["definitionsvergleich"] if z["regel_a"] == INS}
    for pa, pb in sorted(einzeln):
        _connect_pair(s, d, pa, pb, paare[pa, pb])


def _kategorie(d: Datei, p: str, grund: str) -> str:
    """Category of a rule, by the name the row gives it; empty if it is not told."""
    name = grund.removeprefix(f"{p}: ").rsplit(" (", 1)[0]
    treffer = {r.kategorie for r in d.regeln.get(p, []) if r.name == name}
    return treffer.pop() if len(treffer) == 1 else ""


def _connect_pair(
    system: System, definition: Datei, pa: str, pb: str, regeln: dict[tuple[str, str], tuple[str, str, str]]
) -> None:
    # Rules with the same results, of the same categories, are one group: in an area no more can be known of each.
    gruppen: dict[tuple[str, str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for (ra, rb), (ea, eb, grund) in regeln.items():
        ga, _, gb = grund.partition(f"; {pb}: ")
        gruppen[
            ARTEN.get(ea, ea),
            ARTEN.get(eb, eb),
            _kategorie(definition, pa, ga),
            _kategorie(definition, pb, f"{pb}: {gb}"),
        ].append((ra, rb))
    vollstaendig = bool(regeln) or system.gives("V", pa, definition.ags, INS, INS, pb, INS, INS) is not None
    for g in definition.gebiete():
        alle = system.gives("V", pa, g, INS, INS, pb, INS, INS)
        zellen: dict[tuple[str, str, str, str], int] = {}
        for gruppe, liste in gruppen.items():
            einzelne = [system.gives("V", pa, g, INS, INS, pb, *r) for r in liste]
            zellen[gruppe] = system.zahl("W", pa, g, INS, INS, pb, *gruppe)
            if None not in einzelne:
                system.gleich(f"Vergleich {pa}/{pb}: Regeln", [zellen[gruppe]], [i for i in einzelne if i is not None])
        if alle is not None and zellen:
            system.gleich(f"Vergleich {pa}/{pb}: alle", [alle], zellen.values())
        for art in ("MH", "O", "U"):
            a, b = system.gives(art, pa, g, INS, INS), system.gives(art, pb, g, INS, INS)
            if a is None or b is None or not vollstaendig:
                continue
            if zellen or (alle is not None and system.fest(alle) and system.oben[alle] == 0):
                rein = [i for (ea, eb, *_), i in zellen.items() if eb == art != ea]
                raus = [i for (ea, eb, *_), i in zellen.items() if ea == art != eb]
                system.gleich(f"Vergleich {pa}/{pb}: Unterschied {art}", [b, *raus], [a, *rein])
            elif alle is not None:
                system.hoechstens(f"Vergleich {pa}/{pb}: Unterschied {art}", [a], [b, alle])
                system.hoechstens(f"Vergleich {pa}/{pb}: Unterschied {art}", [b], [a, alle])
        for p, seite in ((pa, 2), (pb, 3)):
            je: dict[str, list[int]] = defaultdict(list)
            for gruppe, i in zellen.items():
                if gruppe[seite]:
                    je[gruppe[seite]].append(i)
            for k, teile in je.items():
                if (ganzes := system.gives("K", p, g, INS, INS, k, INS)) is not None:
                    system.hoechstens(f"Vergleich {pa}/{pb}: Teil von {p} {k}", teile, [ganzes])
    if regeln:
        for eins, anderes, seite in ((pa, pb, 0), (pb, pa, 1)):
            for art in ("MH", "O", "U"):
                stehen = [r for gr, liste in gruppen.items() if gr[seite] == art != gr[1 - seite] for r in liste]
                zellen_ort = [system.gives("V", pa, definition.ags, INS, INS, pb, *r) for r in stehen]
                if all(i is not None and system.fest(i) and system.oben[i] == 0 for i in zellen_ort):
                    _enthalten(system, art, eins, anderes)


def _enthalten(s: System, art: str, eins: str, anderes: str) -> None:
    """Everybody whom one definition counts the other counts as well: the rest is a count of its own, everywhere."""
    for k in list(s.schluessel):
        if k[0] == art and k[1] == eins and len(k) == 5:
            ganzes = s.gives(art, traeger(art, anderes), *k[2:])
            if ganzes is not None:
                s.rest(f"{eins} {art} in {anderes} enthalten", ganzes, [s.nummer[k]], "DF", anderes, *k[2:], eins, art)
