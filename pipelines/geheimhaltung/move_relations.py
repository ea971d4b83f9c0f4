"""Moves between areas of the town: how arrivals, departures and the town's total hang together.

Belongs here: flows `umzug` (the town), `umzug_zu` and `umzug_fort` (its lowest areas). Whoever knows births, deaths and moves
beyond the town from elsewhere knows the balance of moves of every area from its two stocks: it is taken as known here, though
nothing published says it. Does not belong here: flows of the town (flow_relations.py).
"""

from collections.abc import Collection
from datetime import date

from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.system import Schluessel
from schemas.spalten.common import INSGESAMT as INS

ZU, FORT, ALLE = "umzug_zu", "umzug_fort", "umzug"
MOVES = (ZU, FORT, ALLE)


def link_umzuege(f: Familie, hidden_before: Collection[Schluessel]) -> None:
    """Add what moves are linked by; `hidden_before` are the cells hidden at the earlier Stichtag."""
    t = f.tafel
    cells = {(k.gebiet_id, k.a): i for i, k in enumerate(t.schluessel) if k.art == "bewegung" and k.a in MOVES}
    gesamt = cells.get((f.ags, ALLE))
    if gesamt is None:
        return
    einwohner = f.gives("einwohner", "-", f.ags, INS, INS)
    if einwohner is not None and t.wert[einwohner] >= t.wert[gesamt]:
        t.abgeleitet(einwohner, [gesamt], _key("umzug_keiner", f.ags))
    gebiete = sorted(g for g, bewegung in cells if bewegung == ZU)
    _connect_wohndauer(f, gesamt)
    for g in gebiete:
        _connect_stocks(f, g, cells[g, ZU], cells[g, FORT], hidden_before)
        _take_balance_for_known(f, g, cells[g, ZU], cells[g, FORT])
    if gebiete:
        _connect_areas(f, f.ags, gesamt, cells)


def _key(art: str, gebiet: str, was: str = "-") -> Schluessel:
    return Schluessel(art, "-", gebiet, INS, INS, was)


def _connect_stocks(f: Familie, g: str, zu: int, fort: int, hidden: Collection[Schluessel]) -> None:
    """Who came lives there now, who went lived there before; the others of both days are counts as well."""
    t = f.tafel
    now, before = f.gives("einwohner", "-", g, INS, INS), f.bestand_vorher.get(("einwohner", g, INS))
    if now is not None and t.wert[now] >= t.wert[zu]:
        t.abgeleitet(now, [zu], _key("umzug_nicht", g, ZU))
    if before is None or before < t.wert[fort]:
        return
    if Schluessel("einwohner", "-", g, INS, INS) in hidden:
        # It stays as wide as those are many who did not go.
        if before - t.wert[fort] < 2 * f.schwelle:
            t.kleine_zeile.add(fort)
    else:
        vorher = t.zelle(_key("einwohner_vorher", g), before, schuetzen=False)
        t.bekannt.add(vorher)
        t.abgeleitet(vorher, [fort], _key("umzug_nicht", g, FORT))
    if 0 < before < f.mindestzeile:
        t.kleine_zeile |= {zu, fort}


def _connect_wohndauer(f: Familie, gesamt: int) -> None:
    """Where the day of moving in is the flat's: within the year those who were born, came, moved between areas or within one."""
    t, vorher = f.tafel, f.tafel.schluessel[gesamt].c
    neu = f.gives("merkmal", "-", f.ags, INS, INS, "wohndauer", "00-00")
    teile = [f.gives("bewegung", "-", f.ags, INS, INS, was, INS, vorher) for was in ("geburt", "zuzug", ALLE)]
    bekannt = [i for i in teile if i is not None]
    if neu is None or not 365 <= (f.stichtag - date.fromisoformat(vorher)).days <= 366:
        return
    if t.wert[neu] >= sum(t.wert[i] for i in bekannt):
        t.abgeleitet(neu, bekannt, _key("umzug_innerhalb", f.ags))


def _take_balance_for_known(f: Familie, g: str, zu: int, fort: int) -> None:
    t = f.tafel
    saldo = t.zelle(_key("umzug_saldo", g), abs(t.wert[zu] - t.wert[fort]), schuetzen=False)
    t.bekannt.add(saldo)
    # Beside a printed zero the other direction would be the balance: with a small one both are hidden, whatever they are.
    if any(0 < t.wert[i] < f.schwelle for i in (zu, fort)):
        t.kleine_zeile |= {zu, fort}
    if t.wert[zu] >= t.wert[fort]:
        t.gleich([zu], [fort, saldo])
    else:
        t.gleich([fort], [zu, saldo])


def _connect_areas(f: Familie, kopf: str, alle: int, cells: dict[tuple[str, str], int]) -> dict[str, int]:
    """Arrivals and departures below an area, each as one cell; `alle` is the town's total under the name of this area.

    From level to level, so that a large town still falls into its parts (parts.py).
    """
    t = f.tafel
    teile: dict[str, list[int]] = {ZU: [], FORT: []}
    for g in f.kinder.get(kopf, []):
        if (g, ZU) in cells:
            unten = {was: cells[g, was] for was in teile}
            if t.wert[alle] >= t.wert[unten[ZU]] + t.wert[unten[FORT]]:
                t.abgeleitet(alle, unten.values(), _key("umzug_anderswo", g))
        elif f.kinder.get(g):
            hier = t.zelle(_key("umzug_alle", g), t.wert[alle], schuetzen=False)
            t.gleich([hier], [alle])
            unten = _connect_areas(f, g, hier, cells)
        else:
            continue  # no known area, or one that only one of both days knows
        for was, i in unten.items():
            teile[was].append(i)
    if not teile[ZU]:
        return {}
    summen = {was: alle if kopf == f.ags else _add_up(f, kopf, was, liste) for was, liste in teile.items()}
    if kopf == f.ags:
        for was, liste in teile.items():
            t.gleich([summen[was]], liste)
    return summen


def _add_up(f: Familie, kopf: str, was: str, liste: list[int]) -> int:
    """Nobody prints what the areas of a Bezirk come to together; everybody adds it up."""
    t = f.tafel
    summe = t.zelle(_key("umzug_summe", kopf, was), sum(t.wert[i] for i in liste))
    t.gleich([summe], liste)
    return summe
