"""veroeffentlichung.umfang.hauptdefinition: nach_groesse: three divisions at once only where enough live behind a row."""

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.geheimhaltung.depth import tell_depth
from pipelines.steps.sql_step import sql_steps
from tests.lib.literal_tables import STICHTAG, lay, lay_umfang, read

INS = "insgesamt"
FRUEHER = STICHTAG.replace(year=STICHTAG.year - 1)
SCHRITT = next(s for s in sql_steps() if (s.schema, s.name) == ("bevoelkerung", "gliederungstiefe"))


def depth(ordner: Path, je_zeile: int, frueher: int | None = None, **umfang: Any) -> tuple[Ablage, dict[str, Any]]:
    """A town with a Bezirk of one district and one district of its own, the same number of inhabitants in each deepest row."""
    ablage = Ablage(ordner).create_folders()
    lay(ablage, "stamm.kommune", {"ags": "00"})
    vorfahren = (
        ("00", "00"),
        ("B", "B"),
        ("B", "00"),
        ("01", "01"),
        ("01", "B"),
        ("01", "00"),
        ("02", "02"),
        ("02", "00"),
    )
    lay(ablage, "stamm.vorfahr", *({"gebiet_id": g, "vorfahr": v} for g, v in vorfahren))
    lay_umfang(ablage, **{"hauptdefinition": "nach_groesse", "dreifach_ab": 100, **umfang})
    # What must not count: the town, a Bezirk above a district, persons of no known area or age, another definition, totals.
    zeilen = [
        {"stichtag": tag, "gebiet_id": g, "geschlecht": x, "altersgruppe": a, "profil": p, "auslaender": 0, "deutsche_mit_mh": 0,
         "personen_mit_mh": 0, "unentscheidbar": 0,
         "einwohner": n if g in ("01", "02") and INS not in (x, a) and a != "unbekannt" and p == "p"
         else 5000 if g != "unbekannt" and a != "unbekannt" else 1}
        for (tag, n), g, x, a, p in product(
            ((STICHTAG, je_zeile), (FRUEHER, frueher or je_zeile)), ("00", "B", "01", "02", "unbekannt"), (INS, "m", "w"),
            (INS, "00-17", "18+", "unbekannt"), ("p", "q"),
        )
    ]  # fmt: skip
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen)
    SCHRITT.write(ablage)
    (zeile,) = read(ablage, "bevoelkerung.gliederungstiefe")
    return ablage, zeile


@pytest.mark.parametrize(
    ("je_zeile", "frueher", "tiefe"), [(100, 100, "dreifach"), (99, 99, "einzeln"), (500, 99, "einzeln")]
)
def test_the_smallest_stichtag_decides_for_all(tmp_path: Path, je_zeile: int, frueher: int, tiefe: str) -> None:
    _, zeile = depth(tmp_path, je_zeile, frueher)
    assert (zeile["hauptdefinition"], zeile["einwohner_je_zeile"]) == (tiefe, min(je_zeile, frueher))


@pytest.mark.parametrize("gewaehlt", ["dreifach", "einzeln", "kommune"])
def test_a_chosen_depth_stays_and_is_not_told(tmp_path: Path, gewaehlt: str) -> None:
    ablage, zeile = depth(tmp_path, 3, hauptdefinition=gewaehlt)
    assert (zeile["hauptdefinition"], tell_depth(ablage)) == (gewaehlt, [])


def test_a_town_without_areas_is_told_in_full(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "stamm.kommune", {"ags": "00"})
    lay(ablage, "stamm.vorfahr", {"gebiet_id": "00", "vorfahr": "00"})
    lay_umfang(ablage, hauptdefinition="nach_groesse", dreifach_ab=100)
    lay(
        ablage,
        "bevoelkerung.migrationshintergrund",
        {"gebiet_id": "00", "geschlecht": "m", "altersgruppe": "75+", "einwohner": 7},
    )
    SCHRITT.write(ablage)
    assert [z["hauptdefinition"] for z in read(ablage, "bevoelkerung.gliederungstiefe")] == ["dreifach"]


def test_who_did_not_choose_is_told_why_and_what_to_do(tmp_path: Path) -> None:
    ablage, zeile = depth(tmp_path, 42)
    (meldung,) = tell_depth(ablage)
    assert "Im Mittel leben 42 Menschen" in meldung.text
    assert f"ab {zeile['dreifach_ab']}" in meldung.text
    assert "hauptdefinition" in meldung.text


def test_nothing_is_told_of_large_areas(tmp_path: Path) -> None:
    ablage, _ = depth(tmp_path, 250)
    assert tell_depth(ablage) == []
