"""Shares, bounds and indices: a quotient of two counts is an equation between them.

Belongs here: every published quotient whose counts are not both shown. Does not belong here: the counts themselves.
"""

from dataclasses import dataclass, field
from math import floor

from pipelines.geheimhaltung.angriff.bestand import traeger
from pipelines.geheimhaltung.angriff.lesen import Datei
from pipelines.geheimhaltung.angriff.system import EPS, INS, Matrix, System

GENAU = 1e-9
HOECHSTENS_PROBIERT = 200_000
GRUPPEN = {"migrationshintergrund": "MH", "auslaender": "A", "deutsche_mit_mh": "D"}


@dataclass
class Quotient:
    """`teil` / `ganzes` = `wert`, exact but for `spiel`."""

    name: str
    teil: list[int]
    ganzes: int
    wert: float
    spiel: float = GENAU


@dataclass
class Index:
    """An index over areas: (part, whole) of each, the published value, how exact."""

    name: str
    mass: str
    gebiete: list[tuple[int, int]]
    wert: float
    spiel: float


@dataclass
class Quotienten:
    """What is published of quotients and indices."""

    quotienten: list[Quotient] = field(default_factory=list)
    indizes: list[Index] = field(default_factory=list)

    def nimm(self, s: System, name: str, teil: list[int], ganzes: int, wert: float | None, spiel: float = GENAU) -> None:
        """Note a quotient, if its counts are not known anyway."""
        if wert is None or all(s.fest(i) for i in (*teil, ganzes)):
            return
        self.quotienten.append(Quotient(name, teil, ganzes, float(wert), spiel))
        # teil − wert × ganzes = 0; the tolerance grows with the whole, which is bounded only later.
        if spiel <= 1e-6:
            s.zeile(name, [*((i, 1.0) for i in teil), (ganzes, -float(wert))], -1e-4, 1e-4)
        else:
            s.zeile(name, [*((i, 1.0) for i in teil), (ganzes, -float(wert) - spiel)], -float("inf"), 0.0)
            s.zeile(name, [*((i, 1.0) for i in teil), (ganzes, -float(wert) + spiel)], 0.0, float("inf"))


def stellen(wert: float) -> int:
    """Decimals a rounded figure shows."""
    return len(repr(round(wert, 10)).partition(".")[2].rstrip("0"))


def lies_anteile(s: System, d: Datei, q: Quotienten) -> None:
    """Shares beside the counts of every table, and shares told through another area's."""
    for z in d.zeilen["migrationshintergrund"]:
        p, ort = z["profil"], (z["gebiet_id"], z["geschlecht"], z["altersgruppe"])
        e, a, mh, u = (s.nummer[art, traeger(art, p), *ort] for art in ("E", "A", "MH", "U"))
        for spalte, teil in (("anteil_auslaender", [a]), ("anteil_mh", [mh]), ("anteil_mh_min", [mh]), ("anteil_mh_max", [mh, u])):
            q.nimm(s, f"{spalte}, {p}", teil, e, z.get(spalte))
        oben = (d.ags, *ort[1:])
        te, tmh = s.gibt("E", "-", *oben), s.gibt("MH", p, *oben)
        lokation = z.get("lokationsquotient_mh")
        if lokation is not None and te is not None and tmh is not None and s.fest(te) and s.fest(tmh) and s.oben[te]:
            q.nimm(s, f"Lokationsquotient, {p}", [mh], e, lokation * s.oben[tmh] / s.oben[te])
    for z in d.zeilen["wertespanne"]:
        p, ort = z["profil"], (z["gebiet_id"], z["geschlecht"], z["altersgruppe"])
        e, mh, u = (s.gibt(art, traeger(art, p), *ort) for art in ("E", "MH", "U"))
        if e is None or mh is None or u is None:
            continue
        for spalte, teil in (("anteil", [mh]), ("unentscheidbar_unten", [mh]), ("unentscheidbar_oben", [mh, u])):
            q.nimm(s, f"Wertespanne {spalte}, {p}", teil, e, z.get(spalte))
    for tabelle, art, ganzes_von in (
        ("mh_kategorie", "K", "E"), ("definitionsvergleich", "V", "E"), ("staatsangehoerigkeit", "S", "E"),
        ("bezugsland", "B", "MH"),
    ):  # fmt: skip
        for z in d.zeilen[tabelle]:
            if z.get("anteil") is None:
                continue
            g, x, p = z["gebiet_id"], z.get("geschlecht", INS), z.get("profil", "-")
            rest = {
                "K": lambda z: (p, g, x, INS, z["kategorie"], z["generation"]),
                "V": lambda z: (z["profil_a"], g, INS, INS, z["profil_b"], z["regel_a"], z["regel_b"]),
                "S": lambda z: ("-", g, x, INS, z["staat"]),
                "B": lambda z: (p, g, x, INS, z["staat"]),
            }[art](z)
            ganzes = s.gibt(ganzes_von, traeger(ganzes_von, p), g, x, INS)
            if ganzes is not None:
                q.nimm(s, f"Anteil in {tabelle}", [s.nummer[art, *rest]], ganzes, z["anteil"])


