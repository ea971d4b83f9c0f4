"""A trend needs five comparable points and a size that counts; it is a slope and a range, no verdict."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.trend import MINDESTPUNKTE, check_trend, write_trends
from pipelines.steps.checks import check_schema
from schemas.tabellen.zeitreihe import TREND
from tests.lib.literal_tables import lay, read


def trend(werte: list[float], schwelle: float = 1.0, art: str = "absolut") -> dict[str, Any]:
    tage = [(date(2016 + n, 12, 31) - date(2000, 1, 1)).days for n in range(len(werte))]
    return check_trend(werte, tage, schwelle, art)


def test_five_rising_points_have_a_slope_and_no_p_value() -> None:
    ergebnis = trend([10, 11, 12, 13, 14])
    assert (ergebnis["verlauf"], ergebnis["tau"]) == ("steigend", 1.0)
    assert ergebnis["steigung_je_jahr"] == pytest.approx(1.0, abs=0.01)
    assert ergebnis["veraenderung"] == pytest.approx(4.0, abs=0.02)
    # Stocks of the same persons depend on each other: nothing here is called significant, and nothing better or worse.
    assert not {"p_wert", "urteil", "signifikanzniveau"} & {*ergebnis, *TREND.namen}


def test_four_points_are_none() -> None:
    assert MINDESTPUNKTE == 5
    ergebnis = trend([10, 20, 30, 40])
    assert (ergebnis["verlauf"], ergebnis["tau"], ergebnis["steigung_je_jahr"]) == ("nicht_bewertbar", None, None)


@pytest.mark.parametrize(
    ("werte", "verlauf"),
    [
        ([10, 11, 12, 14, 13], "steigend"),  # one pair out of order is no reason to keep silent about +1 a year
        ([10, 10.1, 10.2, 10.3, 10.4], "gleichbleibend"),  # clear, but 0.4 points are below the threshold
        ([14, 13, 12, 11, 10], "fallend"),
        ([7, 7, 7, 7, 7], "gleichbleibend"),
    ],
)
def test_slope_and_threshold_say_the_direction(werte: list[float], verlauf: str) -> None:
    assert trend(werte)["verlauf"] == verlauf


def test_a_relative_threshold_is_percent_of_the_first_value() -> None:
    assert trend([1000, 1002, 1004, 1006, 1008], schwelle=1.0, art="relativ")["verlauf"] == "gleichbleibend"
    assert trend([100, 102, 104, 106, 108], schwelle=1.0, art="relativ")["verlauf"] == "steigend"


def punkt(jahr: int, wert: float | None, tag: str = "12-31", **mehr: Any) -> dict[str, Any]:
    stichtag = date.fromisoformat(f"{jahr}-{tag}")
    return {"zeitraum": stichtag, "stichtag": stichtag, "wert": wert, "nenner": 500.0, "quelle": "amt", **mehr}


def reihe(tmp_path: Path, *punkte: dict[str, Any]) -> list[dict[str, Any]]:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "stamm.indikator", {"mindestnenner": 100, "bezugstag": "12-31", "nenner_text": "Einwohner"})
    lay(ablage, "marts.indikator_zeitreihe", *punkte)
    write_trends(ablage)
    assert check_schema(ablage, "marts", "indikator_trend").zeilen == []
    return read(ablage, "marts.indikator_trend")


def test_only_the_last_stretch_counts(tmp_path: Path) -> None:
    punkte = [punkt(2010, 90.0), punkt(2011, 80.0), *(punkt(2012 + n, 10.0 + n, abschnitt=2) for n in range(5))]
    alle, frauen = reihe(tmp_path, *punkte, punkt(2019, 3.0, geschlecht="w"))
    assert (alle["punkte"], alle["luecken"], alle["abschnitt"], alle["verlauf"]) == (5, 0, 2, "steigend")
    assert (alle["von"], alle["bis"]) == (date(2012, 12, 31), date(2016, 12, 31))
    assert (alle["kleinster"], alle["groesster"]) == (10.0, 14.0)
    assert (frauen["punkte"], frauen["verlauf"], frauen["status"]) == (1, "nicht_bewertbar", "nicht_bewertbar")


@pytest.mark.parametrize(
    "luecke",
    [
        punkt(2015, None),
        punkt(2015, 1.0, nenner=99.0),
        punkt(2015, 13.0, status="mindestwert", hinweise=["mindestwert"]),
        None,
    ],
)
def test_no_gap_is_bridged(tmp_path: Path, luecke: dict[str, Any] | None) -> None:
    davor = [punkt(2012 + n, 10.0 + n) for n in range(3)]
    danach = [punkt(2016 + n, 14.0 + n) for n in range(5)]
    (z,) = reihe(tmp_path, *davor, *([luecke] if luecke else []), *danach)
    assert (z["von"], z["bis"], z["punkte"]) == (date(2016, 12, 31), date(2020, 12, 31), 5)
    assert z["luecken"] == (4 if luecke else 3)


def test_stichtage_do_not_mix(tmp_path: Path) -> None:
    (z,) = reihe(tmp_path, *(punkt(2016 + n, 10.0 + n) for n in range(5)), punkt(2021, 30.0, "06-30"))
    assert (z["bis"], z["punkte"], z["luecken"]) == (date(2020, 12, 31), 5, 1)


def test_rounded_and_exact_values_do_not_mix(tmp_path: Path) -> None:
    gedruckt = [punkt(2014 + n, 10.0 + n, nenner=None) for n in range(2)]
    (z,) = reihe(tmp_path, *gedruckt, *(punkt(2016 + n, 12.0 + n) for n in range(5)))
    assert (z["von"], z["punkte"], z["luecken"]) == (date(2016, 12, 31), 5, 2)
    gerundet = [punkt(2016 + n, 12.0 + n, status="gerundet", hinweise=["gerundet"]) for n in range(5)]
    (z,) = reihe(tmp_path / "b", *gerundet, punkt(2021, 17.0))
    assert (z["bis"], z["punkte"], z["luecken"]) == (date(2020, 12, 31), 5, 1)
