"""A name is told only of counts that were never small: who knows that rule reads a hidden count of a name as that much."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.geheimhaltung.angriff.audit import Audit, check_datei
from pipelines.geheimhaltung.angriff.named import add_named
from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import Stelle, System
from pipelines.geheimhaltung.choose import choose
from pipelines.geheimhaltung.family import Familie
from pipelines.geheimhaltung.named import remember_named
from pipelines.geheimhaltung.system import Schluessel, Tafel
from tests.lib.attack_world import AGS, INS, rows, summe, write
from tests.lib.attacker import solve_spannen

STAAT, KATEGORIE = "marts.staatsangehoerigkeit", "marts.mh_kategorie"


def attack(tmp_path: Path, tabelle: str, zeilen_neu: list[dict[str, Any]]) -> Audit:
    (ergebnis,) = check_datei(write(tmp_path / "neu.duckdb", rows() | {tabelle: zeilen_neu}), {})
    return ergebnis


def in_staaten(polen: int | None, italien: int | None, uebrige: int | None) -> list[dict[str, Any]]:
    e, a, _ = summe((AGS, INS, INS))
    werte = {"insgesamt": e, "000": e - a, "152": polen, "137": italien, "uebrige": uebrige}
    return [
        {
            "gebiet_id": AGS,
            "geschlecht": INS,
            "staat": s,
            "quelle": "melderegister",
            "staatengruppe": "EU",
            "personen": n,
        }
        for s, n in werte.items()
    ]


@pytest.mark.parametrize(("zusammen", "haelt"), [(13, False), (18, True)])
def test_two_named_states_are_five_each_at_least(tmp_path: Path, zusammen: int, haelt: bool) -> None:
    """13 are 5 to 8 each, three wide; without the rule they would be 1 to 12."""
    a = summe((AGS, INS, INS))[1]
    ergebnis = attack(tmp_path, STAAT, in_staaten(None, None, a - zusammen))
    assert ergebnis.holds == haelt, ergebnis.zeilen


@pytest.mark.parametrize(
    ("groesse", "least"),
    [
        (("S", "-", AGS, INS, INS, "137"), 5),
        (("S", "-", AGS, "w", INS, "137"), 5),
        (("S", "-", "01", INS, INS, "137"), 0),
        (("S", "-", AGS, INS, INS, "999"), 30),  # else told with the Germans
        (("S", "-", AGS, INS, INS, "uebrige"), 0),
        (("B", "p", AGS, INS, INS, "137"), 5),
        (("B", "p", AGS, INS, INS, "NZO"), 0),
        (("SG", "-", AGS, INS, INS, "Asien"), 30),
        (("SG", "-", AGS, "w", INS, "Asien"), 0),
        (("SG", "-", AGS, INS, INS, "EU"), 0),
    ],
)
def test_the_least_of_a_hidden_count_follows_from_its_name(groesse: tuple[str, ...], least: int) -> None:
    s = System()
    i = s.zahl(*groesse)
    s.read(i, Stelle("marts.probe", "personen", ""), None)
    add_named(s, Datei("k", date(2021, 6, 30), "l1", AGS, mindestzeile=30))
    assert s.unten[i] == least


def test_who_is_not_named_may_be_few(tmp_path: Path) -> None:
    a = summe((AGS, INS, INS))[1]
    assert attack(tmp_path, STAAT, in_staaten(None, a - 13, None)).holds


def in_generationen(erste: dict[str, int | None]) -> list[dict[str, Any]]:
    """Category D by generation: the second generation is what is left of it."""
    e, a, d = summe((AGS, INS, INS))
    werte: dict[tuple[str, str], int | None] = {
        (INS, INS): e, ("A", INS): a, ("D", INS): d, ("0", INS): e - a - d, **{("D", n): w for n, w in erste.items()},
    }  # fmt: skip
    ergebnis = {"A": "mit", "D": "mit", "0": "ohne"}
    return [
        {"gebiet_id": AGS, "geschlecht": INS, "profil": "p", "kategorie": k, "generation": n, "personen": w,
         "ergebnis_mh": ergebnis.get(k)}
        for (k, n), w in werte.items()
    ]  # fmt: skip


@pytest.mark.parametrize(("zusammen", "haelt"), [(13, False), (18, True)])
def test_a_generation_told_by_itself_was_never_small(tmp_path: Path, zusammen: int, haelt: bool) -> None:
    d = summe((AGS, INS, INS))[2]
    ergebnis = attack(tmp_path, KATEGORIE, in_generationen({"1": None, "2": None, "unbekannt": d - zusammen}))
    assert ergebnis.holds == haelt, ergebnis.zeilen


def family(named: bool) -> tuple[Tafel, list[int]]:
    """3 + 6 + 7 + 40 persons of a town: all but the first have a name."""
    t = Tafel()
    zellen = [
        t.zelle(Schluessel("staat", "-", AGS, INS, INS, str(n)), w, oeffentlich=True)
        for n, w in enumerate((3, 6, 7, 40))
    ]
    alle = t.zelle(Schluessel("staat", "-", AGS, INS, INS, INS), 56, oeffentlich=True)
    t.bekannt.add(alle)
    t.gleich([alle], zellen)
    if named:
        t.mindestens = dict.fromkeys(zellen[1:], 5)
    return t, zellen


def test_the_choice_leaves_room_above_the_least_of_a_name() -> None:
    t, zellen = family(named=True)
    geheim = choose(t, 5).geheim
    spannen = solve_spannen(t, geheim, geheim)
    assert zellen[0] in geheim
    assert all(oben - unten >= 4 for unten, oben in spannen.values())


def test_a_choice_that_does_not_know_the_rule_falls_to_who_does() -> None:
    geheim = choose(family(named=False)[0], 5).geheim
    t, zellen = family(named=True)
    unten, oben = solve_spannen(t, geheim, [zellen[0]])[zellen[0]]
    assert oben - unten < 4


def test_the_choice_knows_the_least_of_the_same_names() -> None:
    t = Tafel()
    least = {
        Schluessel("staat", "-", AGS, INS, INS, "137"): 5,
        Schluessel("staat", "-", AGS, "w", INS, "137"): 5,
        Schluessel("staat", "-", "01", INS, INS, "137"): 0,
        Schluessel("staat", "-", AGS, INS, INS, "999"): 30,
        Schluessel("staat", "-", AGS, INS, INS, "uebrige"): 0,
        Schluessel("bezugsland", "p", AGS, INS, INS, "137"): 5,
        Schluessel("staatengruppe", "-", AGS, INS, INS, "Asien"): 30,
        Schluessel("staatengruppe", "-", AGS, "w", INS, "Asien"): 0,
        Schluessel("kategorie", "p", AGS, INS, INS, "D", "1"): 5,
        Schluessel("kategorie", "p", AGS, INS, INS, "D", "2"): 5,
        Schluessel("kategorie", "p", AGS, INS, INS, "D", INS): 0,
        Schluessel("kategorie", "p", AGS, INS, INS, "0", INS): 30,
        Schluessel("kategorie", "p", AGS, INS, INS, "weitere", "1"): 0,
    }
    for k in least:
        t.zelle(k, 40, oeffentlich=True)
    ergebnis = {("p", "D"): "mit", ("p", "0"): "ohne"}
    remember_named(Familie("k", date(2021, 6, 30), AGS, "p", 5, 30, t, {}, {}, ergebnis, {}, []))
    assert {k: t.mindestens.get(t.nummer[k], 0) for k in least} == least