def lies_segregation(s: System, d: Datei, q: Quotienten) -> None:
    """Indices over the areas of the municipality; only where a count of an area is not known they tell anything."""
    blaetter = [g for g in d.gebiete() if not d.kinder().get(g) and g != "unbekannt"]
    for z in d.zeilen["segregation"]:
        art = GRUPPEN.get(z["gruppe"])
        if z["wert"] is None or art is None:
            continue
        p = z["profil"]
        paare = [(s.gibt(art, traeger(art, p), g, INS, INS), s.gibt("E", "-", g, INS, INS)) for g in blaetter]
        bekannt = [(x, e) for x, e in paare if x is not None and e is not None]
        if len(bekannt) < len(paare) or all(s.fest(i) for paar in bekannt for i in paar):
            continue
        gerundet = "gerundet" in (z.get("hinweise") or [])
        spiel = 0.5 * 10.0 ** -stellen(z["wert"]) + EPS if gerundet else GENAU
        q.indizes.append(Index(f"{z['mass']} {z['gruppe']} {p}", z["mass"], bekannt, float(z["wert"]), spiel))


def probiere_brueche(m: Matrix, q: Quotienten) -> int:
    """Whole numbers that give an exact share are few: narrow both counts to those that do. Returns how many got narrower."""
    enger = 0
    for b in q.quotienten:
        if b.spiel > 1e-6 or len(b.teil) != 1:
            continue
        t, g = b.teil[0], b.ganzes
        von, bis = m.L[g], m.U[g]
        if bis - von > HOECHSTENS_PROBIERT or bis == von:
            continue
        passt = [
            (n, round(b.wert * n)) for n in range(int(von), int(bis) + 1)
            if abs(b.wert * n - round(b.wert * n)) < 1e-7 * max(n, 1) and m.L[t] <= round(b.wert * n) <= m.U[t]
        ]  # fmt: skip
        if passt:
            for i, werte in ((g, [n for n, _ in passt]), (t, [z for _, z in passt])):
                if min(werte) > m.L[i] or max(werte) < m.U[i]:
                    m.L[i], m.U[i] = max(m.L[i], min(werte)), min(m.U[i], max(werte))
                    m.herkunft.setdefault(i, b.name)
                    enger += 1
    return enger


def probiere_indizes(m: Matrix, q: Quotienten) -> set[int]:
    """Counts of areas that an index gives away.

    An index printed in full stands for one set of whole numbers: whatever area it covers is found by trying. A rounded one only
    narrows where one area is open and its inhabitants are known.
    """
    verraten: set[int] = set()
    for index in q.indizes:
        offen = sorted({i for paar in index.gebiete for i in paar if m.U[i] - m.L[i] > EPS})
        if not offen:
            continue
        if index.spiel <= 1e-6:
            verraten |= set(offen)
        elif len(offen) == 1 and m.U[offen[0]] - m.L[offen[0]] <= HOECHSTENS_PROBIERT:
            i = offen[0]
            passt = [w for w in range(floor(m.L[i]), floor(m.U[i]) + 1) if abs(_index(m, index, {i: float(w)}) - index.wert) <= index.spiel]
            if passt:
                m.L[i], m.U[i] = max(m.L[i], min(passt)), min(m.U[i], max(passt))
                m.herkunft.setdefault(i, index.name)
        for i in offen:
            m.herkunft.setdefault(i, index.name)
    return verraten


def _index(m: Matrix, index: Index, werte: dict[int, float]) -> float:
    paare = [(werte.get(x, m.L[x]), werte.get(e, m.L[e])) for x, e in index.gebiete]
    X, T = sum(x for x, _ in paare), sum(e for _, e in paare)
    if not 0 < X < T:
        return float("nan")
    isolation = sum(x / X * x / e for x, e in paare if e)
    return {
        "dissimilaritaet": 0.5 * sum(abs(x / X - (e - x) / (T - X)) for x, e in paare),
        "isolation": isolation,
        "interaktion": 1 - isolation,
        "eta2": (isolation - X / T) / (1 - X / T),
    }[index.mass]
