"""Flows of a town as the choice decides them, each hidden figure attacked by linear programs that know no code of the product.

Belongs here: who moved within the town, which follows from the length of residence. Does not belong here: what the product's own
attack finds (test_angriff_bewegungen.py).
"""

from datetime import date
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.flow_relations import link_bewegungen
from pipelines.geheimhaltung.model import Wahl
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS

AGS, VORHER, JETZT = "00", "2019-12-31", date(2020, 12, 31)
BEIDE = ("w", "m")
FLOWS = {"geburt": (60, 55), "zuzug": (210, 190), "sterbefall": (40, 45), "fortzug": (180, 170), "abgang": (0, 0)}
DAVOR = (5000, 4800)


def key_of(art: str, x: str, *mehr: str) -> Schluessel:
    return Schluessel(art, "-", AGS, x, INS, *mehr)


def create_familie(innerhalb: tuple[int, int]) -> Familie:
    """A town without foreigners, so many women and men of which moved within it, and whose length of residence starts anew."""
    f = Familie("k", JETZT, AGS, "p", 5, 0, Tafel(), {AGS: []}, {}, {}, {}, [])

    def add(art: str, werte: tuple[int, int], *mehr: str) -> None:
        zellen = [f.tafel.zelle(key_of(art, x, *mehr), n, oeffentlich=True) for x, n in zip(BEIDE, werte, strict=True)]
        f.tafel.gleich([f.tafel.zelle(key_of(art, INS, *mehr), sum(werte), oeffentlich=True)], zellen)

    for b, gruppe in product((*FLOWS, "einbuergerung", "verlust"), (INS, "auslaender")):
        add("bewegung", FLOWS.get(b, (0, 0)) if gruppe == INS else (0, 0), b, gruppe, VORHER)
    jetzt = [
        n + FLOWS["geburt"][i] + FLOWS["zuzug"][i] - FLOWS["sterbefall"][i] - FLOWS["fortzug"][i]
        for i, n in enumerate(DAVOR)
    ]
    add("einwohner", (jetzt[0], jetzt[1]))
    neu = [FLOWS["geburt"][i] + FLOWS["zuzug"][i] + n for i, n in enumerate(innerhalb)]
    add("merkmal", (neu[0], neu[1]), "wohndauer", "00-00")
    for x, n in zip((*BEIDE, INS), (*DAVOR, sum(DAVOR)), strict=True):
        f.bestand_vorher["einwohner", AGS, x] = n
    link_bewegungen(f, frozenset())
    return f


def find_widths(f: Familie, wahl: Wahl) -> dict[str, float]:
    """How wide »moved within the town« stays, by sex, for someone who knows births, arrivals, departures and the balance."""
    namen = [(b, x) for b in (*FLOWS, "neu", "innerhalb") for x in BEIDE]
    platz = {name: i for i, name in enumerate(namen)}
    a_eq, b_eq = [], []

    def tell(teile: dict[tuple[str, str], float], summe: float) -> None:
        zeile = np.zeros(len(namen))
        for name, w in teile.items():
            zeile[platz[name]] = w
        a_eq.append(zeile)
        b_eq.append(summe)

    for x in BEIDE:
        tell({("neu", x): 1, ("geburt", x): -1, ("zuzug", x): -1, ("innerhalb", x): -1}, 0)
    for k, i in f.tafel.nummer.items():
        if not f.tafel.oeffentlich[i] or i in wahl.geheim:
            continue
        orte = BEIDE if k.geschlecht == INS else (k.geschlecht,)
        if k.art == "bewegung" and k.a in FLOWS and k.b == INS:
            tell({(k.a, x): 1 for x in orte}, f.tafel.wert[i])
        elif k.art == "merkmal":
            tell({("neu", x): 1 for x in orte}, f.tafel.wert[i])
        elif k.art == "einwohner":
            plus = {(b, x): 1.0 for b in ("geburt", "zuzug") for x in orte}
            minus = {(b, x): -1.0 for b in ("sterbefall", "fortzug", "abgang") for x in orte}
            tell(plus | minus, f.tafel.wert[i] - sum(DAVOR[BEIDE.index(x)] for x in orte))
    breiten = {}
    for ort in (*BEIDE, INS):
        ziel = np.zeros(len(namen))
        ziel[[platz["innerhalb", x] for x in (BEIDE if ort == INS else (ort,))]] = 1
        enden = [
            s * linprog(s * ziel, A_eq=np.array(a_eq), b_eq=b_eq, bounds=(0, None), method="highs").fun for s in (1, -1)
        ]
        breiten[ort] = enden[1] - enden[0]
    return breiten


@pytest.mark.parametrize("innerhalb", [(0, 3), (2, 1), (40, 3), (4, 1), (1, 0)])
def test_few_who_moved_within_the_town_do_not_follow(innerhalb: tuple[int, int]) -> None:
    f = create_familie(innerhalb)
    breiten = find_widths(f, choose(f.tafel, f.schwelle))
    for x, n in zip((*BEIDE, INS), (*innerhalb, sum(innerhalb)), strict=True):
        assert n == 0 or n >= f.schwelle or breiten[x] >= f.schwelle - 1 - 1e-6, (x, n, breiten)


@pytest.mark.parametrize("innerhalb", [(0, 0), (40, 30)])
def test_nothing_is_hidden_where_none_or_many_moved(innerhalb: tuple[int, int]) -> None:
    f = create_familie(innerhalb)
    geheim = choose(f.tafel, f.schwelle).geheim
    assert not [f.tafel.schluessel[i] for i in geheim if f.tafel.wert[i] and f.tafel.oeffentlich[i]]
