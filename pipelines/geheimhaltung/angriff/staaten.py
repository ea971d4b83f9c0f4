"""Nationalities and Bezugsländer, with their ranks.

Belongs here: marts.staatsangehoerigkeit, marts.bezugsland. A foreigner's Bezugsland is the nationality under every definition;
whoever else has it is a German, and that is a count as well.
"""

from collections import defaultdict
from itertools import pairwise

from pipelines.geheimhaltung.angriff.bevoelkerung import alle_auslaender, traeger
from pipelines.geheimhaltung.angriff.read import Datei, Zeile
from pipelines.geheimhaltung.angriff.system import INF, INS, Stelle, System

STAAT, BEZUG = "marts.staatsangehoerigkeit", "marts.bezugsland"
DEUTSCH, OHNE_ANGABE, UEBRIGE = "000", "999", "uebrige"
KEIN_STAAT = {DEUTSCH, OHNE_ANGABE, UEBRIGE, INS, "910", "997", "998", "NZO"}


def read_staaten(s: System, d: Datei) -> None:
    """Nationalities: together everybody, without Germans (and unknown ones) all foreigners."""
    for z in d.zeilen["staatsangehoerigkeit"]:
        ort = (z["gebiet_id"], z["geschlecht"], INS)
        i = s.zahl("S", "-", *ort, z["staat"])
        s.read(i, Stelle(STAAT, "personen", "; ".join((*ort[:2], z["staat"]))), z["personen"])
    for (_, g, x), zellen in _je_zeile(s, "S").items():
        ganzes = zellen.get(INS)
        e = s.gives("E", "-", g, x, INS)
        if ganzes is None:
            continue
        if e is not None:
            s.gleich("Staaten = Einwohner", [e], [ganzes])
        _teile(s, "S", "-", (g, x), ganzes, zellen)
        deutsche = s.gives("G", "-", g, x, INS)
        if deutsche is None or DEUTSCH not in zellen:
            continue
        if OHNE_ANGABE in zellen:
            s.gleich("Deutsche und ohne Angabe", [deutsche], [zellen[DEUTSCH], zellen[OHNE_ANGABE]])
        else:
            s.hoechstens("Deutsche nach Staat", [zellen[DEUTSCH]], [deutsche])
            if UEBRIGE in zellen:
                s.hoechstens("Deutsche nach Staat", [deutsche], [zellen[DEUTSCH], zellen[UEBRIGE]])
        for p in d.profile():
            u = s.gives("U", p, g, x, INS)
            if OHNE_ANGABE in zellen and u is not None and _nur_ohne_staat(d, p):
                s.gleich(f"unentscheidbar {p} = ohne Staatsangehörigkeit", [u], [zellen[OHNE_ANGABE]])
    _raenge(s, d.zeilen["staatsangehoerigkeit"], "S")


def _nur_ohne_staat(d: Datei, p: str) -> bool:
    """Whether the undecidable of a definition are just those without a nationality: no rule before asks anything else."""
    offen = [r for r in d.regeln.get(p, []) if r.ergebnis in ("unentscheidbar", "nicht_bestimmbar")]
    andere = [r for r in d.regeln.get(p, []) if r not in offen and r.bedingung]
    return [r.bedingung for r in offen] == ["staatsangehoerigkeit_fehlt"] and all(
        r.bedingung.split()[0] in ("deutsch", "auslaender") for r in andere
    )


def read_bezugslaender(s: System, d: Datei) -> None:
    """Bezugsländer: together all persons with MH; foreigners among them by nationality."""
    for z in d.zeilen["bezugsland"]:
        ort = (z["gebiet_id"], z["geschlecht"], INS)
        i = s.zahl("B", z["profil"], *ort, z["staat"])
        s.read(i, Stelle(BEZUG, "personen", "; ".join((z["profil"], *ort[:2], z["staat"]))), z["personen"])
    for (p, g, x), zellen in _je_zeile(s, "B").items():
        if (ganzes := zellen.get(INS)) is None:
            continue
        if (mh := s.gives("MH", p, g, x, INS)) is not None:
            s.gleich(f"Bezugsländer {p} = mit MH", [mh], [ganzes])
        _teile(s, "B", p, (g, x), ganzes, zellen)
        if alle_auslaender(d, p):
            deutsche = [
                s.rest("Deutsche mit Bezugsland", zellen[staat], [auslaender], "BD", p, g, x, INS, staat)
                for staat in sorted(set(zellen) - KEIN_STAAT)
                if (auslaender := s.gives("S", "-", g, x, INS, staat)) is not None
            ]
            if deutsche and (alle := s.gives("D", p, g, x, INS)) is not None:
                s.rest("Deutsche mit anderem Bezugsland", alle, deutsche, "REST", p, g, x, INS, "BD")
        else:
            _connect_bezugslaender(s, p, g, x, zellen)
    _raenge(s, d.zeilen["bezugsland"], "B")


