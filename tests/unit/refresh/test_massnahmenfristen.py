"""A day on which the end of an open measure passes is news; the nights before and after it are idle."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.refresh.build_state import baustand
from pipelines.refresh.fristen import verstrichene_enden
from tests.lib.literal_tables import lay

ALT, NEU = date(2019, 12, 31), date(2021, 12, 31)


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    zeilen: tuple[dict[str, Any], ...] = (
        {
            "massnahme_nr": "1",
            "stand": ALT,
            "ende": date(2020, 6, 30),
            "status": "laufend",
        },  # the later sheet says otherwise
        {"massnahme_nr": "1", "stand": NEU, "ende": date(2026, 6, 30), "status": "laufend"},
        {"massnahme_nr": "2", "stand": NEU, "ende": date(2022, 12, 31), "status": "abgeschlossen"},
        {"massnahme_nr": "3", "stand": NEU, "ende": date(2023, 12, 31), "status": "idee"},
        {"massnahme_nr": "4", "stand": NEU, "ende": None, "status": "laufend"},
    )
    lay(ablage, "eingang.massnahme", *(z | {"konzept": "k1"} for z in zeilen))
    return ablage


@pytest.mark.parametrize(
    ("heute", "enden"),
    [
        (date(2022, 1, 1), []),
        (date(2026, 6, 30), []),  # the last day is no delay
        (date(2026, 7, 1), ["k|k1|1|2026-06-30"]),
        (date(2027, 1, 1), ["k|k1|1|2026-06-30"]),
    ],
)
def test_ends_of_open_measures_of_the_latest_sheet_pass(ablage: Ablage, heute: date, enden: list[str]) -> None:
    assert verstrichene_enden(ablage, heute) == enden


def test_only_the_night_after_an_end_has_to_build(ablage: Ablage) -> None:
    davor, danach = date(2026, 6, 30), date(2026, 7, 1)
    assert baustand(ablage, date(2026, 6, 1)) == baustand(ablage, davor)
    assert baustand(ablage, davor) != baustand(ablage, danach)
    assert baustand(ablage, danach) == baustand(ablage, date(2026, 11, 29))


def test_without_sheets_nothing_passes(tmp_path: Path) -> None:
    assert verstrichene_enden(Ablage(tmp_path).create_folders(), NEU) == []
