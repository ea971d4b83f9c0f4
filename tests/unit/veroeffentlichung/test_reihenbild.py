"""What the picture of a series says of its ends: each is of its own count."""

from datetime import date
from typing import Any

import pytest

from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.series_figure import _say_ends
from tests.unit.veroeffentlichung.test_bericht_indikatoren import SERIE, WERT

KATALOG = {"name": "Einwohner"}


def value(jahr: int, bevoelkerung: str | None) -> dict[str, Any]:
    return SERIE | WERT | {"stichtag": date(jahr, 12, 31), "wert": 1.0 * jahr, "bevoelkerung": bevoelkerung}


@pytest.mark.parametrize(("anfang", "ende"), [("hauptwohnung", "fortschreibung"), (None, "fortschreibung")])
def test_ends_of_two_counts_each_say_which(anfang: str | None, ende: str) -> None:
    text = _say_ends(KATALOG, [value(2011, anfang), value(2024, ende)])
    assert text.startswith("Einwohner: "), "the name is of neither count"
    assert text.endswith(f"am 31.12.2024 ({worte.ZAEHLUNGEN[ende]})")
    assert (f"am 31.12.2011 ({worte.ZAEHLUNGEN[anfang]});" if anfang else "am 31.12.2011;") in text


def test_a_series_of_one_count_says_it_at_its_name() -> None:
    text = _say_ends(KATALOG, [value(2011, "fortschreibung"), value(2024, "fortschreibung")])
    assert text.startswith(f"Einwohner ({worte.ZAEHLUNGEN['fortschreibung']}): ")
    assert text.count(worte.ZAEHLUNGEN["fortschreibung"]) == 1
