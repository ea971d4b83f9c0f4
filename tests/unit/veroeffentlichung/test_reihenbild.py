"""What the picture of a series says of its ends: each is of its own count."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorreihe, Indikatorteil
from pipelines.veroeffentlichung.bericht.series_figure import _say_ends, series_picture
from pipelines.veroeffentlichung.bericht.svg import SCHRIFT
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


def test_no_break_shows_between_the_digits_of_a_figure() -> None:
    """An upright may pass behind the first or last figure; the white below it covers the gaps, or »153.906« reads »153:906«."""
    zeilen = [
        value(2011, "hauptwohnung"),
        value(2012, "fortschreibung") | {"abschnitt": 2},
        value(2024, "fortschreibung"),
    ]
    zeilen = [value(2010, "hauptwohnung"), *zeilen]
    reihe = Indikatorreihe(("quote", "-", "insgesamt", "insgesamt"), zeilen, {}, None, None, True)
    teil = SimpleNamespace(
        reihen=(reihe,), gezeigte_zeilen=(zeilen[-1],), katalog={"quote": KATALOG | {"prozess": False, "nummer": 1}}
    )
    bild = series_picture("b", cast(Indikatorteil, teil))
    assert bild is not None
    weiss = [float(w) for w in re.findall(r'<text[^>]*stroke="white"[^>]*stroke-width="(\d+)"', bild.svg)]
    assert len(weiss) == 2
    assert all(w >= SCHRIFT * 0.8 for w in weiss)
