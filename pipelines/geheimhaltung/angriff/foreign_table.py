"""The same attack on somebody else's table: which of its secret cells follow from its own sums.

Belongs here: a table's figures as unknowns and rows. Does not belong here: reading the table (eingang/tabelle/read.py) and what
the supplier is told (geheimhaltung/foreign_table.py). A sum counts only where figures that are all shown prove it, and none
contradicts it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipelines.geheimhaltung.angriff.intervals import eliminate, narrow
from pipelines.geheimhaltung.angriff.lp import solve
from pipelines.geheimhaltung.angriff.system import EPS, INS, Matrix, Stelle, System, Unvereinbar

GANZE = ("personen", "faelle", "haushalte")
GEHEIM = (".", "x")
GLIEDERUNGEN = ("geschlecht", "altersgruppe", "staat", "gruppe")
# Measures that are others together; proved or disproved by the table itself.
SUMMEN = (
    ("einwohner", ("deutsche", "auslaender")), ("einwohner", ("personen_mit_mh", "personen_ohne_mh")),
    ("personen_mit_mh", ("auslaender", "deutsche_mit_mh")), ("deutsche", ("deutsche_mit_mh", "personen_ohne_mh")),
)  # fmt: skip
LP_SEKUNDEN = 10.0


class FigureKey(NamedTuple):
    """What a figure is of."""

    merkmal: str
    stichtag: str
    gebiet: str
    geschlecht: str
    altersgruppe: str
    staat: str
    gruppe: str


class ShareRule(NamedTuple):
    """A measure that is `faktor` times one measure by another."""

    quote: str
    zaehler: str
    nenner: str
    faktor: int


QUOTEN = (
    ShareRule("anteil_auslaender", "auslaender", "einwohner", 100), ShareRule("anteil_mh", "personen_mit_mh", "einwohner", 100),
)  # fmt: skip


@dataclass(frozen=True)
class Errechenbar:
    """A secret cell that is certain (`von` = `bis`) or left few values, and through what."""

    fundstelle: str
    von: int
    bis: int
    weg: str


Teilung = tuple[str, str, list[int], list[int]]  # name, measure, whole, parts


def errechenbare(
    zeilen: Iterable[Mapping[str, Any]], oben: Mapping[str, str], schwelle: int,
    summen: Sequence[tuple[str, Sequence[str]]] = (), quoten: Sequence[ShareRule] = (),
) -> list[Errechenbar]:  # fmt: skip
    """Attack the figures of one table (columns of eingang.stadtteiltabelle).

    `oben`: area → the area it is a part of; `summen`, `quoten`: what the layout says must hold. Empty if nothing is secret, or
    if the figures contradict each other: then the other checks have something to say first.
    """
    s = System()
    stellen: dict[int, str] = {}
    anteile: list[tuple[FigureKey, float, int]] = []
    try:
        for z in zeilen:
            if z["groesse"] != "wert":
                continue
            feld = FigureKey(z["merkmal"], str(z["stichtag"]), z["gebiet_id"], *(z[g] for g in GLIEDERUNGEN))
            if z["wert_einheit"] in GANZE:
                geheim = z["wert"] is None and z["kennzeichen"] in GEHEIM
                if geheim or z["wert"] is not None:
                    i = s.zahl(*feld)
                    s.read(i, Stelle("tabelle", "wert", z["fundstelle"]), z["wert"])
                    stellen.setdefault(i, z["fundstelle"])
            elif z["wert"] is not None:
                anteile.append((feld, float(z["wert"]), int(z["stellen"] or 0)))
        verborgen = [i for i in s.verbirgt if not s.zeigt.get(i)]
        if not verborgen:
            return []
        _connect(s, oben, [*SUMMEN, *summen])
        _quoten(s, anteile, [*QUOTEN, *quoten])
        return _urteile(s, verborgen, stellen, schwelle)
    except Unvereinbar:
        return []


def _connect(s: System, oben: Mapping[str, str], summen: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Every sum the table proves: by name and measure at least one that is all shown, and none that does not hold."""
    teilungen = [*_gebiete(s, oben), *_gliederungen(s), *_merkmale(s, summen)]
    bewiesen: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, merkmal, ganzes, teile in teilungen:
        if all(s.fest(i) for i in (*ganzes, *teile)):
            bewiesen[name, merkmal].append(sum(s.oben[i] for i in ganzes) == sum(s.oben[i] for i in teile))
    for name, merkmal, ganzes, teile in teilungen:
        urteile = bewiesen.get((name, merkmal)) or [u for (n, _), liste in bewiesen.items() if n == name for u in liste]
        if urteile and all(urteile):
            s.gleich(name, ganzes, teile)


