"""Large families: the parts chosen one by one together withstand an attack on the whole, by other code and another solver."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from pipelines.geheimhaltung.by_levels import choose_by_levels
from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.model import Wahl
from pipelines.geheimhaltung.parts import split_up
from pipelines.geheimhaltung.system import Schluessel, Tafel

SCHWELLE, BREITE = 5, 4.0


def ort(gebiet: str, art: str, geschlecht: str) -> Schluessel:
    return Schluessel(art, "-", gebiet, geschlecht, "insgesamt")


def stadt(kinder: dict[str, list[str]], zahlen: dict[tuple[str, str, str], int]) -> Tafel:
    """Inhabitants and foreigners by sex of every area; Germans are what everybody subtracts. `zahlen` are of the lowest areas."""
    t = Tafel()

    def summe(gebiet: str, art: str, geschlecht: str) -> int:
        unten = kinder.get(gebiet, [])
        return sum(summe(k, art, geschlecht) for k in unten) if unten else zahlen[gebiet, art, geschlecht]

    gebiete = sorted({"00", *kinder, *(k for alle in kinder.values() for k in alle)})
    for g in gebiete:
        for x in ("m", "w"):
            a, d = (
                t.zelle(ort(g, art, x), summe(g, art, x), art == "auslaender") for art in ("auslaender", "deutsche")
            )
            e = t.zelle(ort(g, "einwohner", x), t.wert[a] + t.wert[d], True)
            assert t.gleich([e], [a, d])
        for art in ("auslaender", "deutsche", "einwohner"):
            m, w = (t.nummer[ort(g, art, x)] for x in ("m", "w"))
            alle = t.zelle(ort(g, art, "insgesamt"), t.wert[m] + t.wert[w], art != "deutsche")
            assert t.gleich([alle], [m, w])
        assert t.gleich(
            *(
                [t.nummer[ort(g, art, "insgesamt")] for art in arten]
                for arten in (("einwohner",), ("auslaender", "deutsche"))
            )
        )
    for g, unten in kinder.items():
        for art, x in product(("auslaender", "deutsche", "einwohner"), ("m", "w", "insgesamt")):
            assert t.gleich([t.nummer[ort(g, art, x)]], [t.nummer[ort(k, art, x)] for k in unten])
    return t


def gleichungen(t: Tafel) -> np.ndarray:
    matrix = np.zeros((len(t.gleichungen), len(t.wert)))
    for z, g in enumerate(t.gleichungen):
        assert g.unten == 0
        for i, f in g.glieder.items():
            matrix[z, i] = f
    return matrix


def spanne(t: Tafel, geheim: set[int], ziel: int) -> float:
    """Width of what an attacker knows about one cell: printed is fixed, hidden is at least 1, the rest at least 0.

    Where it reaches far enough above the true count, only that: the true counts are among those that fit.
    """
    assert all(t.wert[i] for i in geheim if t.oeffentlich[i] and i not in t.kleine_zeile), "zeros are printed"
    grenzen: list[tuple[float, float | None]] = []
    for i, wert in enumerate(t.wert):
        if i in t.bekannt or (t.oeffentlich[i] and i not in geheim):
            grenzen.append((wert, wert))
        else:
            grenzen.append((1 if t.oeffentlich[i] and i not in t.kleine_zeile else 0, None))
    matrix = gleichungen(t)
    if (oben := _ende(t, matrix, grenzen, ziel, -1.0)) - t.wert[ziel] >= BREITE:
        return oben - t.wert[ziel]
    return oben - _ende(t, matrix, grenzen, ziel, 1.0)


def _ende(
    t: Tafel, matrix: np.ndarray, grenzen: list[tuple[float, float | None]], ziel: int, vorzeichen: float
) -> float:
    """The least of a cell over all tables that fit, or the most (`vorzeichen` −1)."""
    ziel_vektor = np.zeros(len(t.wert))
    ziel_vektor[ziel] = vorzeichen
    loesung = linprog(ziel_vektor, A_eq=matrix, b_eq=np.zeros(len(t.gleichungen)), bounds=grenzen)
    return float("inf") if loesung.status == 3 else vorzeichen * loesung.fun


def zu_schuetzen(t: Tafel, w: Wahl) -> set[int]:
    klein = {i for i, wert in enumerate(t.wert) if 0 < wert < SCHWELLE and i not in t.bekannt}
    return (klein | w.geheim) - w.ableitbar


ZWEI = {"00": ["10", "20"], "10": ["11", "12", "13"], "20": ["21", "22"]}
DREI = {
    "00": ["10", "20", "30"],
    "10": ["11", "12"],
    "20": ["21", "22"],
    "11": ["111", "112", "113"],
    "21": ["211", "212"],
}


@st.composite
def staedte(draw: st.DrawFn) -> tuple[dict[str, list[str]], Tafel]:
    kinder = draw(st.sampled_from([ZWEI, DREI]))
    unten = sorted({k for alle in kinder.values() for k in alle} - set(kinder))
    zahl = st.one_of(st.integers(0, 6), st.integers(0, 40))
    zahlen = {(g, art, x): draw(zahl) for g in unten for art in ("auslaender", "deutsche") for x in ("m", "w")}
    t = stadt(kinder, zahlen)
    oeffentlich = [i for i, o in enumerate(t.oeffentlich) if o and t.wert[i]]
    if oeffentlich:
        t.bekannt = draw(st.sets(st.sampled_from(oeffentlich), max_size=3))
    for i in draw(st.sets(st.sampled_from([i for i, o in enumerate(t.oeffentlich) if o]), max_size=3)) - t.bekannt:
        if t.schluessel[i].art == "auslaender":
            t.kleine_zeile.add(i)
    return kinder, t


@settings(max_examples=60, deadline=None)
@given(staedte())
def test_no_cell_protected_in_a_part_is_found_out_on_the_whole(fall: tuple[dict[str, list[str]], Tafel]) -> None:
    kinder, t = fall
    w = choose_by_levels(t, kinder, SCHWELLE, kerne=1)
    for i in zu_schuetzen(t, w):
        assert spanne(t, w.geheim, i) >= BREITE - 1e-6, t.schluessel[i]


def hebbar(t: Tafel, ziel: int) -> bool:
    """Whether any table with the same zeros and the same known counts, none more than doubled or 10 higher, has 4 more there."""
    grenzen: list[tuple[float, float]] = []
    for i, wert in enumerate(t.wert):
        fest = i in t.bekannt or (t.oeffentlich[i] and not wert and i not in t.kleine_zeile)
        unten = 1 if t.oeffentlich[i] and i not in t.kleine_zeile else 0
        grenzen.append((wert, wert) if fest else (unten, max(2 * wert, wert + 10)))
    grenzen[ziel] = (t.wert[ziel] + BREITE, max(t.wert[ziel] + BREITE, grenzen[ziel][1]))
    return (
        linprog(np.zeros(len(t.wert)), A_eq=gleichungen(t), b_eq=np.zeros(len(t.gleichungen)), bounds=grenzen).status
        == 0
    )


@settings(max_examples=60, deadline=None)
@given(staedte())
def test_a_cell_is_given_up_only_where_printed_figures_alone_give_it_away(
    fall: tuple[dict[str, list[str]], Tafel],
) -> None:
    kinder, t = fall
    w = choose_by_levels(t, kinder, SCHWELLE, kerne=1)
    assert not any(hebbar(t, i) for i in w.ableitbar)


GROSS = {
    (g, art, x): n
    for (g, art, x), n in zip(
        product(["11", "12", "13", "21", "22"], ("auslaender", "deutsche"), ("m", "w")),
        [1, 9, 40, 33, 12, 2, 55, 38, 20, 17, 61, 49, 3, 14, 25, 30, 19, 8, 44, 52],
        strict=True,
    )
}


def test_the_result_is_the_same_whatever_the_number_of_processes() -> None:
    eins, zwei = (choose_by_levels(stadt(ZWEI, GROSS), ZWEI, SCHWELLE, kerne=kerne) for kerne in (1, 2))
    assert (eins.primaer, eins.sekundaer, eins.ableitbar) == (zwei.primaer, zwei.sekundaer, zwei.ableitbar)
    assert eins.sekundaer


def test_every_cell_and_every_relation_is_in_one_part() -> None:
    t = stadt(
        DREI,
        {
            (g, a, x): 9
            for g in ("12", "22", "30", "111", "112", "113", "211", "212")
            for a in ("auslaender", "deutsche")
            for x in "mw"
        },
    )
    teile = split_up(t, DREI)
    assert [teil.kopf for teil in teile] == ["00", "10", "20", "11", "21"]
    assert sorted(i for teil in teile for i in teil.zellen) == list(range(len(t.wert)))
    assert sum(len(teil.gleichungen) for teil in teile) == len(t.gleichungen)
    rand = {t.schluessel[i].gebiet_id for i in teile[3].rand}
    assert rand == {"11"}


def test_a_relation_across_two_parts_makes_them_one() -> None:
    t = stadt(ZWEI, GROSS)
    assert [teil.kopf for teil in split_up(t, ZWEI)] == ["00", "10", "20"]
    # Somebody prints the foreign men of one area of each Bezirk together.
    einzeln = [t.nummer[ort(g, "auslaender", "m")] for g in ("11", "21")]
    zusammen = t.zelle(ort("00", "zusammen", "m"), sum(t.wert[i] for i in einzeln), True)
    t.gleich([zusammen], einzeln)
    assert [teil.kopf for teil in split_up(t, ZWEI)] == ["00"]


def test_forgetting_the_level_above_is_seen_by_the_attacker() -> None:
    """The attacker of this file has teeth: Bezirke chosen without their sums to the town fall."""
    t = stadt(ZWEI, GROSS)
    vergessen = stadt(ZWEI, GROSS)
    vergessen.gleichungen = [
        g for g in vergessen.gleichungen if len({vergessen.schluessel[i].gebiet_id for i in g.glieder}) == 1
    ]
    w = choose(vergessen, SCHWELLE)
    breiten = [spanne(t, w.geheim, i) for i in zu_schuetzen(t, w)]
    assert min(breiten) < BREITE
