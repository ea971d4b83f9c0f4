"""Many areas and no level between: the choice goes by groups nobody publishes, and an attack on the whole finds no more."""

from itertools import product
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.geheimhaltung import unpublished_level
from pipelines.geheimhaltung.by_levels import choose_by_levels
from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.parts import split_up
from pipelines.geheimhaltung.system import Tafel
from pipelines.geheimhaltung.unpublished_level import VIELE, group_areas, with_groups
from tests.unit.geheimhaltung.test_stufen import BREITE, SCHWELLE, hebbar, spanne, stadt, zu_schuetzen

FLACH = {"00": [f"{n:02d}" for n in range(1, 10)]}


def flache_stadt(zahlen: list[int]) -> Tafel:
    orte = product(FLACH["00"], ("auslaender", "deutsche"), ("m", "w"))
    return stadt(FLACH, dict(zip(orte, zahlen, strict=True)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 40)), min_size=36, max_size=36), st.data())
def test_no_cell_protected_in_a_group_is_found_out_in_the_town(zahlen: list[int], data: st.DataObject) -> None:
    t = flache_stadt(zahlen)
    auslaender = [i for i, k in enumerate(t.schluessel) if k.art == "auslaender"]
    t.kleine_zeile = data.draw(st.sets(st.sampled_from(auslaender), max_size=3))
    with patch.object(unpublished_level, "VIELE", 4):
        w = choose_by_levels(t, FLACH, SCHWELLE, kerne=1)
    for i in zu_schuetzen(t, w):
        assert spanne(t, w.geheim, i) >= BREITE - 1e-6, t.schluessel[i]
    assert not any(hebbar(t, i) for i in w.ableitbar)
    assert all(t.oeffentlich[i] for i in w.geheim)


ZAHLEN = [
    1,
    9,
    40,
    33,
    12,
    2,
    55,
    38,
    20,
    17,
    61,
    49,
    3,
    14,
    25,
    30,
    19,
    8,
    44,
    52,
    31,
    7,
    66,
    21,
    4,
    18,
    29,
    35,
    10,
    16,
    28,
    41,
    5,
    23,
    37,
    11,
]


def test_the_groups_are_parts_of_their_own() -> None:
    """Cells keep their numbers; every sum of a group stands in relations of the town and of the group."""
    t = flache_stadt(ZAHLEN)
    with patch.object(unpublished_level, "VIELE", 4):
        neu, kinder = with_groups(t, FLACH)
    assert kinder == {"00": ["00/000", "00/001", "00/002"], "00/000": FLACH["00"][:3], "00/001": FLACH["00"][3:6],
                      "00/002": FLACH["00"][6:]}  # fmt: skip
    assert neu.schluessel[: len(t.schluessel)] == t.schluessel
    assert len(split_up(neu, kinder)) == 4
    summen = range(len(t.wert), len(neu.wert))
    assert len(summen) == 3 * 9
    assert not any(neu.oeffentlich[i] or neu.schuetzen[i] for i in summen)
    for glieder, unten in neu.gleichungen:
        assert unten == sum(f * neu.wert[i] for i, f in glieder.items()) == 0
    # Inhabitants of a group are its foreigners and Germans, as in each of its areas.
    assert any({neu.schluessel[i].gebiet_id for i in g.glieder} == {"00/001"} for g in neu.gleichungen)


def test_few_areas_stay_together() -> None:
    viele = [f"{n:03d}" for n in range(VIELE + 1)]
    assert group_areas({"00": viele[:-1]}) == ({"00": viele[:-1]}, {})
    kinder, gruppe = group_areas({"00": viele})
    assert [len(kinder[g]) for g in kinder["00"]] == [6, 7, 7, 7, 7, 7]
    assert sorted(gruppe) == viele


def test_groups_cost_little_beside_the_whole_at_once() -> None:
    t = flache_stadt(ZAHLEN)
    with patch.object(unpublished_level, "VIELE", 4):
        stufen = choose_by_levels(flache_stadt(ZAHLEN), FLACH, SCHWELLE, kerne=1).geheim
    assert len(choose(t, SCHWELLE).geheim) <= len(stufen) <= len(t.wert) / 2
