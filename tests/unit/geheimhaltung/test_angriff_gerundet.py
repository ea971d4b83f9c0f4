"""The attack on facts that the door rounds: what everybody knows of shown and hidden values, and of the remainder."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.rounded_facts import bound_rounded
from pipelines.geheimhaltung.angriff.system import System
from tests.lib.attack_world import AGS, INS, Zeilen
from tests.unit.geheimhaltung.test_angriff import attack
from tests.unit.geheimhaltung.test_angriff_merkmale import TABELLE, in_merkmalen


def rounded(merkmal: str, **werte: int | None) -> Zeilen:
    """Nothing hidden in the main table; this fact of the town beside it, as the door rounds it."""
    tabellen = in_merkmalen(**{merkmal: {k.lstrip("_"): n for k, n in werte.items()}})
    for z in tabellen[TABELLE]:
        z["status"] = "geheim" if z["personen"] is None else "gerundet"
    return tabellen


def test_what_everybody_knows_of_rounded_values(tmp_path: Path) -> None:
    """Within the rounding and no fewer than are told; nobody is nobody; few are 1 to 19; the largest may be the remainder."""
    s, d = System(), Datei("k", date(2021, 6, 30), "l1")
    werte = {"00-00": 20, "01-04": 200, "05-07": 0, "08-14": None, "15+": 900}
    zeilen = [
        (
            s.zahl("RM", a),
            {"gebiet_id": AGS, "geschlecht": INS, "merkmal": "aufenthaltsdauer", "auspraegung": a, "personen": n},
        )
        for a, n in werte.items()
    ]
    bound_rounded(s, d, zeilen)
    assert [(s.unten[i], s.oben[i]) for i, _ in zeilen] == [(20, 24), (195, 204), (0, 0), (1, 19), (20, float("inf"))]
    assert s.abgeleitet == {3}


@pytest.mark.parametrize(
    ("whole", "bounds"), [(54.0, (20, 24)), (30.0, (20, float("inf"))), (None, (20, float("inf")))]
)
def test_beside_a_shown_whole_everybody_knows_which_value_is_the_remainder(
    whole: float | None, bounds: tuple[float, float]
) -> None:
    """Of 54 one hidden value would leave 44, so 20 is rounded; of 30 it leaves 20."""
    s, d = System(), Datei("k", date(2021, 6, 30), "l1")
    zeile = {"gebiet_id": AGS, "geschlecht": "w", "merkmal": "aufenthaltsdauer"}
    zeilen = [
        (s.zahl("RM", a), zeile | {"auspraegung": a, "personen": n})
        for a, n in (("08-14", 20), ("in_deutschland_geboren", None))
    ]
    bound_rounded(s, d, zeilen, {} if whole is None else {(AGS, "w", "aufenthaltsdauer"): whole})
    assert (s.unten[0], s.oben[0]) == bounds


@pytest.mark.parametrize(("aelteste", "haelt"), [(100, False), (90, True)])
def test_a_value_hidden_beside_rounded_ones_needs_as_much_room_as_any_other(
    tmp_path: Path, aelteste: int, haelt: bool
) -> None:
    """288 foreigners, of each shown duration at least five fewer than told: of the hidden one there are one to three."""
    dauern: dict[str, int | None] = {"00-04": None, "05-09": 100, "10-14": 100, "15+": aelteste}
    tabellen = in_merkmalen(aufenthaltsdauer=dauern)
    for z in tabellen[TABELLE]:
        z["status"] = "geheim" if z["personen"] is None else "gerundet"
    assert attack(tmp_path, tabellen).holds is haelt


@pytest.mark.parametrize(("dritte", "haelt"), [(30, False), (None, True)])
def test_no_value_is_larger_than_the_remainder(tmp_path: Path, dritte: int | None, haelt: bool) -> None:
    """288 foreigners: 78 is what the others leave, so at least 95 as the second; three of these leave three for the rest."""
    dauern: dict[str, int | None] = {"00-00": None, "01-04": 100, "05-09": 100, "10+": 78}
    if dritte is None:
        dauern |= {"05-09": None, "10+": 168}
    tabellen = in_merkmalen(aufenthaltsdauer=dauern)
    for z in tabellen[TABELLE]:
        z["status"] = "geheim" if z["personen"] is None else "gerundet"
    assert attack(tmp_path, tabellen).holds is haelt


def test_a_total_of_women_and_men_that_are_shown_is_theirs(tmp_path: Path) -> None:
    s, d = System(), Datei("k", date(2021, 6, 30), "l1")
    zeilen = [
        (
            s.zahl("RM", x),
            {"gebiet_id": AGS, "geschlecht": x, "merkmal": "zuzugsjahr", "auspraegung": "2020", "personen": n},
        )
        for x, n in (("w", 40), ("m", 60), (INS, 100))
    ]
    bound_rounded(s, d, zeilen)
    assert [(s.unten[i], s.oben[i]) for i, _ in zeilen] == [(35, 44), (55, 64), (0, float("inf"))]


def test_years_of_arrival_told_alone_contradict_nothing(tmp_path: Path) -> None:
    tabellen = rounded("zuzugsjahr", **{"2020": 40, "vor_2020": 60})
    assert attack(tmp_path, tabellen).holds


@pytest.mark.parametrize(("jahr", "haelt"), [(290, False), (270, True)])
def test_years_of_arrival_are_foreigners(tmp_path: Path, jahr: int, haelt: bool) -> None:
    """Of 288 foreigners at least 285 came in one year: of the hidden other one there are one to three."""
    tabellen = rounded("zuzugsjahr", **{"2020": jahr, "2019": None})
    assert attack(tmp_path, tabellen).holds is haelt
