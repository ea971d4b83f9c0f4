"""Measures that follow from a delivered table by adding up its parts: what has to be complete for them, and what goes before."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.derived_sql import find_derivable, spanne
from tests.lib.delivered_indicator import compute_delivered
from tests.lib.literal_tables import lay, lay_ort, read

Zeile = dict[str, Any]
TAG = date(2022, 12, 31)
# Members of a small Union: the second one left it before the day.
UNION: list[Zeile] = [
    {"staat": "000", "eu_von": date(1958, 1, 1)}, {"staat": "168", "eu_von": date(1973, 1, 1), "eu_bis": date(2020, 1, 31)},
    {"staat": "137", "eu_von": date(1958, 1, 1)}, {"staat": "152", "eu_von": date(2004, 5, 1)}, {"staat": "163"},
]  # fmt: skip
ALTER = {"00-17": 170, "18-64": 600, "65-74": 130, "75+": 100}


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.muster", {"muster": "*-12-31"})
    lay(ablage, "stamm.staat", *UNION)
    lay(ablage, "stamm.asylherkunft", {"staat": "475"}, {"staat": "423"})
    lay(
        ablage,
        "stamm.quelle",
        {"gruppen_zusammen": ["Europa", "Asien"]},
        {"quelle_id": "zweite", "gruppen_zusammen": []},
    )
    return ablage


def zahl(wert: float, merkmal: str = "auslaender", **mehr: Any) -> Zeile:
    return {
        "staat": "insgesamt",
        "gebiet_id": "00",
        "profil": "-",
        "stichtag": TAG,
        "merkmal": merkmal,
        "wert": wert,
        **mehr,
    }


def ages(**geaendert: float | None) -> list[Zeile]:
    gruppen = {**ALTER, **{g.replace("_", "-"): w for g, w in geaendert.items()}}
    return [zahl(w, "einwohner", altersgruppe=g, fundstelle=g) for g, w in gruppen.items() if w is not None]


def compute(ablage: Ablage, indikator: str, *zeilen: Zeile) -> dict[str, Zeile]:
    """The rows of one indicator, unprotected, by sex."""
    compute_delivered(ablage, indikator, *zeilen)
    return {z["geschlecht"]: z for z in read(ablage, "bevoelkerung.indikatorlieferung")}


SGB2 = zahl(62, "leistungsberechtigte_sgb2", quelle_id="zweite", fundstelle="F9")


def test_a_span_of_ages_is_named_by_its_first_and_last_year() -> None:
    assert spanne("einwohner_unter_65") == ("einwohner", 0, 64)
    assert spanne("einwohner_15_64") == ("einwohner", 15, 64)
    assert spanne("auslaender_ab_65") == ("auslaender", 65, 999)
    assert spanne("auslaender_ab_8_jahre") is None, "years of residence, delivered as such"


def test_only_what_can_follow_from_what_is_delivered_is_written() -> None:
    needed = {"einwohner_unter_65", "auslaender_eu", "auslaender_gesamt", "arbeitslose"}
    assert find_derivable({"einwohner", "arbeitslose"}, needed) == ["einwohner_unter_65"]
    assert find_derivable({"auslaender"}, needed) == ["auslaender_eu", "auslaender_gesamt"]
    assert find_derivable({"mindestsicherung"}, needed) == []


def test_the_population_below_65_is_the_sum_of_its_age_groups(ablage: Ablage) -> None:
    """62 of 170 + 600 = 770: 8,05 %."""
    z = compute(ablage, "ein_sgb2", SGB2, *ages())["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"]) == (62, 770, pytest.approx(100 * 62 / 770))
    assert (z["quelle_id"], z["nenner_quelle_id"], z["fundstelle"]) == (
        "zweite",
        "tabelle",
        "F9; Nenner: 00-17 bis 18-64",
    )


def test_an_open_last_group_ends_a_span_that_has_no_end(ablage: Ablage) -> None:
    grund = zahl(23, "grundsicherung_alter", quelle_id="zweite")
    assert compute(ablage, "ein_gsalter", grund, *ages())["insgesamt"]["nenner"] == 230
    geschlossen = [*ages(**{"75+": None}), zahl(100, "einwohner", altersgruppe="75-99")]
    assert compute(ablage, "ein_gsalter", grund, *geschlossen)["insgesamt"]["nenner"] is None


@pytest.mark.parametrize(
    "groups",
    [
        {"18_64": None},
        {"18_64": None, "18_66": 620},
        {"60_64": 40},
    ],
    ids=["a gap", "a group across the border", "two groups that overlap"],
)
def test_without_every_age_once_nothing_follows(ablage: Ablage, groups: dict[str, float | None]) -> None:
    z = compute(ablage, "ein_sgb2", SGB2, *ages(**groups))["insgesamt"]
    assert (z["nenner"], z["wert"]) == (None, None)


def test_a_delivered_measure_of_that_name_goes_before_the_sum(ablage: Ablage) -> None:
    z = compute(ablage, "ein_sgb2", SGB2, *ages(), zahl(800, "einwohner_unter_65"))["insgesamt"]
    assert (z["nenner"], z["wert"]) == (800, pytest.approx(7.75))


def test_of_a_table_that_is_not_public_nothing_is_added_up(ablage: Ablage) -> None:
    z = compute(ablage, "ein_sgb2", SGB2, *(a | {"veroeffentlicht": False} for a in ages()))["insgesamt"]
    assert z["nenner"] is None


GRUPPEN = [zahl(60, gruppe="Europa", fundstelle="D2"), zahl(40, gruppe="Asien", fundstelle="D3")]


def test_foreigners_are_the_groups_that_are_everybody_together(ablage: Ablage) -> None:
    z = compute(ablage, "dem_ausl", *GRUPPEN, zahl(25, staat="163"))["insgesamt"]
    assert (z["wert"], z["fundstelle"]) == (100, "D3; D2")
    assert compute(ablage, "dem_ausl", GRUPPEN[0]) == {}, "Asia is missing"
    fremd = [g | {"quelle_id": "zweite"} for g in GRUPPEN]
    assert compute(ablage, "dem_ausl", *fremd) == {}, "this source says nothing of its groups"


def test_a_printed_total_goes_before_the_sum_of_groups(ablage: Ablage) -> None:
    assert compute(ablage, "dem_ausl", *GRUPPEN, zahl(105))["insgesamt"]["wert"] == 105


def test_the_sum_is_no_numerator_of_a_share_of_inhabitants_counted_elsewhere(ablage: Ablage) -> None:
    assert compute(ablage, "dem_ausl_anteil", *GRUPPEN, zahl(1000, "einwohner", quelle_id="zweite")) == {}


def test_women_of_all_foreigners(ablage: Ablage) -> None:
    frauen = [g | {"geschlecht": "w", "wert": w} for g, w in zip(GRUPPEN, (25, 20), strict=True)]
    z = compute(ablage, "dem_ausl_frauen", *GRUPPEN, *frauen)
    assert {s: (r["zaehler"], r["nenner"], r["wert"]) for s, r in z.items()} == {
        "insgesamt": (45, 100, pytest.approx(45))
    }


def test_what_depends_on_no_definition_has_one_row_beside_figures_of_a_definition(ablage: Ablage) -> None:
    """A district table that counts Migrationshintergrund, too, counts foreigners as every other."""
    zeilen = [g | {"profil": "p", "geschlecht": s} for g in GRUPPEN for s in ("insgesamt", "w")]
    assert {s: (r["profil"], r["wert"]) for s, r in compute(ablage, "dem_ausl_frauen", *zeilen).items()} == {
        "insgesamt": ("-", 100)
    }
    z = compute(ablage, "dem_u18", *(a | {"profil": "p"} for a in [*ages(), zahl(1000, "einwohner")]))["insgesamt"]
    assert (z["profil"], z["zaehler"], z["nenner"]) == ("-", 170, 1000)


def test_members_of_the_union_are_those_of_the_day_and_all_of_them_are_named(ablage: Ablage) -> None:
    """Italy 20 and Poland 15 of 100; the United Kingdom left, Turkey never belonged."""
    staaten = [zahl(w, staat=s) for s, w in (("137", 20), ("152", 15), ("168", 7), ("163", 18))]
    z = compute(ablage, "dem_ausl_eu", *GRUPPEN, *staaten)["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"]) == (35, 100, pytest.approx(35))
    assert compute(ablage, "dem_ausl_eu", *GRUPPEN, *staaten[1:]) == {}, "Italy is not named"


def test_the_union_as_a_group_of_the_table_counts_where_its_name_says_the_members_of_the_day(ablage: Ablage) -> None:
    """Italy, Poland and Germany are three here; a group of 28 is another Union, one of third countries none."""
    eu = zahl(36, gruppe="EU-03 (seit 01.02.2020)", fundstelle="D9")
    andere = [zahl(40, gruppe="EU-28"), zahl(64, gruppe="Drittstaaten zu EU-03 (seit 01.02.2020)")]
    z = compute(ablage, "dem_ausl_eu", *GRUPPEN, eu, *andere)["insgesamt"]
    assert (z["zaehler"], z["nenner"], z["wert"]) == (36, 100, pytest.approx(36))
    assert z["fundstelle"].startswith("D9")
    staaten = [zahl(w, staat=s) for s, w in (("137", 20), ("152", 15))]
    assert compute(ablage, "dem_ausl_eu", *GRUPPEN, eu, *staaten)["insgesamt"]["zaehler"] == 36, (
        "the printed one goes first"
    )
    assert compute(ablage, "dem_ausl_eu", *GRUPPEN, *andere) == {}


def test_states_of_origin_of_asylum_seekers_are_those_of_the_municipality(ablage: Ablage) -> None:
    z = compute(ablage, "dem_ausl_asyl", *GRUPPEN, zahl(12, staat="475"), zahl(0, staat="423", kennzeichen="-"))[
        "insgesamt"
    ]
    assert (z["zaehler"], z["wert"], z["kennzeichen"]) == (12, pytest.approx(12), [])
