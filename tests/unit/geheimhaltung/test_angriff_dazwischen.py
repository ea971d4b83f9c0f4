"""Counts that no table tells, between two margins of another definition: they tell of foreigners where an area is lopsided."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pipelines.geheimhaltung.angriff.audit import Audit, check_datei
from tests.lib.attack_world import AGS, ALTER, BLOCK, GEBIETE, INS, rows, summe, write

MH = "marts.migrationshintergrund"
# Foreigners of two areas are hidden by age as well; every sum over areas, sexes and ages leaves them room.
HIDDEN = BLOCK | set(product(("01", "02"), (INS,), ALTER))


def germans_with_mh(g: str, a: str, anders: int) -> int:
    """Under the other definition: all Germans of the first area but `anders` in each age group, as many of each other area."""
    e, auslaender, _ = summe((g, INS, a))
    return e - auslaender - anders if g == "01" else anders


def other_definition(ages: bool, anders: int) -> list[dict[str, Any]]:
    """Rows of definition q by area and, if `ages`, by age; nothing by both."""
    orte = [(g, INS, INS) for g in (AGS, *GEBIETE)] + [(AGS, INS, a) for a in ALTER if ages]
    liste = []
    for ort in orte:
        e, a, _ = summe(ort)
        gebiete, alter = (GEBIETE if ort[0] == AGS else ort[:1]), (ALTER if ort[2] == INS else ort[2:])
        d = sum(germans_with_mh(g, b, anders) for g, b in product(gebiete, alter))
        liste.append({"gebiet_id": ort[0], "geschlecht": INS, "altersgruppe": ort[2], "profil": "q", "quelle": "melderegister",
                      "einwohner": e, "auslaender": a, "deutsche_mit_mh": d, "personen_mit_mh": a + d,
                      "unentscheidbar": 0, "status": "ok"})  # fmt: skip
    return liste


def attack(tmp_path: Path, ages: bool, anders: int) -> Audit:
    (ergebnis,) = check_datei(
        write(tmp_path / "neu.duckdb", {MH: rows(HIDDEN)[MH] + other_definition(ages, anders)}), {}
    )
    return ergebnis


def test_all_germans_of_one_area_and_none_of_the_others_give_its_foreigners_by_age(tmp_path: Path) -> None:
    ergebnis = attack(tmp_path, ages=True, anders=0)
    assert any(z.startswith("verborgen: A, Gebiet 01, insgesamt, 00-17") for z in ergebnis.zeilen)


@pytest.mark.parametrize(
    ("ages", "anders"), [(False, 0), (True, 40)], ids=["not by age", "nowhere all and nowhere nobody"]
)
def test_where_the_margins_leave_room_nothing_falls(tmp_path: Path, ages: bool, anders: int) -> None:
    assert attack(tmp_path, ages, anders).zeilen == []