def _gebiete(s: System, oben: Mapping[str, str]) -> Iterator[Teilung]:
    je: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    for k, i in s.nummer.items():
        f = FigureKey(*k)
        je[f._replace(gebiet="")][f.gebiet] = i
    for rest, zellen in je.items():
        for ganzes, i in zellen.items():
            teile = [j for g, j in zellen.items() if g != ganzes and oben.get(g, INS) == ganzes]
            if teile:
                yield "Summe der Gebiete", rest[0], [i], teile


def _gliederungen(s: System) -> Iterator[Teilung]:
    for gliederung in GLIEDERUNGEN:
        je: dict[FigureKey, dict[str, int]] = defaultdict(dict)
        for k, i in s.nummer.items():
            f = FigureKey(*k)
            je[f._replace(**{gliederung: ""})][getattr(f, gliederung)] = i
        for rest, zellen in je.items():
            if INS in zellen and len(zellen) > 1:
                yield (
                    f"Summe über {gliederung}",
                    rest.merkmal,
                    [zellen[INS]],
                    [i for w, i in zellen.items() if w != INS],
                )


def _merkmale(s: System, summen: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Teilung]:
    for ganzes, teile in summen:
        for k, i in list(s.nummer.items()):
            if k[0] == ganzes:
                nummern = [s.gives(*FigureKey(*k)._replace(merkmal=t)) for t in teile]
                if None not in nummern:
                    yield f"Spalte {ganzes} = {' + '.join(teile)}", ganzes, [i], [n for n in nummern if n is not None]


def _quoten(
    s: System, anteile: list[tuple[FigureKey, float, int]], quoten: Sequence[tuple[str, str, str, int]]
) -> None:
    """A printed rate beside one of its counts bounds the other."""
    for quote, zaehler, nenner, faktor in quoten:
        for feld, wert, stellen in anteile:
            if feld.merkmal != quote:
                continue
            z, n = (s.gives(*feld._replace(merkmal=m)) for m in (zaehler, nenner))
            if z is None or n is None or (s.fest(z) and s.fest(n)):
                continue
            spiel = 0.5 * 10.0**-stellen + 1e-9
            s.zeile(f"Spalte {quote}", [(z, 1.0), (n, -(wert + spiel) / faktor)], float("-inf"), 0.0)
            s.zeile(f"Spalte {quote}", [(z, 1.0), (n, -(wert - spiel) / faktor)], 0.0, float("inf"))


def _urteile(s: System, verborgen: list[int], stellen: Mapping[int, str], schwelle: int) -> list[Errechenbar]:
    m = Matrix(s)
    if not s.zeilen:
        return []
    eliminate(m)
    narrow(m)
    breite = schwelle - 1.0
    solve(m, {i: breite for i in verborgen if m.breite(i) >= breite}, LP_SEKUNDEN)
    narrow(m)
    return [
        Errechenbar(stellen[i], int(m.L[i]), int(m.U[i]), _weg(m, i)) for i in verborgen if m.breite(i) < breite - EPS
    ]  # fmt: skip


def _weg(m: Matrix, i: int) -> str:
    """Names of the sums a cell stands in."""
    spalten = m.spaltenweise()
    namen = (m.s.zeilen[z][3] for z in spalten.indices[slice(*spalten.indptr[i : i + 2])])
    return ", ".join(dict.fromkeys(namen))
