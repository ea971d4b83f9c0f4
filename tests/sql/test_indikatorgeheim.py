"""The door for indicators: what of a count over ages, of a group or of a delivery may be told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.stamm.katalog.load import load_katalog
from pipelines.stamm.kommune import ALTERSGRUPPEN
from pipelines.stamm.tables.indikator import zeilen_indikator
from pipelines.steps.sql_step import sql_steps
from tests.conftest import ROH
from tests.lib.literal_tables import STICHTAG, lay, lay_ort, read, run_step, run_steps

STADT = {"gebiet_id": "00", "einwohner": 10_000, "auslaender": 1000, "deutsche_mit_mh": 1000, "personen_mit_mh": 2000,
         "unentscheidbar": 0}  # fmt: skip
ALLES = {"gebiet_id": "00", "profil": "p", "indikator": "dem_mh_u18", "zaehler": 60.0, "nenner": 200.0, "kleinste": 20}


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    katalog = load_katalog(Ablage(ROH.parent))
    for name, zeilen in zeilen_indikator(katalog, [("k", ALTERSGRUPPEN)]).items():
        lay(ablage, f"stamm.{name}", *zeilen)
    bestand(ablage)
    return ablage


def bestand(ablage: Ablage, *zeilen: dict[str, Any]) -> None:
    """The protected totals that whole columns are compared with."""
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen)
    run_steps(ablage, "migrationshintergrund", ab="geheimhaltung", bis="geheimhaltung")


def tuer(ablage: Ablage, *zeilen: dict[str, Any]) -> list[dict[str, Any]]:
    lay(ablage, "bevoelkerung.indikatorzaehlung", *zeilen)
    run_steps(ablage, "indikatorregister")
    return read(ablage, "geheimhaltung.indikatorregister")


def tuer_bei_tiefe(ablage: Ablage, tiefe: str, *zeilen: dict[str, Any]) -> list[dict[str, Any]]:
    """The same where the main definition is broken down so deep."""
    tuer(ablage, *zeilen)
    lay(ablage, "bevoelkerung.gliederungstiefe", {"hauptdefinition": tiefe})
    run_step(ablage, next(s for s in sql_steps() if s.key == ("geheimhaltung", "indikatorregister")))
    return read(ablage, "geheimhaltung.indikatorregister")


def tuer_eins(ablage: Ablage, **mehr: Any) -> tuple[Any, ...]:
    z = tuer(ablage, ALLES | mehr)[0]
    return z["zaehler"], z["nenner"], z["wert"], z["status"], z["hinweise"]


def test_a_figure_over_whole_age_groups_passes_with_its_counts(ablage: Ablage) -> None:
    assert tuer_eins(ablage) == (60.0, 200.0, 30.0, "ok", [])


@pytest.mark.parametrize(
    ("zahlen", "status"),
    [
        ({"zaehler": 4.0}, "geheim"),
        ({"zaehler": 196.0}, "geheim"),  # four are left over
        ({"nenner": 3.0, "zaehler": 0.0}, "geheim"),
        ({"kleinste": 4}, "geheim"),  # an age group in it holds four
        ({"kleinste": 1}, "geheim"),
    ],
)
def test_small_counts_and_sums_that_hold_one_are_hidden_whole(
    ablage: Ablage, zahlen: dict[str, Any], status: str
) -> None:
    assert tuer_eins(ablage, **zahlen) == (
        None,
        None,
        None,
        status,
        [status],  # nothing else: a further code would be told from the hidden count
    )


def test_zero_is_told(ablage: Ablage) -> None:
    assert tuer_eins(ablage, zaehler=0.0)[:4] == (0.0, 200.0, 0.0, "ok")


def test_a_small_denominator_gives_no_value_but_its_counts(ablage: Ablage) -> None:
    assert tuer_eins(ablage, zaehler=30.0, nenner=99.0) == (30.0, 99.0, None, "zu_klein", ["zu_klein"])


def test_nobody_is_no_share(ablage: Ablage) -> None:
    assert tuer_eins(ablage, zaehler=0.0, nenner=0.0, kleinste=None)[2:4] == (None, "nicht_bewertbar")


def test_a_ratio_over_a_border_inside_an_age_group_has_no_row(ablage: Ablage) -> None:
    """20 is no border of the age groups: to one decimal the ratio would be the count of those of 18 and 19."""
    assert tuer(ablage, ALLES | {"indikator": "dem_jugendq", "profil": "-", "zaehler": 1234.0, "nenner": 3456.0}) == []


@pytest.mark.parametrize(
    ("anzahl", "wert", "status"),
    [(6400, 43.8, "gerundet"), (6399, None, "zu_klein")],
)
def test_means_are_so_coarse_that_eight_persons_of_any_age_fit_in(
    ablage: Ablage, anzahl: int, wert: float | None, status: str
) -> None:
    mittel = {"indikator": "dem_alter", "profil": "-", "zaehler": 43.82 * anzahl, "nenner": float(anzahl)}
    # That an age of a sex is small, which may be no cell, is not told by a mean that is missing.
    assert tuer_eins(ablage, **mittel, kleinste=2)[:4] == (None, None, wert, status)


@pytest.mark.parametrize(("tiefe", "indikatoren"), [("dreifach", ["dem_mh_u18"]), ("einzeln", [])])
def test_a_sum_over_ages_is_told_no_deeper_than_its_cells(ablage: Ablage, tiefe: str, indikatoren: list[str]) -> None:
    """By area or by age: then nobody has decided about the children of an area, and their count must not stand there."""
    ort = ALLES | {"gebiet_id": "01"}
    assert [z["indikator"] for z in tuer_bei_tiefe(ablage, tiefe, ort)] == indikatoren


@pytest.mark.parametrize(("tiefe", "reihen"), [("dreifach", 3), ("einzeln", 2)])
def test_ratios_over_ages_of_women_with_mh_are_told_where_their_ages_are_cells(
    ablage: Ablage, tiefe: str, reihen: int
) -> None:
    """To one decimal a ratio is its counts; where nobody has decided about these it has no row. A mean has."""
    frauen = {"gruppe": "mit_mh", "geschlecht": "w", "zaehler": 234.0, "nenner": 345.0, "kleinste": 30}
    zeilen = tuer_bei_tiefe(
        ablage,
        tiefe,
        ALLES | frauen | {"indikator": "dem_mh_u18"},
        ALLES | frauen | {"indikator": "dem_mh_u18", "geschlecht": "insgesamt"},
        ALLES | frauen | {"indikator": "dem_alter"},
    )
    assert len(zeilen) == reihen


@pytest.mark.parametrize(
    ("gruppe", "wenige", "status"),
    [
        ("insgesamt", 100, "gerundet"),
        ("insgesamt", 3, "geheim"),
        ("auslaender", 100, "gerundet"),
        ("mit_mh", 100, "geheim"),
    ],
)
def test_means_of_a_sex_are_told_where_its_single_years_are_all_shown(
    ablage: Ablage, gruppe: str, wenige: int, status: str
) -> None:
    """Means of women, of men and of both may meet in a corner of their roundings."""
    jahre = [
        {"gebiet_id": "00", "geschlecht": "w", "merkmal": m, "auspraegung": j, "personen": n}
        for m in ("altersjahr", "altersjahr_auslaender")
        for j, n in (("10", 100), ("40", wenige), ("41", 7900))
    ]
    lay(ablage, "bevoelkerung.registermerkmal", *jahre)
    frauen = {"indikator": "dem_alter", "profil": "p" if gruppe == "mit_mh" else "-", "gruppe": gruppe, "geschlecht": "w",
              "zaehler": 350600.0, "nenner": 8000.0}  # fmt: skip
    assert [z["status"] for z in tuer(ablage, ALLES | frauen)] == [status]


def test_a_group_has_no_counts_because_the_rest_would_tell_who_is_undecided(ablage: Ablage) -> None:
    assert tuer_eins(ablage, indikator="dem_alter", gruppe="ohne_mh", zaehler=350640.0, nenner=8000.0)[:3] == (
        None,
        None,
        43.8,
    )


def test_whole_columns_are_hidden_where_the_totals_hide_them(ablage: Ablage) -> None:
    # Foreigners are hidden in the totals although 12 are enough: they give away Germans with MH of the same row.
    bestand(ablage, {"gebiet_id": "00", "einwohner": 500, "auslaender": 12, "deutsche_mit_mh": 3, "personen_mit_mh": 15,
                     "unentscheidbar": 0})  # fmt: skip
    zaehlung = [
        ALLES | {"indikator": "dem_ausl_anteil", "profil": "-", "zaehler": 12.0, "nenner": 500.0},
        ALLES | {"indikator": "dem_mh_anteil", "zaehler": 15.0, "nenner": 500.0},
        ALLES | {"indikator": "dem_einw", "profil": "-", "zaehler": 500.0, "nenner": None},
    ]
    zeilen = {z["indikator"]: (z["zaehler"], z["wert"], z["status"]) for z in tuer(ablage, *zaehlung)}
    assert zeilen == {
        "dem_ausl_anteil": (None, None, "geheim"),
        "dem_mh_anteil": (15.0, 3.0, "ok"),
        "dem_einw": (500.0, 500.0, "ok"),
    }


def test_the_day_of_a_stock_is_its_period(ablage: Ablage) -> None:
    assert tuer(ablage, ALLES)[0]["zeitraum"] == STICHTAG == date(2021, 6, 30)


@pytest.mark.parametrize(
    ("gruppe", "wert", "status"),
    [
        # Mean age: of those without MH only children of known parents are left, 8.5 years on average once.
        ("ohne_mh", None, "nicht_bewertbar"), ("mit_mh", None, "nicht_bewertbar"),
        ("insgesamt", 30.0, "gerundet"), ("auslaender", 30.0, "gerundet"),
    ],
)  # fmt: skip
def test_groups_of_a_definition_that_cannot_decide_on_many_are_not_assessed(
    ablage: Ablage, gruppe: str, wert: float | None, status: str
) -> None:
    unsicher = ALLES | {"indikator": "dem_alter", "gruppe": gruppe, "zaehler": 240000.0, "nenner": 8000.0}
    bestand(ablage, STADT | {"unentscheidbar": 600})
    z = tuer(ablage, unsicher)[0]
    assert (z["wert"], z["status"]) == (wert, status)
    assert ("viele_unentscheidbar" in z["hinweise"]) is (status == "nicht_bewertbar")
    bestand(ablage, STADT | {"unentscheidbar": 500})
    assert tuer(ablage, unsicher)[0]["status"] == "gerundet"


@pytest.mark.parametrize(
    ("shown", "area", "town", "status"),
    [
        (False, 0.5, 0.0, "ok"),
        (False, 0.0, 0.5, "mindestwert"),
        (True, 0.5, 0.0, "mindestwert"),
        (True, 0.0, 0.5, "ok"),
    ],
)
def test_many_undecidable_that_are_hidden_are_told_as_for_the_whole_town(
    ablage: Ablage, shown: bool, area: float, town: float, status: str
) -> None:
    """A bound of what an area hides would follow from the status of its shares."""
    je_alter = [
        {"gebiet_id": "01", "profil": "p", "altersgruppe": a, "einwohner": 100, "personen_mit_mh": 20, "deutsche_mit_mh": 10,
         "auslaender": 10, "unentscheidbar": 50 if shown or a != "75+" else 2}
        for a in ALTERSGRUPPEN
    ]  # fmt: skip
    bestand(ablage, *je_alter, STADT | {"unentscheidbar": town * 10_000})
    zeilen = tuer(ablage, ALLES | {"gebiet_id": "01", "unentscheidbar": area})
    assert [z["status"] for z in zeilen if z["gebiet_id"] == "01"] == [status]
