"""Kinds of persons by the rules of several definitions: what they tell together is protected by the choice."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.family import Familie, PersonKind
from pipelines.geheimhaltung.kind_relations import link_arten
from pipelines.geheimhaltung.kind_sets import Told, protect_sets
from pipelines.geheimhaltung.relations import link_cells
from pipelines.geheimhaltung.system import Schluessel, Tafel
from schemas.spalten.common import INSGESAMT as INS
from tests.unit.geheimhaltung.test_wahl_haelt import zu_eng

AGS, GEBIETE = "00", ("01", "02", "03")
SCHWELLE = 5
# Definition → rule → (category, result). Each later one counts persons whom the earlier ones do not, and leaves others out.
REGELN = {
    "p": {"a": ("A", "mit"), "d": ("D", "mit"), "s": ("0", "ohne")},
    "q": {"a": ("A", "mit"), "f": ("F", "mit"), "s": ("0", "ohne")},
    "r": {"a": ("A", "mit"), "z": ("Z", "mit"), "u": ("U", "unentscheidbar"), "s": ("0", "ohne")},
}
# What the rules allow: foreigners count everywhere; everybody else by any rules.
MOEGLICH = [("a", "a", "a"), *((p, q, r) for p in "ds" for q in "fs" for r in "zus")]
Zahlen = dict[tuple[str, tuple[str, str, str]], int]  # (area, rules) → persons


def kind(regeln: tuple[str, str, str]) -> PersonKind:
    return PersonKind(tuple(zip("pqr", regeln, strict=True)), "1", False, regeln[0] == "a")


def build(zahlen: Zahlen) -> Familie:
    """A town of three areas told by area, by pairs of rules and by category; nothing by sex or age."""
    t = Tafel()
    kategorie = {(p, r): k for p, je in REGELN.items() for r, (k, _) in je.items()}
    ergebnis = {(p, k): e for p, je in REGELN.items() for k, e in je.values()}
    f = Familie("k", date(2021, 6, 30), AGS, "p", SCHWELLE, 0, t, {AGS: list(GEBIETE)}, kategorie, ergebnis,
                {p: {"A"} for p in REGELN}, [], list(REGELN))  # fmt: skip
    for g in (AGS, *GEBIETE):
        je = {r: sum(n for (h, q), n in zahlen.items() if q == r and g in (AGS, h)) for r in MOEGLICH}
        f.arten[g, INS, INS] = {kind(r): n for r, n in je.items() if n}
        _tell(t, g, je)
    return f


def _tell(t: Tafel, g: str, je: dict[tuple[str, str, str], int]) -> None:
    def zelle(art: str, p: str, n: int, *teile: str) -> None:
        t.zelle(Schluessel(art, p, g, INS, INS, *teile), n, True)

    zelle("einwohner", "-", sum(je.values()))
    zelle("auslaender", "-", je["a", "a", "a"])
    for stelle, (p, regeln) in enumerate(REGELN.items()):
        result = {r: sum(n for k, n in je.items() if k[stelle] == r) for r in regeln}
        mit = sum(n for r, n in result.items() if regeln[r][1] == "mit")
        zelle("personen_mit_mh", p, mit)
        zelle("deutsche_mit_mh", p, mit - je["a", "a", "a"])
        zelle("unentscheidbar", p, sum(n for r, n in result.items() if regeln[r][1] == "unentscheidbar"))
        if g == AGS or p == "p":
            for r, n in result.items():
                zelle("kategorie", p, n, regeln[r][0], INS)
            zelle("kategorie", p, sum(je.values()), INS, INS)
        if stelle and g == AGS:
            for ra in REGELN["p"]:
                for rb in regeln:
                    if REGELN["p"][ra][1] != regeln[rb][1]:
                        n = sum(n for k, n in je.items() if (k[0], k[stelle]) == (ra, rb))
                        zelle("vergleich", "p", n, p, ra, rb)
        elif stelle:
            n = sum(n for k, n in je.items() if REGELN["p"][k[0]][1] != regeln[k[stelle]][1])
            zelle("vergleich", "p", n, p, INS, INS)


@st.composite
def towns(draw: Any) -> Zahlen:
    """Kinds rare and frequent, some of which nobody is of."""
    zahlen: Zahlen = {}
    for regeln in MOEGLICH:
        haeufig = draw(st.sampled_from([(0,), (0, 0, 1), (0, 1, 2, 3), (20, 60, 200)]))
        zahlen |= {(g, regeln): draw(st.sampled_from(haeufig)) for g in GEBIETE}
    return zahlen | {(g, ("s", "s", "s")): 400 for g in GEBIETE}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(towns())
def test_whoever_sorts_persons_by_all_rules_narrows_no_hidden_cell(zahlen: Zahlen) -> None:
    f = build(zahlen)
    link_cells(f)
    wahl = choose(f.tafel, SCHWELLE)
    assert wahl.ableitbar == set()
    geschuetzt = {i for i, w in enumerate(f.tafel.wert) if f.tafel.schuetzen[i] and 0 < w < SCHWELLE}
    eng = set(zu_eng(f.tafel, wahl.geheim))
    assert not {f.tafel.schluessel[i] for i in wahl.geheim | geschuetzt} & eng


# Three are counted under q and r and not under p, two under r alone; all else is frequent.
SELTEN: Zahlen = {
    (g, regeln): 60 + 7 * n + 3 * m for m, g in enumerate(GEBIETE) for n, regeln in enumerate(MOEGLICH)
} | {
    ("01", ("s", "f", "z")): 3, ("02", ("s", "f", "z")): 0, ("03", ("s", "f", "z")): 0,
    ("01", ("s", "f", "u")): 0, ("02", ("s", "f", "u")): 0, ("03", ("s", "f", "u")): 0,
    ("01", ("s", "f", "s")): 0, ("02", ("s", "f", "s")): 0, ("03", ("s", "f", "s")): 0,
}  # fmt: skip


def test_a_choice_that_does_not_sort_by_all_rules_falls_to_who_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """The three are few under q (hidden there), but r tells everybody beside them."""
    f = build(SELTEN)
    link_cells(f)
    assert not {f.tafel.schluessel[i] for i in choose(f.tafel, SCHWELLE).geheim} & set(
        zu_eng(f.tafel, choose(f.tafel, SCHWELLE).geheim)
    )
    blind = build(SELTEN)
    with monkeypatch.context() as m:
        m.setattr("pipelines.geheimhaltung.relations.link_arten", lambda _: None)
        link_cells(blind)
    gewaehlt = {blind.tafel.schluessel[i] for i in choose(blind.tafel, SCHWELLE).geheim}
    geheim = {f.tafel.nummer[k] for k in gewaehlt}
    assert {f.tafel.schluessel[i] for i in geheim} & set(zu_eng(f.tafel, geheim))


REVERSE = ("d", "f", "s")  # counts under q and not under r


@pytest.mark.parametrize("someone", [False, True], ids=["nobody", "someone"])
def test_a_small_difference_is_protected_where_nobody_there_is_counted_the_other_way_round(someone: bool) -> None:
    """Two persons count under r and not under q: a difference of two, that counts persons if nobody is of the opposite."""
    f = build({("01", ("d", "f", "z")): 50, ("01", ("d", "s", "s")): 70, ("01", ("d", "s", "z")): 2,
               ("01", ("s", "s", "s")): 900, ("01", REVERSE): 30 * someone})  # fmt: skip
    link_arten(f)
    t = f.tafel
    of_kinds = ("regelart", "personenart", "artenmenge")
    assert any(t.schuetzen[i] for i, k in enumerate(t.schluessel) if k.art in of_kinds) is not someone


def test_kinds_said_to_be_nobody_make_a_difference_count_persons() -> None:
    """50 are of two kinds, 52 of the first and another: two persons, unless some of the 50 are of the kind in neither."""
    for nobody, persons in (([], False), ([[-1]], True)):
        t = Tafel()
        first, second = (
            t.zelle(Schluessel("regelart", "-", AGS, INS, INS, a), n, schuetzen=False) for a, n in (("x", 50), ("y", 2))
        )
        a, b = (
            t.zelle(Schluessel("kategorie", p, AGS, INS, INS, "F", INS), n, True) for p, n in (("p", 50), ("q", 52))
        )
        protect_sets(
            t, (AGS, INS, INS), SCHWELLE, Told([first, second, -1], {a: [first, -1], b: [first, second]}, nobody), []
        )
        assert t.schuetzen[second] is persons


def test_kinds_that_do_not_add_up_are_refused() -> None:
    f = build(SELTEN)
    f.arten[AGS, INS, INS][kind(("a", "a", "a"))] += 1
    with pytest.raises(RuntimeError, match="do not add up to"):
        link_arten(f)


@pytest.mark.parametrize("others", [0, 40], ids=["all_immigrated", "women_not_all"])
@pytest.mark.parametrize(("of_both", "hides"), [(2, True), (20, False)])
def test_one_definition_whose_category_holds_foreigners_and_germans_tells_of_the_germans(
    of_both: int, hides: bool, others: int
) -> None:
    """All foreign men are immigrated (not all women), so whoever else is immigrated is German: few men, though many of both."""
    regeln = {"z": ("Z", "mit"), "f": ("F", "mit"), "s": ("0", "ohne")}
    f = Familie("k", date(2021, 6, 30), AGS, "p", SCHWELLE, 0, Tafel(), {AGS: []}, {("p", r): k for r, (k, _) in regeln.items()},
                {("p", k): e for k, e in regeln.values()}, {}, [], ["p"])  # fmt: skip
    men = {"z-": of_both, "zA": 300, "f-": 40, "s-": 900, "fA": 0}
    women = {"z-": of_both + 60, "zA": 600, "f-": 100, "s-": 960, "fA": others}
    for x, je in (("m", men), ("w", women), (INS, {k: n + women[k] for k, n in men.items()})):
        f.arten[AGS, x, INS] = {
            PersonKind((("p", k[0]),), "1" if k[0] == "z" else "2", False, k[1] == "A"): z for k, z in je.items() if z
        }
        auslaender, deutsche = je["zA"] + je["fA"], je["z-"] + je["f-"]
        zellen = {
            ("einwohner", "-"): sum(je.values()), ("auslaender", "-"): auslaender, ("unentscheidbar", "p"): 0,
            ("personen_mit_mh", "p"): auslaender + deutsche, ("deutsche_mit_mh", "p"): deutsche,
            ("kategorie", "p", "Z", INS): je["z-"] + je["zA"], ("kategorie", "p", "F", INS): je["f-"] + je["fA"],
            ("kategorie", "p", "0", INS): je["s-"], ("kategorie", "p", INS, INS): sum(je.values()),
        }  # fmt: skip
        for (art, p, *teile), z in zellen.items():
            f.tafel.zelle(Schluessel(art, p, AGS, x, INS, *teile), z, True)
    link_cells(f)
    geheim = {i for i in choose(f.tafel, SCHWELLE).geheim if f.tafel.oeffentlich[i]}
    assert bool(geheim) is hides


@pytest.mark.parametrize(("abroad", "hides"), [(2, True), (20, False)])
def test_a_category_of_minors_only_leaves_few_of_the_minors(abroad: int, hides: bool) -> None:
    """Parents are known of minors: Germans with MH of these ages less those told by their parents are born abroad themselves."""
    regeln = {"a": ("A", "mit"), "f": ("F", "mit"), "z": ("Z", "mit"), "s": ("0", "ohne")}
    f = Familie("k", date(2021, 6, 30), AGS, "p", SCHWELLE, 0, Tafel(), {AGS: []}, {("p", r): k for r, (k, _) in regeln.items()},
                {("p", k): e for k, e in regeln.values()}, {"p": {"A"}}, [], ["p"])  # fmt: skip
    minors, adults = {"a": 90, "f": 200, "z": abroad, "s": 400}, {"a": 500, "f": 0, "z": 300, "s": 2000}
    for alter, je in (("00-17", minors), ("18+", adults), (INS, {k: n + adults[k] for k, n in minors.items()})):
        f.arten[AGS, INS, alter] = {PersonKind((("p", k),), "1", False, k == "a"): n for k, n in je.items() if n}
        deutsche = je["f"] + je["z"]
        zellen = {
            ("einwohner", "-"): sum(je.values()), ("auslaender", "-"): je["a"], ("unentscheidbar", "p"): 0,
            ("personen_mit_mh", "p"): je["a"] + deutsche, ("deutsche_mit_mh", "p"): deutsche,
        }  # fmt: skip
        if alter == INS:
            zellen |= {("kategorie", "p", regeln[k][0], INS): n for k, n in je.items()}
            zellen |= {("kategorie", "p", INS, INS): sum(je.values())}
        for (art, p, *teile), n in zellen.items():
            f.tafel.zelle(Schluessel(art, p, AGS, INS, alter, *teile), n, True)
    link_cells(f)
    assert bool({i for i in choose(f.tafel, SCHWELLE).geheim if f.tafel.oeffentlich[i]}) is hides
