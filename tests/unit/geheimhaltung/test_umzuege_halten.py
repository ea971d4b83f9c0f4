"""Hidden moves between areas against an attacker who is told more than the file: the whole table from area to area, all balances.

Belongs here: the choice on invented towns, attacked by linear programs over who moved from where to where, which no code of the
product writes down. Does not belong here: what the product's own attack finds (test_angriff_umzuege.py).
"""

import random
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linprog

from pipelines.geheimhaltung.by_levels import choose_by_levels
from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.model import Wahl
from pipelines.geheimhaltung.move_relations import ALLE, FORT, ZU, link_umzuege
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS

AGS, VORHER, JETZT = "00", "2020-06-30", date(2021, 6, 30)
Moves = dict[tuple[str, str], int]


def draw_moves(zufall: random.Random, gebiete: list[str]) -> Moves:
    """Who moved from where to where: from and to a third of the areas almost nobody."""
    still = set(zufall.sample(gebiete, len(gebiete) // 3))
    return {
        paar: zufall.choice((0, 0, 0, 1)) if still & {*paar} else zufall.randint(0, 15)
        for paar in permutations(gebiete, 2)
    }


def create_familie(moves: Moves, gebiete: list[str], bezirke: int) -> Familie:
    """A town of these areas with its cells; of its stocks nothing is hidden."""
    kinder: dict[str, list[str]] = {AGS: gebiete} if bezirke < 2 else {AGS: [f"b{n}" for n in range(bezirke)]}
    for n, g in enumerate(gebiete if bezirke > 1 else ()):
        kinder.setdefault(f"b{n % bezirke}", []).append(g)
    f = Familie("k", JETZT, AGS, "p", 5, 0, Tafel(), kinder, {}, {}, {}, [])
    for g in gebiete:
        zu = sum(n for (_, nach), n in moves.items() if nach == g)
        fort = sum(n for (von, _), n in moves.items() if von == g)
        for art, n in (("einwohner", 400), (ZU, zu), (FORT, fort)):
            f.tafel.zelle(key_of(g, art), n, oeffentlich=True)
        f.bestand_vorher["einwohner", g, INS] = 400
    f.tafel.zelle(key_of(AGS, ALLE), sum(moves.values()), oeffentlich=True)
    f.tafel.bekannt |= {f.tafel.nummer[key_of(g, "einwohner")] for g in gebiete}
    link_umzuege(f, frozenset())
    return f


def key_of(g: str, art: str) -> Schluessel:
    if art == "einwohner":
        return Schluessel("einwohner", "-", g, INS, INS)
    return Schluessel("bewegung", "-", g, INS, INS, art, INS, VORHER)


def find_widths(moves: Moves, gebiete: list[str], f: Familie, wahl: Wahl) -> dict[str, float]:
    """Hidden figure → how wide it stays for someone who also knows the balance of every area."""
    paare = list(moves)
    zeile = {
        (g, art): np.array([float(p[seite] == g) for p in paare])
        for g in gebiete
        for art, seite in ((ZU, 1), (FORT, 0))
    } | {(AGS, ALLE): np.ones(len(paare))}
    gleich = [zeile[g, ZU] - zeile[g, FORT] for g in gebiete]
    mindestens = []
    verborgen = []
    for (g, art), r in zeile.items():
        i = f.tafel.nummer[key_of(g, art)]
        if i in wahl.geheim:
            verborgen.append((g, art))
            if i not in f.tafel.kleine_zeile:
                mindestens.append(-r)
        else:
            gleich.append(r)
    wahr = np.array([float(moves[p]) for p in paare])
    a_eq, b_eq = np.array(gleich), np.array(gleich) @ wahr
    ungleich = {"A_ub": np.array(mindestens), "b_ub": -np.ones(len(mindestens))} if mindestens else {}
    breiten = {}
    for ort in verborgen:
        enden = []
        for vorzeichen in (1, -1):
            e = linprog(vorzeichen * zeile[ort], A_eq=a_eq, b_eq=b_eq, bounds=(0, 10_000), method="highs", **ungleich)
            assert e.status == 0
            enden.append(vorzeichen * e.fun)
        breiten["/".join(ort)] = enden[1] - enden[0]
    return breiten


@pytest.mark.parametrize("start", range(12))
def test_no_hidden_move_is_narrower_than_asked(start: int) -> None:
    zufall = random.Random(start)
    gebiete = [f"{n:02d}" for n in range(1, zufall.randint(2, 10) + 1)]
    moves = draw_moves(zufall, gebiete)
    f = create_familie(moves, gebiete, bezirke=start % 3)
    wahl = choose(f.tafel, f.schwelle)
    zahlen = [f.tafel.nummer[key_of(g, art)] for g in gebiete for art in (ZU, FORT)]
    assert not [i for i in zahlen if 0 < f.tafel.wert[i] < f.schwelle and i not in wahl.geheim]
    breiten = find_widths(moves, gebiete, f, wahl)
    assert all(b >= f.schwelle - 1 - 1e-6 for b in breiten.values()), breiten


def test_towns_of_that_kind_do_hide_something() -> None:
    """Otherwise the test above would say nothing."""
    verborgen = 0
    for start in range(12):
        zufall = random.Random(start)
        gebiete = [f"{n:02d}" for n in range(1, zufall.randint(2, 10) + 1)]
        f = create_familie(draw_moves(zufall, gebiete), gebiete, bezirke=1)
        verborgen += bool(choose(f.tafel, f.schwelle).geheim)
    assert verborgen > 8


def test_a_large_town_still_falls_into_its_bezirke_and_holds() -> None:
    zufall = random.Random(7)
    gebiete = [f"{n:02d}" for n in range(1, 19)]
    moves = {p: zufall.choice((0, 0, 0, 1, 4)) for p in permutations(gebiete, 2)}
    moves |= {("01", g): 0 for g in gebiete[1:]} | {("01", "05"): 2}
    f = create_familie(moves, gebiete, bezirke=3)
    wahl = choose_by_levels(f.tafel, f.kinder, f.schwelle, kerne=1)
    breiten = find_widths(moves, gebiete, f, wahl)
    assert "01/umzug_fort" in breiten
    assert all(b >= f.schwelle - 1 - 1e-6 for b in breiten.values()), breiten
