"""A trend needs five comparable points, a test that finds it and a size that counts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.ablage import Ablage
from pipelines.indikatoren.trend import MINDESTPUNKTE, pruefe_trend, schreibe_trends
from pipelines.pruefungen import pruefe_schema
from tests.sql.tabellen import lege, lies


def trend(werte: list[float], richtung: str = "hoch", schwelle: float = 1.0, art: str = "absolut") -> dict[str, Any]:
    tage = [(date(2016 + n, 12, 31) - date(2000, 1, 1)).days for n in range(len(werte))]
    return pruefe_trend(werte, tage, schwelle, art, richtung)


def test_five_rising_points_are_the_smallest_trend_there_is() -> None:
    # Mann-Kendall, exact: of 5! = 120 orders two are as extreme (all up, all down), p = 2 / 120.
    ergebnis = trend([10, 11, 12, 13, 14])
    assert (ergebnis["verlauf"], ergebnis["urteil"], ergebnis["tau"]) == ("steigend", "verbessert", 1.0)
    assert ergebnis["p_wert"] == pytest.approx(2 / 120)
    assert ergebnis["steigung_je_jahr"] == pytest.approx(1.0, abs=0.01)
    assert ergebnis["veraenderung"] == pytest.approx(4.0, abs=0.02)


def test_four_points_are_none() -> None:
    assert MINDESTPUNKTE == 5
    ergebnis = trend([10, 20, 30, 40])
    assert (ergebnis["verlauf"], ergebnis["urteil"], ergebnis["tau"], ergebnis["p_wert"]) == (
        "nicht_bewertbar",
        "nicht_bewertbar",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("werte", "verlauf"),
    [
        ([10, 11, 12, 14, 13], "kein_trend"),  # one pair out of order: p = 10 / 120
        ([10, 11, 12, 13, 15, 14], "steigend"),  # p = 12 / 720
        ([10, 10.1, 10.2, 10.3, 10.4], "kein_trend"),  # clear, but 0.4 points are below the threshold
        ([14, 13, 12, 11, 10], "fallend"),
        ([7, 7, 7, 7, 7], "kein_trend"),
    ],
)
def test_order_and_size_both_count(werte: list[float], verlauf: str) -> None:
    assert trend(werte)["verlauf"] == verlauf


def test_direction_decides_what_is_better_and_neutral_gets_no_verdict() -> None:
    fallend = [14.0, 13.0, 12.0, 11.0, 10.0]
    assert [trend(fallend, r)["urteil"] for r in ("hoch", "niedrig", "neutral")] == [
        "verschlechtert",
        "verbessert",
        None,
    ]


def test_a_relative_threshold_is_percent_of_the_first_value() -> None:
    assert trend([1000, 1002, 1004, 1006, 1008], schwelle=1.0, art="relativ")["verlauf"] == "kein_trend"
    assert trend([100, 102, 104, 106, 108], schwelle=1.0, art="relativ")["verlauf"] == "steigend"


def punkt(jahr: int, wert: float | None, **mehr: Any) -> dict[str, Any]:
    tag = date(jahr, 12, 31)
    return {"zeitraum": tag, "stichtag": tag, "wert": wert, "nenner": 500.0, "quelle": "amt", **mehr}


def test_only_the_last_stretch_counts_and_gaps_and_small_denominators_are_left_out(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).anlegen()
    lege(ablage, "stamm.indikator", {"mindestnenner": 100})
    punkte = [
        punkt(2010, 90.0), punkt(2011, 80.0),
        *(punkt(2012 + n, 10.0 + n, abschnitt=2) for n in range(5)),
        punkt(2017, None, abschnitt=2), punkt(2018, 1.0, nenner=99.0, abschnitt=2), punkt(2019, 15.0, abschnitt=2),
        punkt(2019, 3.0, geschlecht="w"),
    ]  # fmt: skip
    lege(ablage, "marts.indikator_zeitreihe", *punkte)
    assert schreibe_trends(ablage) == 2
    alle, frauen = lies(ablage, "marts.indikator_trend")
    assert (alle["punkte"], alle["luecken"], alle["abschnitt"]) == (6, 2, 2)
    assert (alle["von"], alle["bis"], alle["verlauf"], alle["urteil"]) == (
        date(2012, 12, 31),
        date(2019, 12, 31),
        "steigend",
        "verbessert",
    )
    assert (frauen["punkte"], frauen["verlauf"], frauen["status"]) == (1, "nicht_bewertbar", "nicht_bewertbar")
    assert pruefe_schema(ablage, "marts", "indikator_trend").zeilen == []
