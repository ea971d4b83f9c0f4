"""Shares, bounds and indices: a quotient of two counts is an equation between them.

Belongs here: every published quotient whose counts are not both shown. Does not belong here: the counts themselves.
"""

from dataclasses import dataclass, field
from itertools import product
from math import floor, prod

from pipelines.geheimhaltung.angriff.bevoelkerung import traeger
from pipelines.geheimhaltung.angriff.read import Datei, Zeile
from pipelines.geheimhaltung.angriff.system import EPS, INF, INS, Groesse, Matrix, System

GENAU = 1e-9
HOECHSTENS_PROBIERT = 200_000
KOMBINATIONEN = 20_000
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
    summe: tuple[int, ...] | None = None  # the municipality's count, and those of nowhere to be taken off


@dataclass
class Quotienten:
    """What is published of quotients and indices."""

    quotienten: list[Quotient] = field(default_factory=list)
    indizes: list[Index] = field(default_factory=list)

    def take(
        self, s: System, name: str, teil: list[int], ganzes: int, wert: float | None, spiel: float = GENAU
    ) -> None:
        """Note a quotient, if its counts are not known anyway."""
        if wert is None or s.spiel or all(s.fest(i) for i in (*teil, ganzes)):
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


def read_anteile(system: System, datei: Datei, quotienten: Quotienten) -> None:
    """Shares beside the counts of every table, and shares told through another area's."""
    for zeile in datei.zeilen["migrationshintergrund"]:
        profil, ort = zeile["profil"], (zeile["gebiet_id"], zeile["geschlecht"], zeile["altersgruppe"])
        e, a, mh, u = (system.nummer[art, traeger(art, profil), *ort] for art in ("E", "A", "MH", "U"))
        for spalte, teil in (
            ("anteil_auslaender", [a]),
            ("anteil_mh", [mh]),
            ("anteil_mh_min", [mh]),
            ("anteil_mh_max", [mh, u]),
        ):
            quotienten.take(system, f"{spalte}, {profil}", teil, e, zeile.get(spalte))
        oben = (datei.ags, *ort[1:])
        te, tmh = system.gives("E", "-", *oben), system.gives("MH", profil, *oben)
        lokation = zeile.get("lokationsquotient_mh")
        if (
            lokation is not None
            and te is not None
            and tmh is not None
            and system.fest(te)
            and system.fest(tmh)
            and system.oben[te]
        ):
            quotienten.take(
                system, f"Lokationsquotient, {profil}", [mh], e, lokation * system.oben[tmh] / system.oben[te]
            )
    for zeile in datei.zeilen["wertespanne"]:
        profil, ort = zeile["profil"], (zeile["gebiet_id"], zeile["geschlecht"], zeile["altersgruppe"])
        e, mh, u = (system.zahl(art, traeger(art, profil), *ort) for art in ("E", "MH", "U"))
        for spalte, teil in (("anteil", [mh]), ("unentscheidbar_unten", [mh]), ("unentscheidbar_oben", [mh, u])):
            quotienten.take(system, f"Wertespanne {spalte}, {profil}", teil, e, zeile.get(spalte))
    for tabelle, art, ganzes_von in (
        ("mh_kategorie", "K", "E"), ("definitionsvergleich", "V", "E"), ("staatsangehoerigkeit", "S", "E"),
        ("staatengruppe", "SG", "E"),
        ("bezugsland", "B", "MH"),
    ):  # fmt: skip
        for zeile in datei.zeilen[tabelle]:
            g, x, profil = zeile["gebiet_id"], zeile.get("geschlecht", INS), zeile.get("profil", "-")
            ganzes = system.gives(ganzes_von, traeger(ganzes_von, profil), g, x, INS)
            if zeile.get("anteil") is not None and ganzes is not None:
                quotienten.take(
                    system,
                    f"Anteil in {tabelle}",
                    [system.nummer[_teil(art, zeile, (profil, g, x))]],
                    ganzes,
                    zeile["anteil"],
                )


def _teil(art: str, z: Zeile, ort: tuple[str, str, str]) -> Groesse:
    """The count a share of a row is of."""
    p, g, x = ort
    if art == "K":
        return (art, p, g, x, INS, z["kategorie"], z["generation"])
    if art == "V":
        return (art, z["profil_a"], g, INS, INS, z["profil_b"], z["regel_a"], z["regel_b"])
    return (art, p, g, x, INS, z["staatengruppe"] if art == "SG" else z["staat"])


def read_segregation(s: System, d: Datei, q: Quotienten) -> None:
    """Indices over the areas of the municipality; only where a count of an area is not known they tell anything."""
    blaetter = [g for g in d.gebiete() if not d.kinder().get(g) and g != "unbekannt"]
    for z in d.zeilen["segregation"]:
        art = GRUPPEN.get(z["gruppe"])
        if z["wert"] is None or art is None:
            continue
        if "geschaetzt" in (z.get("hinweise") or []):
            continue  # of the areas whose counts are shown: it says nothing of the others
        p = z["profil"]
        paare = [(s.gives(art, traeger(art, p), g, INS, INS), s.gives("E", "-", g, INS, INS)) for g in blaetter]
        bekannt = [(x, e) for x, e in paare if x is not None and e is not None]
        if len(bekannt) < len(paare) or all(s.fest(i) for paar in bekannt for i in paar):
            continue
        gerundet = "gerundet" in (z.get("hinweise") or [])
        spiel = 0.5 * 10.0 ** -stellen(z["wert"]) + EPS if gerundet else GENAU
        orte = [d.ags, *(g for g in d.gebiete() if g == "unbekannt")]
        summe = [s.gives(art, traeger(art, p), g, INS, INS) for g in orte]
        bekannte_summe = tuple(i for i in summe if i is not None) if None not in summe else None
        name = f"{z['mass']} {z['gruppe']} {p}"
        q.indizes.append(Index(name, z["mass"], bekannt, float(z["wert"]), spiel, bekannte_summe))


