"""Facts of one extract: durations, further nationalities, main origins of asylum seekers, votes, single years of age.

Belongs here: marts.registermerkmal. Each fact divides up inhabitants, foreigners or Germans; facts share persons with each other,
with nationalities, with categories.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from pipelines.geheimhaltung.angriff.read import HOECHSTES_ALTER, Datei, Zeile, altersgrenzen
from pipelines.geheimhaltung.angriff.rounded_facts import EXACT, are_rounded, bound_rounded
from pipelines.geheimhaltung.angriff.shares import Quotienten
from pipelines.geheimhaltung.angriff.staaten import KEIN_STAAT
from pipelines.geheimhaltung.angriff.system import INS, Stelle, System

TABELLE = "marts.registermerkmal"
ART = "RM"
GANZES = {
    "aufenthaltsdauer": "A", "asylherkunft": "A", "altersjahr_auslaender": "A", "wohndauer": "E", "altersjahr": "E",
    "mehrstaatigkeit": "G",
}  # fmt: skip
NENNER = {"einwohner": "E", "auslaender": "A", "deutsche": "G"}
WEITERE = ("auslaendische_sta", "deutsch and auslaendische_sta")
KONTINENT = {"2": "Afrika", "3": "Amerika", "4": "Asien"}  # by the first digit of the key of states
# Who may vote for the Integrationsrat, as definitions write it.
WAEHLER = {"auslaender", "auslaendische_sta", "eingebuergert"}
INTEGRATIONSRAT = "integrationsrat"
Ort = tuple[str, str]
Zellen = dict[str, dict[str, int]]  # fact → value → unknown


def read_merkmale(s: System, d: Datei, q: Quotienten) -> None:
    """Every count and share, what the values of a fact add up to, what facts have in common."""
    orte: dict[Ort, Zellen] = defaultdict(lambda: defaultdict(dict))
    rounded: list[tuple[int, Zeile]] = []
    rounds = are_rounded(d)
    for z in d.zeilen["registermerkmal"]:
        g, x, merkmal, wert = z["gebiet_id"], z["geschlecht"], z["merkmal"], z["auspraegung"]
        i = s.zahl(ART, "-", g, x, INS, merkmal, wert)
        orte[g, x][merkmal][wert] = i
        if rounds and merkmal not in EXACT:
            rounded.append((i, z))
            continue
        s.read(i, Stelle(TABELLE, "personen", f"{g}; {merkmal}; {wert}; {x}"), z["personen"])
        ganzes = s.gives(NENNER[z["grundgesamtheit"]], "-", g, x, INS)
        if z.get("anteil") is not None and ganzes is not None and not d.spiel:
            q.take(s, "Anteil in registermerkmal", [i], ganzes, z["anteil"])
    bound_rounded(s, d, rounded, _shown_wholes(s, orte))
    for ort, zellen in orte.items():
        for merkmal, art in GANZES.items():
            if zellen[merkmal] and (alle := s.gives(art, "-", *ort, INS)) is not None:
                s.gleich(f"{merkmal} ergibt {art}", [alle], list(zellen[merkmal].values()))
        if zellen["zuzugsjahr"] and (alle := s.gives("A", "-", *ort, INS)) is not None:
            s.hoechstens("Zuzugsjahre der Ausländer", list(zellen["zuzugsjahr"].values()), [alle])
        _connect_ages(s, ort, zellen)
        _connect_durations(s, d, ort, zellen)
        _connect_nationalities(s, d, ort, zellen)
        _connect_votes(s, ort, zellen["wahlberechtigung"], zellen)
        for wahl, i in zellen["wahlberechtigung"].items():
            if wahl.startswith(INTEGRATIONSRAT):
                _connect_integrationsrat(s, d, ort, i, int(wahl[-2:]))


def _shown_wholes(s: System, orte: Iterable[Ort]) -> dict[tuple[str, str, str], float]:
    wholes = {}
    for ort in orte:
        for merkmal, art in GANZES.items():
            ganzes = s.gives(art, "-", *ort, INS)
            if ganzes is not None and s.fest(ganzes):
                wholes[*ort, merkmal] = s.unten[ganzes]
    return wholes


def read_years(wert: str) -> tuple[int, int] | None:
    if treffer := re.fullmatch(r"(\d{2,3})", wert):
        return int(treffer[1]), int(treffer[1])
    return altersgrenzen(wert)


def _take_within(werte: dict[str, int], von: int, bis: int) -> list[int] | None:
    """The values inside these years; None if one is there in part only."""
    innen = []
    for wert, i in werte.items():
        spanne = read_years(wert)
        if spanne is None or spanne[1] < von or spanne[0] > bis:
            continue
        if spanne[0] < von or spanne[1] > bis:
            return None
        innen.append(i)
    return innen


def _connect_ages(s: System, ort: Ort, zellen: Zellen) -> None:
    alle, auslaender = zellen["altersjahr"], zellen["altersjahr_auslaender"]
    for werte, art in ((alle, "E"), (auslaender, "A")):
        for k in list(s.schluessel):
            if not werte or (*k[:4],) != (art, "-", *ort) or k[4] == INS:
                continue
            grenzen = altersgrenzen(k[4])
            innen = _take_within(werte, *grenzen) if grenzen else [werte[k[4]]] if k[4] in werte else None
            # A group nobody is in has no single year either.
            if innen:
                s.gleich(f"Altersjahre ergeben die Altersgruppe, {art}", [s.nummer[k]], innen)
    for wert, i in alle.items():
        if wert in auslaender:
            s.rest("Altersjahr = Ausländer + Deutsche", i, [auslaender[wert]], "RMG", "-", *ort, INS, wert)


def _connect_durations(s: System, d: Datei, ort: Ort, zellen: Zellen) -> None:
    land, hier, zuzug = zellen["aufenthaltsdauer"], zellen["wohndauer"], zellen["zuzugsjahr"]
    dauern = {w: i for w, i in land.items() if read_years(w)}
    if zuzug and dauern:
        s.gleich("Zuzugsjahre ergeben die Dauern", list(dauern.values()), list(zuzug.values()))
        for wert, i in dauern.items():
            if teile := _split_by_arrival(d, zuzug, wert):
                s.gleich("Zuzugsjahre ergeben die Dauer", [i], teile)
    for grenze in sorted({read_years(w)[0] for w in dauern} & {y[0] for w in hier if (y := read_years(w))} - {0}):  # type: ignore[index]
        neu, neu_hier = _take_within(dauern, 0, grenze - 1), _take_within(hier, 0, grenze - 1)
        if neu and neu_hier:
            s.hoechstens("neu in Deutschland ist neu hier", neu, neu_hier)
    _connect_young(s, ort, zellen["altersjahr"], hier, None)
    _connect_young(s, ort, zellen["altersjahr_auslaender"], dauern, land.get("in_deutschland_geboren"))
    for grenze in sorted({y[1] + 1 for w in hier if (y := read_years(w)) and y[1] < HOECHSTES_ALTER}):
        neue, aus_dem_ausland, jung = (_take_within(z, 0, grenze - 1) for z in (hier, dauern, zellen["altersjahr"]))
        if neue and aus_dem_ausland and jung:
            _tell_rest(s, neue, [*aus_dem_ausland, *jung], "RMZ", "-", *ort, INS, str(grenze))
    geboren, zweite = land.get("in_deutschland_geboren"), s.gives("AG", "-", *ort, INS, "2")
    if geboren is not None and zweite is not None:
        s.gleich("Ausländer der zweiten Generation", [geboren], [zweite])


def _connect_young(s: System, ort: Ort, jahre: dict[str, int], dauern: dict[str, int], geboren: int | None) -> None:
    """Who is younger than a number of years lives here for less; of shown figures everybody can subtract them."""
    for grenze in sorted({y[1] + 1 for w in dauern if (y := read_years(w)) and y[1] < HOECHSTES_ALTER}):
        jung, neu = _take_within(jahre, 0, grenze - 1), _take_within(dauern, 0, grenze - 1)
        if not jung or not neu:
            continue
        neu += [geboren] if geboren is not None else []
        gezeigt = all(s.fest(i) for i in (*jung, *neu))
        if gezeigt and sum(s.oben[i] for i in neu) >= sum(s.oben[i] for i in jung):
            summe = s.zahl("RMN", "-", *ort, INS, str(grenze), str(geboren))
            s.gleich("unter so vielen Jahren hier", [summe], neu)
            s.rest("so kurz hier und älter", summe, jung, "RMÄ", "-", *ort, INS, str(grenze), str(geboren))


def _split_by_arrival(d: Datei, zuzug: dict[str, int], wert: str) -> list[int]:
    """Years of arrival that a duration consists of at the end of a year."""
    spanne = read_years(wert)
    assert spanne is not None
    teile = []
    for jahr, i in zuzug.items():
        dauer = d.stichtag.year - int(jahr[-4:]) + jahr.startswith("vor_")
        if jahr.startswith("vor_"):
            if spanne[1] < HOECHSTES_ALTER and spanne[1] >= dauer:
                return []
            if spanne[0] <= dauer and spanne[1] == HOECHSTES_ALTER:
                teile.append(i)
            elif spanne[1] == HOECHSTES_ALTER:
                return []
        elif spanne[0] <= dauer <= spanne[1]:
            teile.append(i)
    return teile


def _connect_nationalities(s: System, d: Datei, ort: Ort, zellen: Zellen) -> None:
    mehrstaatig = zellen["mehrstaatigkeit"].get("mehrstaatig")
    if mehrstaatig is not None:
        for profil, regeln in d.regeln.items():
            for kategorie in sorted({r.kategorie for r in regeln}):
                teil = s.gives("K", profil, *ort, INS, kategorie, INS)
                if teil is not None and all(r.bedingung in WEITERE for r in regeln if r.kategorie == kategorie):
                    s.rest(
                        f"mehrstaatig, anders gezählt, {profil}",
                        mehrstaatig,
                        [teil],
                        "RMM",
                        profil,
                        *ort,
                        INS,
                        kategorie,
                    )
    asyl = zellen["asylherkunft"]
    if set(asyl) != {"hauptherkunft", "andere"}:
        return
    _connect_origins(s, d, ort, asyl["hauptherkunft"])
    genannt: dict[str, list[int]] = {"hauptherkunft": [], "andere": []}
    for k in list(s.schluessel):
        if (k[0], *k[2:5]) == ("S", *ort, INS) and (k[5] not in KEIN_STAAT or k[5] in ("910", "997", "998")):
            genannt["hauptherkunft" if k[5] in d.asylherkunft else "andere"].append(s.nummer[k])
    for wert, staaten in genannt.items():
        # Which states are named differs by area: such rests do not add up.
        s.rest(f"nicht genannte Staaten, {wert}", asyl[wert], staaten, "REST", "-", *ort, INS, ART, wert)


def _connect_origins(s: System, d: Datei, ort: Ort, haupt: int) -> None:
    """Main origins are Drittstaaten of some continents: the others there are a count, and those of them whom no row names."""
    gruppe = {z["staat"]: z.get("staatengruppe") for z in d.zeilen["staatsangehoerigkeit"]}
    genannt = {
        k[5]: n for k, n in s.nummer.items()
        if (k[0], *k[2:5]) == ("S", *ort, INS) and k[5] not in KEIN_STAAT and k[5] not in d.asylherkunft
    }  # fmt: skip
    erdteile = {e for a in d.asylherkunft if (e := gruppe.get(a) or KONTINENT.get(a[0]))}
    zellen = {n: i for n in (*erdteile, "sonstige") if (i := s.gives("SG", "-", *ort, INS, n)) is not None}
    ganze = []
    if (dritt := s.gives("SG", "-", *ort, INS, "Drittstaaten")) is not None:
        ganze.append(("Drittstaaten", [dritt], {g for g in gruppe.values() if g not in (None, "EU", "Deutschland")}))
    if erdteile and zellen and (erdteile <= {*zellen} or "sonstige" in zellen):
        ganze.append(
            ("Erdteile", [i for n, i in zellen.items() if n in erdteile or not erdteile <= {*zellen}], erdteile)
        )
    for name, teile, gruppen in ganze:
        # Which continents and states are told differs between women and men: such rests do not add up.
        summe = s.zahl("REST", "-", *ort, INS, "RMO", name)
        s.gleich(name, [summe], teile)
        andere = s.rest(f"übrige {name}", summe, [haupt], "REST", "-", *ort, INS, "RMD", name)
        if namen := [i for staat, i in genannt.items() if gruppe.get(staat) in gruppen]:
            s.rest(f"übrige {name}, nicht genannt", andere, namen, "REST", "-", *ort, INS, "RMD", name, "unbenannt")


def _tell_rest(s: System, ganzes: list[int], teile: list[int], *schluessel: str) -> float | None:
    """What shown figures leave of shown ones is a count that everybody has; None where one of them is hidden, or it is none."""
    if not ganzes or not all(s.fest(i) for i in (*ganzes, *teile)):
        return None
    rest = sum(s.oben[i] for i in ganzes) - sum(s.oben[i] for i in teile)
    if rest < 0:
        return None
    i = s.zahl(*schluessel)
    s.set_value(i, rest)
    s.abgeleitet.add(i)
    return rest


def _connect_groups_of_states(s: System, ort: Ort, zellen: Zellen) -> None:
    """Who may not vote for the council is of a Drittstaat, and some of these are too young; main origins lie on continents."""
    dritt = s.gives("SG", "-", *ort, INS, "Drittstaaten")
    for wahl, i in zellen["wahlberechtigung"].items():
        name, _, alter = wahl.rpartition("_ab_")
        alle = _take_within(zellen["altersjahr"], int(alter), HOECHSTES_ALTER) or []
        if name == "kommunalwahl" and alle:
            _tell_rest(s, alle, [i], "RMD", "-", *ort, INS, "ab")
            if dritt is not None:
                _tell_rest(s, [dritt, i], alle, "RMD", "-", *ort, INS, "unter")


def _connect_votes(s: System, ort: Ort, wahlen: dict[str, int], zellen: Zellen) -> None:
    if not zellen["altersjahr"] or not zellen["altersjahr_auslaender"]:
        return
    _connect_groups_of_states(s, ort, zellen)
    for wahl, i in wahlen.items():
        name, _, alter = wahl.rpartition("_ab_")
        ab = [w for w in zellen["altersjahr"] if (y := read_years(w)) and y[0] >= int(alter)]
        deutsche = [s.zahl("RMG", "-", *ort, INS, w) for w in ab if w in zellen["altersjahr_auslaender"]]
        # Of a year without foreigners everybody is German.
        deutsche += [zellen["altersjahr"][w] for w in ab if w not in zellen["altersjahr_auslaender"]]
        if name == "bundestagswahl":
            s.gleich("Bundestagswahl = Deutsche ab 18", [i], deutsche)
        elif name == "kommunalwahl":
            s.rest("Kommunalwahl = Deutsche + EU", i, deutsche, "RMW", "-", *ort, INS, name)
        else:
            auslaender = _take_within(zellen["altersjahr_auslaender"], int(alter), HOECHSTES_ALTER) or []
            s.rest("Integrationsrat = Ausländer + weitere", i, auslaender, "RMW", "-", *ort, INS, name)


def _connect_integrationsrat(s: System, d: Datei, ort: Ort, waehler: int, alter: int) -> None:
    """Beside a definition that counts such persons: who of these is too young, and who of the group of the voting age is not."""
    groups = {a: g for a in d.altersgruppen() if (g := altersgrenzen(a)) is not None}

    def take(p: str, arten: tuple[str, ...], altersgruppen: list[str]) -> list[int]:
        zellen = [s.gives(art, p, *ort, a) for art in arten for a in altersgruppen]
        return [i for i in zellen if i is not None] if None not in zellen else []

    for p, rules in d.regeln.items():
        counted = {r.bedingung.removeprefix("deutsch and ") for r in rules if r.ergebnis == "mit"}
        if counted >= WAEHLER and "ohne" not in [r.ergebnis for r in rules if r.bedingung]:
            # Each voter is counted, or undecidable; of the age groups that hold voters, too.
            for name, ages in (("alle", [INS]), ("gruppen", [a for a, g in groups.items() if g[1] >= alter])):
                if alle := take(p, ("MH", "U"), ages):
                    summe = s.zahl("RMI", p, *ort, INS, name)
                    s.gleich("mit Migrationshintergrund, auch zu jung", [summe], alle)
                    s.rest("zu jung für den Integrationsrat", summe, [waehler], "RMJ", p, *ort, INS, name)
        innen = take(p, ("MH",), [a for a, g in groups.items() if g[0] >= alter])
        if counted and counted <= WAEHLER and innen:
            s.rest("Wähler in der Gruppe des Wahlalters", waehler, innen, "RMJ", p, *ort, INS, "ab")
