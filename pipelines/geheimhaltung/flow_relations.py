"""Flows between two Stichtage: how their cells hang together with the stocks of both, with each other, with the youngest.

Belongs here: art `bewegung`. What lived there before is decided with the earlier Stichtag: where it is shown it is known here,
where it is hidden no flow is told that it would follow from. Does not belong here: sums (relations.py).
"""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

HIN, FORT = ("geburt", "zuzug"), ("sterbefall", "fortzug", "abgang")
STOCK = {INS: "einwohner", "auslaender": "auslaender"}
Ort = tuple[str, str]  # the town, sex
Cells = dict[tuple[str, str], int]  # (flow, group) → cell


def link_bewegungen(f: Familie, hidden_before: Collection[Schluessel] | None) -> None:
    """Add what flows are linked by; `hidden_before` are the cells hidden at the earlier Stichtag, None if it was not decided."""
    places: dict[Ort, Cells] = defaultdict(dict)
    for i, k in enumerate(f.tafel.schluessel):
        if k.art == "bewegung":
            places[k.gebiet_id, k.geschlecht][k.a, k.b] = i
    if not places:
        return
    _withdraw_unsafe(f, places, hidden_before)
    for place, cells in places.items():
        _connect_stocks(f, place, cells, hidden_before or frozenset())
        _connect_groups(f, place, cells)
        _connect_births(f, place, cells)


def _withdraw(f: Familie, cells: Collection[int]) -> None:
    """Cells that are not told; whoever can subtract them may not find a small one."""
    for i in cells:
        f.tafel.oeffentlich[i] = False


def _withdraw_unsafe(f: Familie, places: dict[Ort, Cells], hidden: Collection[Schluessel] | None) -> None:
    """Where a stock was hidden before, no flow is told that would tell of it: of its women none beside its men."""
    if hidden is None:
        _withdraw(f, [i for cells in places.values() for i in cells.values()])
        return
    secret = {place for place in places if any(Schluessel(art, "-", *place, INS) in hidden for art in STOCK.values())}
    for place, cells in places.items():
        g, x = place
        if (g, INS) in secret or place in secret or (x != INS and any(y != INS for h, y in secret if h == g)):
            _withdraw(f, cells.values())


def _connect_stocks(f: Familie, place: Ort, cells: Cells, hidden: Collection[Schluessel]) -> None:
    """The stock now is the stock before with who came and without who went; nobody went who was not there."""
    t = f.tafel
    for gruppe, art in STOCK.items():
        now, before = f.gives(art, "-", *place, INS), f.bestand_vorher.get((art, *place))
        if now is None or before is None or Schluessel(art, "-", *place, INS) in hidden:
            continue
        vorher = t.zelle(Schluessel(f"{art}_vorher", "-", *place, INS), before, schuetzen=False)
        t.bekannt.add(vorher)
        hin = [cells[b, gruppe] for b in HIN if (b, gruppe) in cells]
        fort = [cells[b, gruppe] for b in FORT if (b, gruppe) in cells]
        if gruppe == "auslaender":
            hin += [cells["verlust", INS]]
            fort += [cells["einbuergerung", INS]]
        t.gleich([now, *fort], [vorher, *hin])
        t.hoechstens(fort, [vorher])


def _connect_groups(f: Familie, place: Ort, cells: Cells) -> None:
    """Foreigners are some of everybody; the Germans are what is left."""
    for bewegung, gruppe in cells:
        if gruppe == INS and (bewegung, "auslaender") in cells:
            f.tafel.abgeleitet(
                cells[bewegung, INS],
                [cells[bewegung, "auslaender"]],
                Schluessel("bewegung_deutsche", "-", *place, INS, bewegung),
            )


def _connect_births(f: Familie, place: Ort, cells: Cells) -> None:
    """Who was born in between is among the youngest now; after a year they are all of age 0."""
    t = f.tafel
    tage = (f.stichtag - date.fromisoformat(_read_earlier(f, cells))).days
    for gruppe, art in STOCK.items():
        geburten = cells["geburt", gruppe]
        for k, i in list(t.nummer.items()):
            if (k.art, k.profil, k.gebiet_id, k.geschlecht) != (art, "-", *place):
                continue
            treffer = re.fullmatch(r"00-(\d{2,3})", k.altersgruppe)
            if treffer and tage <= 365 * (int(treffer[1]) + 1) and t.wert[i] >= t.wert[geburten]:
                t.abgeleitet(i, [geburten], Schluessel("bewegung_juengste", "-", *place, INS, gruppe))
        fact = "altersjahr" if gruppe == INS else "altersjahr_auslaender"
        if (null := f.gives("merkmal", "-", *place, INS, fact, "00")) is not None:
            t.gleich([geburten], [null]) or t.hoechstens([geburten], [null])
    if 365 <= tage <= 366 and (neu := f.gives("merkmal", "-", *place, INS, "wohndauer", "00-00")) is not None:
        gekommen = [cells["geburt", INS], cells["zuzug", INS]]
        # Where a move within the town counts, too, those who moved are what is left: few of them must not follow.
        if not t.gleich([neu], gekommen) and t.wert[neu] > sum(t.wert[i] for i in gekommen):
            t.abgeleitet(neu, gekommen, Schluessel("bewegung_innerhalb", "-", *place, INS))


def _read_earlier(f: Familie, cells: Cells) -> str:
    return f.tafel.schluessel[next(iter(cells.values()))].c
