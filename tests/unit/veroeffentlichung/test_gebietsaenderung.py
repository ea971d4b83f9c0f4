"""Where a figure changed most: areas over the same two days, never over a break, a protected value or another day of the year."""

from typing import Any

import pytest

from pipelines.veroeffentlichung.bericht.area_changes import areas_by_change
from pipelines.veroeffentlichung.bericht.numbers import Wert

TAGE = ["2018-12-31", "2020-12-31", "2021-06-30"]


def value(zahl: float | None, art: str = "", abschnitt: int = 1) -> list[Any]:
    text = "•" if art == "g" else "–" if zahl is None else f"{zahl:.1f}".replace(".", ",") + " %"
    return [zahl, text, art, abschnitt, 0, 1]


def atlas(werte: dict[str, list[Any]], quelle: str = "Melderegister") -> dict[str, Any]:
    """What the atlas embeds, of areas with these values by day."""
    reihe = {"indikator": "dem_mh_anteil", "profil": "p", "gruppe": "insgesamt", "geschlecht": "insgesamt",
             "altersgruppe": "insgesamt", "ebene": "stadtteil"}  # fmt: skip
    return {
        "anfang": reihe,
        "reihen": [reihe | {"geschlecht": "w", "tage": TAGE, "werte": {}}, reihe | {"tage": TAGE, "werte": werte}],
        "gebiete": [{"id": g, "name": g.title(), "ebene": "stadtteil"} for g in werte if g != "stadt"],
        "tage": {t: ".".join(reversed(t.split("-"))) for t in TAGE}, "definitionen": {"p": "A · P"},
        "indikatoren": {"dem_mh_anteil": {"name": "Anteil MH"}}, "einheiten": {"dem_mh_anteil": "prozent"},
        "woerter": [quelle, ""],
    }  # fmt: skip


def rows(tabelle: Any) -> list[tuple[str, ...]]:
    return [tuple(z.text if isinstance(z, Wert) else z for z in r.zellen) for r in tabelle.reihen]


def test_areas_stand_by_their_change_with_both_values_and_those_without_one_last() -> None:
    tabelle = areas_by_change(
        atlas({
            "nord": [value(10.0), value(12.5), value(13.0)],
            "west": [value(30.0), value(29.0), value(28.0)],
            "ost": [value(20.0), value(None, "g"), value(22.0)],
            "stadt": [value(20.0), value(21.0), value(22.0)],
        })
    )  # fmt: skip
    assert tabelle is not None
    assert tabelle.kopf == ("Gebiet", "31.12.2018", "31.12.2020", "Änderung")
    assert rows(tabelle) == [
        ("Nord", "10,0 %", "12,5 %", "+2,5 Prozentpunkte"),
        ("West", "30,0 %", "29,0 %", "−1,0 Prozentpunkte"),
        ("Ost", "20,0 %", "•", "–"),
    ]
    assert (tabelle.titel.split(": ")[1], tabelle.marke) == ("Anteil MH, Definition A · P", "")
    assert tabelle.legende[0][0] == "•"


@pytest.mark.parametrize(
    "zweite",
    [value(12.0, abschnitt=2), value(12.0, "m"), value(None, "g"), value(None, "k"), None],
    ids=["break", "lower bound", "protected", "missing", "no row"],
)
def test_an_area_that_cannot_be_compared_has_no_change(zweite: list[Any] | None) -> None:
    werte = {
        "nord": [value(10.0), zweite, None],
        "west": [value(1.0), value(2.0), None],
        "ost": [value(1.0), value(3.0), None],
    }
    tabelle = areas_by_change(atlas(werte))
    assert tabelle is not None
    assert rows(tabelle)[-1][0] == "Nord"
    assert rows(tabelle)[-1][-1] == "–"
    assert areas_by_change(atlas({g: werte[g] for g in ("nord", "west")})) is None


def test_days_of_different_parts_of_the_year_are_never_compared() -> None:
    assert (
        areas_by_change(atlas({"nord": [None, value(1.0), value(9.0)], "west": [None, value(1.0), value(2.0)]})) is None
    )
    assert areas_by_change(None) is None


def test_invented_figures_are_marked() -> None:
    werte = {"nord": [value(1.0), value(2.0), None], "west": [value(1.0), value(3.0), None]}
    tabelle = areas_by_change(atlas(werte, "Melderegister – Beispieldaten"))
    assert tabelle is not None
    assert tabelle.marke == "Beispieldaten"
