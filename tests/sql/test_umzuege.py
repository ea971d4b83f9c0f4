"""Moves between areas on their way from the cube to the mart: which areas are told, what a small count hides beside itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import STICHTAG, lay, lay_ort, read, run_steps

VORHER = date(2020, 6, 30)
GEBIETE = ("01", "02", "03", "04", "05", "06")
# from → to → persons
ZUEGE = {"01": {"02": 20, "03": 10}, "02": {"01": 15, "04": 12}, "03": {"05": 30}, "04": {"06": 25, "01": 9},
         "05": {"02": 11, "03": 14}, "06": {"04": 18, "05": 7}}  # fmt: skip
Zeilen = dict[tuple[str, str], dict[str, Any]]


def marts(
    tmp_path: Path,
    zuege: dict[str, dict[str, int]],
    gebiete: tuple[str, ...] = GEBIETE,
    einwohner: dict[str, int] | None = None,
    kommune: dict[str, Any] | None = None,
    gueltig_von: dict[str, date] | None = None,
) -> Zeilen:
    """(area, flow) → row of the mart; a town whose Bezirk 10 has the areas, each of 500 inhabitants before and now."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage, **(kommune or {}))
    orte = {"00": ("gemeinde", ["00"]), "10": ("bezirk", ["10", "00"]), "unbekannt": ("sonstige", ["unbekannt", "00"])}
    orte |= {g: ("stadtteil", [g, "10", "00"]) for g in gebiete}
    von = gueltig_von or {}
    zeilen = [
        {"gebiet_id": g, "gebiet": f"Ort {g}", "ebene": e, "gueltig_von": von.get(g)} for g, (e, _) in orte.items()
    ]
    lay(ablage, "stamm.gebiet", *zeilen)
    lay(ablage, "stamm.vorfahr", *({"gebiet_id": g, "vorfahr": v} for g, (_, oben) in orte.items() for v in oben))
    wuerfel = [
        {"gebiet_id": g, "bewegung": b, "gruppe": gruppe, "geschlecht": x, "personen": n, "stichtag_vorher": VORHER}
        for von, je in zuege.items()
        for nach, alle in je.items()
        for g, b in ((nach, "umzug_zu"), (von, "umzug_fort"))
        for gruppe, x, n in (("insgesamt", "m", alle // 2), ("insgesamt", "w", alle - alle // 2), ("auslaender", "w", alle // 3))
    ]  # fmt: skip
    wuerfel += [
        {
            "gebiet_id": "01",
            "bewegung": b,
            "gruppe": "insgesamt",
            "geschlecht": x,
            "personen": 30,
            "stichtag_vorher": VORHER,
        }
        for b in ("zuzug", "fortzug", "sterbefall", "geburt")
        for x in "mw"
    ]
    lay(ablage, "bevoelkerung.bewegungswuerfel", *wuerfel)
    je_ort = {g: (einwohner or {}).get(g, 500) for g in gebiete}
    alle = {"00": sum(je_ort.values()), "10": sum(je_ort.values())} | je_ort
    lay(
        ablage, "bevoelkerung.migrationshintergrund",
        *({"gebiet_id": g, "stichtag": tag, "geschlecht": x, "einwohner": e // n, "auslaender": e // 4 // n,
           "personen_mit_mh": e // 4 // n, "deutsche_mit_mh": 0, "unentscheidbar": 0}
          for tag in (VORHER, STICHTAG) for g, e in alle.items() for x, n in (("insgesamt", 1), ("m", 2), ("w", 2))),
    )  # fmt: skip
    run_steps(ablage, "bewegung", bis="bevoelkerung")
    run_steps(ablage, "bewegung", ab="geheimhaltung")
    return {
        (z["gebiet_id"], z["bewegung"]): z for z in read(ablage, "marts.bewegung") if z["bewegung"].startswith("umzug")
    }


def personen(je: Zeilen, bewegung: str) -> dict[str, int | None]:
    return {g: z["personen"] for (g, b), z in je.items() if b == bewegung}


def test_every_area_has_who_came_and_who_went_and_the_town_has_all(tmp_path: Path) -> None:
    je = marts(tmp_path, ZUEGE)
    assert je["00", "umzug"]["personen"] == 171
    assert personen(je, "umzug_zu") == {"01": 24, "02": 31, "03": 24, "04": 30, "05": 37, "06": 25}
    assert personen(je, "umzug_fort") == {"01": 30, "02": 27, "03": 30, "04": 34, "05": 25, "06": 25}
    z = je["05", "umzug_zu"]
    assert (z["anteil"], z["stichtag_vorher"], z["tage"], z["gruppe"], z["geschlecht"]) == (
        37 / 500, VORHER, 365, "insgesamt", "insgesamt",
    )  # fmt: skip
    assert z["bewegung_name"] == "aus anderem Gebiet der Kommune hergezogen"
    assert je["00", "umzug"]["anteil"] == 171 / 3000


def test_one_small_count_hides_another_and_its_own_other_direction(tmp_path: Path) -> None:
    """To 06 only three came: whoever knows births and moves beyond the town of 06 has the balance, so who went is hidden too."""
    zuege = ZUEGE | {"04": {"06": 3, "01": 31}}
    je = marts(tmp_path, zuege)
    zu, fort = personen(je, "umzug_zu"), personen(je, "umzug_fort")
    assert (zu["06"], fort["06"]) == (None, None)
    assert min(sum(n is None for n in richtung.values()) for richtung in (zu, fort)) >= 2
    assert (je["06", "umzug_zu"]["status"], je["06", "umzug_zu"]["anteil"]) == ("geheim", None)
    assert je["00", "umzug"]["personen"] == 171


def test_of_two_areas_a_small_move_hides_both_directions(tmp_path: Path) -> None:
    """What comes to one left the other: three and fifty, and the total would give either."""
    je = marts(tmp_path, {"01": {"02": 3}, "02": {"01": 50}}, GEBIETE[:2])
    assert {k for k, z in je.items() if z["personen"] is not None} == set()


def test_nothing_is_told_where_both_directions_do_not_agree(tmp_path: Path) -> None:
    assert marts(tmp_path, ZUEGE | {"unbekannt": {"01": 4}}) == {}


def test_an_area_that_only_one_of_both_days_knows_has_no_row(tmp_path: Path) -> None:
    ohne = {von: {n: p for n, p in je.items() if n != "06"} for von, je in ZUEGE.items() if von != "06"}
    je = marts(tmp_path, ohne, gueltig_von={"06": date(2021, 1, 1)})
    assert {g for g, _ in je} == {"00", "01", "02", "03", "04", "05"}


def test_where_few_lived_before_no_move_is_told(tmp_path: Path) -> None:
    assert personen(marts(tmp_path / "a", ZUEGE, einwohner={"06": 40}), "umzug_fort")["06"] == 25
    umgezogen = ZUEGE | {"06": {"04": 30, "05": 7}}
    je = marts(tmp_path / "b", umgezogen, einwohner={"06": 40})
    assert personen(je, "umzug_fort")["06"] is None, "three of forty did not go: they would follow"


@pytest.mark.parametrize(("verfahren", "zu"), [("rundung", {25, 30, 35})])
def test_rounded_they_are_rounded(tmp_path: Path, verfahren: str, zu: set[int]) -> None:
    je = marts(tmp_path, ZUEGE, kommune={"verfahren": verfahren})
    assert set(personen(je, "umzug_zu").values()) == zu
    assert je["00", "umzug"]["personen"] == 170