def _connect_bezugslaender(s: System, p: str, g: str, x: str, zellen: dict[str, int]) -> None:
    """Where a definition leaves foreigners out: of each state Germans with MH are more, foreigners without it fewer than have the
    nationality, and all of them together no more than there are."""
    deutsche, ohne = [], []
    for staat in sorted(set(zellen) - KEIN_STAAT):
        if (auslaender := s.gives("S", "-", g, x, INS, staat)) is None:
            continue
        deutsche.append(s.zahl("BD", p, g, x, INS, staat))
        ohne.append(s.zahl("BO", p, g, x, INS, staat))
        s.gleich("Bezugsland und Staatsangehörigkeit", [zellen[staat], ohne[-1]], [auslaender, deutsche[-1]])
    s.abgeleitet |= {*deutsche, *ohne}
    alle = {art: s.gives(art, traeger(art, p), g, x, INS) for art in ("A", "D", "MH")}
    if deutsche and (d := alle["D"]) is not None:
        s.hoechstens("Deutsche mit Bezugsland", deutsche, [d])
        if (a := alle["A"]) is not None and (mh := alle["MH"]) is not None:
            s.hoechstens("Ausländer ohne MH", [*ohne, mh], [a, d])


def _je_zeile(s: System, art: str) -> dict[tuple[str, str, str], dict[str, int]]:
    zeilen: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for i, k in enumerate(s.schluessel):
        if k[0] == art:
            zeilen[k[1], k[2], k[3]][k[5]] = i
    return zeilen


def _teile(s: System, art: str, p: str, ort: tuple[str, str], ganzes: int, zellen: dict[str, int]) -> None:
    """Named states and their whole. Where the others are named together the parts are the whole; else they stay over."""
    teile = [i for staat, i in zellen.items() if staat != INS]
    g, x = ort
    s.rest("nicht genannte Staaten", ganzes, teile, "REST", p, g, x, INS, art, "Staaten")
    if UEBRIGE in zellen:
        s.zeile("alle Staaten genannt", [(s.nummer["REST", p, g, x, INS, art, "Staaten"], 1.0)], 0.0, 0.0)


def _raenge(s: System, zeilen: list[Zeile], art: str) -> None:
    """A rank tells nothing where it counts what is shown; one that counts hidden states bounds them."""
    gruppen: dict[tuple[str, str, str], list[tuple[int, Zeile]]] = defaultdict(list)
    for z in zeilen:
        if z["staat"] not in (DEUTSCH, UEBRIGE, INS, "NZO"):
            p = z.get("profil", "-")
            i = s.nummer[art, p, z["gebiet_id"], z["geschlecht"], INS, z["staat"]]
            gruppen[p, z["gebiet_id"], z["geschlecht"]].append((i, z))
    for gruppe in gruppen.values():
        gezeigt = [(i, z) for i, z in gruppe if z["personen"] is not None and z["rang"] is not None]
        verborgen = [(i, z) for i, z in gruppe if z["personen"] is None]
        for i, z in verborgen:
            if z["rang"] is not None:
                _zwischen(s, i, z["rang"], gezeigt)
        mit_rang = sorted(((z["rang"], i) for i, z in verborgen if z["rang"] is not None))
        for (r1, i), (r2, j) in pairwise(mit_rang):
            s.zeile("Rang", [(i, 1.0), (j, -1.0)], 0.0, 0.0 if r1 == r2 else INF)
        mehr = {z["rang"]: z["rang"] - 1 - sum(y["personen"] > z["personen"] for _, y in gezeigt) for _, z in gezeigt}
        if any(mehr.values()):
            for _, z in gezeigt:
                for i, _ in verborgen:
                    if mehr[z["rang"]] <= 0:
                        s.oben[i] = min(s.oben[i], float(z["personen"]))
                    elif mehr[z["rang"]] >= len(verborgen):
                        s.unten[i] = max(s.unten[i], z["personen"] + 1.0)


def _zwischen(s: System, i: int, rang: int, gezeigt: list[tuple[int, Zeile]]) -> None:
    """A hidden count with a rank lies between its neighbours; with the same rank it is the same."""
    davor = min((z["personen"] for _, z in gezeigt if z["rang"] <= rang), default=INF)
    danach = max((z["personen"] for _, z in gezeigt if z["rang"] >= rang), default=0)
    s.unten[i], s.oben[i] = max(s.unten[i], float(danach)), min(s.oben[i], float(davor))
