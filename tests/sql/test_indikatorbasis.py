"""Which rows an indicator has: groups, women and men, areas and years that were told at any time, and no others."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

Zeile = dict[str, Any]
KENNT = {"geschlecht": "insgesamt", "quelle_id": "melderegister", "nenner_quelle_id": "melderegister", "profil": "-",
         "indikator": "dem_ausl", "gebiet_id": "00", "wert": 10.0}  # fmt: skip


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.indikator", {"indikator": "dem_ausl", "periodizitaet": "jaehrlich", "nach_geschlecht": True})
    for name in ("indikatorlieferung", "indikatorprozess", "indikatormerkmal", "staatsangehoerigkeit", "segregation"):
        lay(ablage, f"geheimhaltung.{name}")
    return ablage


def told(ablage: Ablage, *zeilen: Zeile) -> set[tuple[int, str, str]]:
    """(year, sex, status) of every row there is of these register figures."""
    tage = [{"zeitraum": date(z.pop("jahr"), 12, 31)} for z in zeilen]
    lay(
        ablage,
        "geheimhaltung.indikatorregister",
        *(KENNT | t | {"stichtag": t["zeitraum"]} | z for t, z in zip(tage, zeilen, strict=True)),
    )
    run_steps(ablage, "indikatorbasis", ab="geheimhaltung", bis="geheimhaltung")
    return {(z["zeitraum"].year, z["geschlecht"], z["status"]) for z in read(ablage, "geheimhaltung.indikatorbasis")}


@pytest.mark.parametrize(("geschlecht", "fehlt"), [("w", {(2020, "w", "keine_daten")}), ("x", set()), ("d", set())])
def test_the_first_persons_without_sex_entry_leave_no_gap_in_the_years_before(
    ablage: Ablage, geschlecht: str, fehlt: set[tuple[int, str, str]]
) -> None:
    """Women who were told once lack a figure in another year; of divers and without entry there may have been too few."""
    zeilen = ({"jahr": 2020}, {"jahr": 2021}, {"jahr": 2021, "geschlecht": geschlecht})
    gesagt = {(2020, "insgesamt", "ok"), (2021, "insgesamt", "ok"), (2021, geschlecht, "ok")}
    assert told(ablage, *(dict(z) for z in zeilen)) == gesagt | fehlt


def test_a_year_between_two_with_figures_is_a_gap(ablage: Ablage) -> None:
    assert told(ablage, {"jahr": 2019}, {"jahr": 2021}) == {
        (2019, "insgesamt", "ok"), (2020, "insgesamt", "keine_daten"), (2021, "insgesamt", "ok"),
    }  # fmt: skip


STAAT: Zeile = {"gebiet_id": "00", "staat": "163", "geschlecht": "insgesamt", "personen": 500, "stichtag": date(2021, 12, 31),
                "quelle": "stadtteiltabelle", "rang": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("zeile", "status", "hinweise"),
    [
        ({"status": "ok", "hinweise": ["quelle_gerundet"]}, "ok", ["quelle_gerundet"]),
        (
            {"status": "vorlaeufig", "hinweise": ["vorlaeufig", "quelle_gerundet"]},
            "vorlaeufig",
            ["vorlaeufig", "quelle_gerundet"],
        ),
        (
            {"status": "ok", "hinweise": ["nenner_fehlt:anteil"]},
            "ok",
            [],
        ),  # of the share, which the series does not have
        ({"status": "zu_klein", "hinweise": ["zu_klein"], "quelle": "melderegister"}, "ok", []),
        ({"status": "gerundet", "hinweise": ["gerundet"], "quelle": "melderegister"}, "gerundet", ["gerundet"]),
        ({"status": "geheim", "hinweise": ["geheim"], "personen": None}, "geheim", ["geheim"]),
    ],
)
def test_a_series_of_a_nationality_says_what_its_table_says_of_the_count(
    ablage: Ablage, zeile: Zeile, status: str, hinweise: list[str]
) -> None:
    lay(ablage, "stamm.indikator", {"indikator": "dem_top10", "periodizitaet": "jaehrlich", "nach_geschlecht": True,
                                    "herleitung": "wuerfel", "zaehler_merkmal": "personen", "bezugstag": "12-31"})  # fmt: skip
    # Another day on which it is shown, so that it is among the most frequent.
    frueher = STAAT | {"stichtag": date(2020, 12, 31), **{k: zeile[k] for k in ("quelle",) if k in zeile}}
    lay(ablage, "geheimhaltung.staatsangehoerigkeit", frueher, STAAT | zeile)
    told(ablage)
    (z,) = [
        z
        for z in read(ablage, "geheimhaltung.indikatorbasis")
        if z["gruppe"] == "staat_163" and z["zeitraum"].year == 2021 and z["geschlecht"] == "insgesamt"
    ]
    assert (z["status"], sorted(z["hinweise"])) == (status, sorted(hinweise))