def try_breaks(m: Matrix, q: Quotienten) -> int:
    """Whole numbers that give an exact share are few: narrow both counts to those that do. Returns how many got narrower."""
    enger = 0
    for b in q.quotienten:
        if b.spiel > 1e-6 or len(b.teil) != 1:
            continue
        t, g = b.teil[0], b.ganzes
        von, bis = m.L[g], m.U[g]
        if bis - von > HOECHSTENS_PROBIERT or bis == von:
            continue
        fits = [
            (n, round(b.wert * n)) for n in range(int(von), int(bis) + 1)
            if abs(b.wert * n - round(b.wert * n)) < 1e-7 * max(n, 1) and m.L[t] <= round(b.wert * n) <= m.U[t]
        ]  # fmt: skip
        if fits:
            for i, werte in ((g, [n for n, _ in fits]), (t, [z for _, z in fits])):
                if min(werte) > m.L[i] or max(werte) < m.U[i]:
                    m.L[i], m.U[i] = max(m.L[i], min(werte)), min(m.U[i], max(werte))
                    m.herkunft.setdefault(i, b.name)
                    enger += 1
    return enger


def try_indices(m: Matrix, q: Quotienten) -> set[int]:
    """Counts of areas that an index gives away; all combinations are tried where they are few enough.

    Where they are too many, an index printed in full still stands for hardly more than one set of whole numbers: every open count
    in it is taken as found out. Only the dissimilarity does not change while persons move between areas of the same side.
    """
    verraten: set[int] = set()
    for index in q.indizes:
        offen = sorted({i for paar in index.gebiete for i in paar if m.U[i] - m.L[i] > EPS})
        if not offen:
            continue
        moeglich = _moegliche(m, index, offen)
        if moeglich is None:
            if index.spiel <= 1e-6 and index.mass != "dissimilaritaet":
                verraten |= set(offen)
                m.herkunft |= dict.fromkeys(offen, index.name)
        elif moeglich:
            for n, i in enumerate(offen):
                unten, oben = min(w[n] for w in moeglich), max(w[n] for w in moeglich)
                if unten > m.L[i] or oben < m.U[i]:
                    m.L[i], m.U[i] = max(m.L[i], unten), min(m.U[i], oben)
                    m.herkunft.setdefault(i, index.name)
    return verraten


def _moegliche(m: Matrix, index: Index, offen: list[int]) -> list[tuple[int, ...]] | None:
    """Values of the open counts that give the published index and the known sum; None if there are too many to try."""
    spannen = [range(floor(m.L[i]), floor(min(m.U[i], 1e9)) + 1) for i in offen]
    if prod(len(s) for s in spannen) > KOMBINATIONEN:
        return None
    summe = None if index.summe is None else [m.L[i] for i in index.summe if m.breite(i) < EPS]
    gesamt = summe[0] - sum(summe[1:]) if summe and len(summe) == len(index.summe or ()) else None
    fits = []
    for werte in product(*spannen):
        zahlen = dict(zip(offen, (float(w) for w in werte), strict=True))
        if gesamt is not None and abs(sum(zahlen.get(x, m.L[x]) for x, _ in index.gebiete) - gesamt) > EPS:
            continue
        if abs(_index(m, index, zahlen) - index.wert) <= index.spiel:
            fits.append(werte)
    return fits


def _index(m: Matrix, index: Index, werte: dict[int, float]) -> float:
    paare = [(werte.get(x, float(m.L[x])), werte.get(e, float(m.L[e]))) for x, e in index.gebiete]
    X, T = sum(x for x, _ in paare), sum(e for _, e in paare)
    if not 0 < X < T:
        return float("nan")
    isolation = sum(x / X * x / e for x, e in paare if e)
    if index.mass == "dissimilaritaet":
        return 0.5 * sum(abs(x / X - (e - x) / (T - X)) for x, e in paare)
    if index.mass == "eta2":
        return (isolation - X / T) / (1 - X / T)
    return 1 - isolation if index.mass == "interaktion" else isolation


def read_losses(s: System, d: Datei) -> None:
    """The share of persons that a table hides bounds what its hidden counts come to."""
    for z in d.verluste:
        if z["anteil_personen"] is None:
            continue
        verborgen = [
            i for i, stellen in s.verbirgt.items() if stellen[0].tabelle == z["tabelle"] and not s.zeigt.get(i)
        ]
        gezeigt = [i for i, stellen in s.zeigt.items() if stellen[0][0].tabelle == z["tabelle"]]
        if (len(verborgen), len(gezeigt) + len(verborgen)) != (z["verborgen"], z["zahlen"]) or not verborgen:
            continue  # counts other cells than are read here
        offen = sum(s.unten[i] for i in gezeigt)
        hoch, tief = (z["anteil_personen"] + f * (z["stufe_personen"] / 2 + GENAU) for f in (1, -1))
        if hoch < 1:
            s.zeile("Anteil geschützter Personen", [(i, 1.0 - hoch) for i in verborgen], -INF, hoch * offen)
        s.zeile("Anteil geschützter Personen", [(i, 1.0 - tief) for i in verborgen], tief * offen, INF)
