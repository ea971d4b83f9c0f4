"""The choice of hidden cells against an attacker of its own: whatever the towns, tables and definitions, nothing falls."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.system import Schluessel, Tafel
from tests.bench.geheimhaltung import naiv
from tests.lib.attacker import count_out_spannen, solve_spannen

INS = "insgesamt"
SCHWELLE = 5
GESCHLECHTER, ALTER = ("m", "w"), ("00-17", "18+")
ZUFALL = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def build(blaetter: dict[str, list[str]], zahlen: dict[tuple[str, str, str], list[int]], definitionen: int) -> Tafel:
    """A town with areas (upper → those below), every count over areas, sexes and ages: inhabitants, foreigners, and persons with
    MH under each definition, each of which counts all foreigners."""
    t = Tafel()
    oben = {g: o for o, kinder in blaetter.items() for g in kinder}
    gebiete = ["stadt", *blaetter, *oben] if len(blaetter) > 1 else ["stadt", *oben]

    def innen(g: str) -> list[str]:
        return list(oben) if g == "stadt" else blaetter.get(g, [g])

    def summe(g: str, x: str, a: str, n: int) -> int:
        return sum(
            zahlen[b, y, c][n] for b in innen(g) for y in GESCHLECHTER for c in ALTER if x in (INS, y) and a in (INS, c)
        )

    arten = [
        ("einwohner", "-", 0),
        ("auslaender", "-", 1),
        *(("personen_mit_mh", f"p{d}", 2 + d) for d in range(definitionen)),
    ]
    for g, x, a in product(gebiete, (INS, *GESCHLECHTER), (INS, *ALTER)):
        z = {art + p: t.zelle(Schluessel(art, p, g, x, a), summe(g, x, a, n), True) for art, p, n in arten}
        t.abgeleitet(z["einwohner-"], [z["auslaender-"]], Schluessel("deutsche", "-", g, x, a))
        for d in range(definitionen):
            mh = z[f"personen_mit_mhp{d}"]
            t.abgeleitet(mh, [z["auslaender-"]], Schluessel("deutsche_mit_mh", f"p{d}", g, x, a))
            t.abgeleitet(z["einwohner-"], [mh], Schluessel("ohne_mh", f"p{d}", g, x, a))
        for d in range(1, definitionen):  # each definition counts everybody whom the one before counts
            t.abgeleitet(
                z[f"personen_mit_mhp{d}"], [z[f"personen_mit_mhp{d - 1}"]], Schluessel("unterschied", f"p{d}", g, x, a)
            )
    link(t, blaetter)
    return t


def link(t: Tafel, blaetter: dict[str, list[str]], ohne: str = "") -> None:
    """Every kind of count over areas, sexes and ages; `ohne`: an axis that is forgotten."""
    kinder = {"stadt": list(blaetter), **blaetter} if len(blaetter) > 1 else {"stadt": next(iter(blaetter.values()))}
    for k, i in list(t.nummer.items()):
        for achse, teile in (
            ("Gebiete", [k._replace(gebiet_id=g) for g in kinder.get(k.gebiet_id, [])]),
            ("Geschlechter", [k._replace(geschlecht=x) for x in GESCHLECHTER] if k.geschlecht == INS else []),
            ("Altersgruppen", [k._replace(altersgruppe=a) for a in ALTER] if k.altersgruppe == INS else []),
        ):
            if teile and achse != ohne:
                assert t.gleich([i], [t.nummer[s] for s in teile])


@st.composite
def tafeln(draw: Any) -> Tafel:
    """A random hierarchy with random small and large counts under one or two definitions."""
    bezirke = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
    blaetter = {f"b{n}": [f"b{n}s{m}" for m in range(anzahl)] for n, anzahl in enumerate(bezirke)}
    definitionen = draw(st.integers(1, 2))
    zahlen = {}
    for ort in product([s for kinder in blaetter.values() for s in kinder], GESCHLECHTER, ALTER):
        auslaender = draw(st.sampled_from([0, 0, 1, 2, 3, 4, 6, 15, 40]))
        mit_mh = [auslaender]
        for _ in range(definitionen):
            mit_mh.append(mit_mh[-1] + draw(st.sampled_from([0, 1, 3, 8, 30])))
        mit_mh = mit_mh[1:]
        zahlen[ort] = [max(mit_mh) + draw(st.sampled_from([0, 2, 5, 60, 200])), auslaender, *mit_mh]
    return build(blaetter, zahlen, definitionen)


def zu_eng(t: Tafel, geheim: set[int]) -> list[Schluessel]:
    """Hidden cells with less room than four, and small counts nobody prints that are certain."""
    klein = [i for i, w in enumerate(t.wert) if not t.oeffentlich[i] and 0 < w < SCHWELLE]
    spannen = solve_spannen(t, geheim, [*sorted(geheim), *klein])
    return [
        t.schluessel[i]
        for i, (tief, hoch) in spannen.items()
        if hoch - tief < (SCHWELLE - 1 if i in geheim else 1)
    ]  # fmt: skip


@ZUFALL
@given(tafeln())
def test_no_attacker_narrows_a_hidden_cell_below_the_distance(t: Tafel) -> None:
    wahl = choose(t, SCHWELLE)
    assert wahl.ableitbar == set()
    assert zu_eng(t, wahl.geheim) == []


@ZUFALL
@given(tafeln())
def test_what_was_hidden_last_time_costs_nothing_and_nothing_falls(t: Tafel) -> None:
    vorher = choose(t, SCHWELLE).geheim
    wahl = choose(t, SCHWELLE, frozenset(vorher))
    assert zu_eng(t, wahl.geheim) == []


@st.composite
def kleine_tafeln(draw: Any) -> tuple[Tafel, list[int]]:
    """Two areas by three groups with all sums: small enough to count every table."""
    t = Tafel()
    zahlen = {(g, s): draw(st.integers(0, 5)) for g in "ab" for s in "xyz"}
    for g, s in product(("a", "b", INS), ("x", "y", "z", INS)):
        wert = sum(w for (h, u), w in zahlen.items() if g in (h, INS) and s in (u, INS))
        t.zelle(Schluessel("staat", "-", g, INS, INS, s), wert, True)
    for s in ("x", "y", "z", INS):
        t.gleich([t.nummer[Schluessel("staat", "-", INS, INS, INS, s)]],
                 [t.nummer[Schluessel("staat", "-", g, INS, INS, s)] for g in "ab"])  # fmt: skip
    for g in ("a", "b", INS):
        t.gleich([t.nummer[Schluessel("staat", "-", g, INS, INS, INS)]],
                 [t.nummer[Schluessel("staat", "-", g, INS, INS, s)] for s in "xyz"])  # fmt: skip
    return t, [t.nummer[Schluessel("staat", "-", g, INS, INS, s)] for g in "ab" for s in "xyz"]


@ZUFALL
@given(kleine_tafeln())
def test_counting_every_table_finds_no_more_than_the_linear_programs(welt: tuple[Tafel, list[int]]) -> None:
    t, innen = welt
    wahl = choose(t, SCHWELLE)
    gezaehlt = count_out_spannen(t, wahl.geheim, innen, hoechstens=9) if wahl.geheim else {}
    for i, (tief, hoch) in gezaehlt.items():
        assert hoch - tief >= SCHWELLE - 1 or hoch == 9, t.schluessel[i]


BLAETTER = {"b0": ["s0", "s1", "s2"]}


def feste_zahlen() -> dict[tuple[str, str, str], list[int]]:
    """Three areas; one cell of two foreigners, everything else large."""
    return {
        ort: [300 + 10 * n, 2 if n == 0 else 30 + n, 60 + 2 * n, 61 + 3 * n]
        for n, ort in enumerate(product(BLAETTER["b0"], GESCHLECHTER, ALTER))
    }


@pytest.mark.parametrize("achse", ["Gebiete", "Geschlechter", "Altersgruppen"])
def test_a_margin_the_choice_forgets_is_found_by_the_attacker(achse: str) -> None:
    t = build(BLAETTER, feste_zahlen(), 1)
    assert zu_eng(t, choose(t, SCHWELLE).geheim) == []
    blind = build(BLAETTER, feste_zahlen(), 1)
    blind.gleichungen = [g for g in blind.gleichungen if not _summe_ueber(blind, g.glieder, achse)]
    assert zu_eng(t, choose(blind, SCHWELLE).geheim) != []


def test_hiding_the_next_smallest_count_as_is_done_by_hand_falls_to_the_same_attacker() -> None:
    """Three single foreigners in one area: what is hidden by hand beside them leaves each other too little room."""
    zahlen = {ort: [z[0], 1 if n in (0, 2, 4) else 30 + n, *z[2:]] for n, (ort, z) in enumerate(feste_zahlen().items())}
    t = build(BLAETTER, zahlen, 1)
    assert zu_eng(t, choose(t, SCHWELLE).geheim) == []
    assert zu_eng(t, naiv(t, SCHWELLE)) != []


def _summe_ueber(t: Tafel, glieder: dict[int, float], achse: str) -> bool:
    feld = {"Gebiete": 2, "Geschlechter": 3, "Altersgruppen": 4}[achse]
    return len({t.schluessel[i].art for i in glieder}) == 1 and len({t.schluessel[i][feld] for i in glieder}) > 1


def test_definitions_protected_alone_are_found_by_the_attacker() -> None:
    """Under each definition nobody is few; three persons are counted under the second and not under the first."""
    zahlen = {o: [w[0], 30 + n, w[2], w[2] + (3 if n == 1 else 20)] for n, (o, w) in enumerate(feste_zahlen().items())}
    for d in range(2):
        allein = build(BLAETTER, {o: [*w[:2], w[2 + d]] for o, w in zahlen.items()}, 1)
        assert choose(allein, SCHWELLE).geheim == set()
    zusammen = build(BLAETTER, zahlen, 2)
    assert zu_eng(zusammen, choose(zusammen, SCHWELLE).geheim) == []
    assert [k.art for k in zu_eng(zusammen, set())] == ["unterschied"]
