"""Group and name of a nationality are those of the Stichtag: who was in the EU on that day, what a state was called then."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

BRITEN = {"staat": "168", "name": "Vereinigtes Königreich", "gruppe": "übriges Europa", "kontinent": "Europa",
          "eu_von": date(1973, 1, 1), "eu_bis": date(2020, 1, 31)}  # fmt: skip
KROATEN = {"staat": "130", "name": "Kroatien", "gruppe": "EU", "kontinent": "Europa", "eu_von": date(2013, 7, 1)}
ZYPRER = {"staat": "181", "name": "Zypern", "gruppe": "EU", "kontinent": "Asien", "eu_von": date(2004, 5, 1)}
TUERKEN = {"staat": "163", "name": "Türkei", "gruppe": "übriges Europa", "kontinent": "Europa"}
DEUTSCHE = {"staat": "000", "name": "Deutschland", "gruppe": "Deutschland", "kontinent": "Europa",
            "eu_von": date(1958, 1, 1)}  # fmt: skip


@pytest.mark.parametrize(
    ("staat", "stichtag", "gruppe"),
    [
        (BRITEN, date(2019, 12, 31), "EU"),
        (BRITEN, date(2020, 1, 31), "EU"),
        (BRITEN, date(2020, 2, 1), "übriges Europa"),
        (KROATEN, date(2013, 6, 30), "übriges Europa"),
        (KROATEN, date(2013, 7, 1), "EU"),
        (ZYPRER, date(2003, 12, 31), "Asien"),
        (TUERKEN, date(2019, 12, 31), "übriges Europa"),
        (DEUTSCHE, date(2019, 12, 31), "Deutschland"),
    ],
)
def test_the_group_is_that_of_the_day(tmp_path: Path, staat: dict[str, object], stichtag: date, gruppe: str) -> None:
    assert mart(tmp_path, "staatsangehoerigkeit", staat, stichtag)["staatengruppe"] == gruppe


def mart(tmp_path: Path, name: str, staat: dict[str, object], stichtag: date) -> dict[str, object]:
    """The row of a mart behind the door: ten persons of one state."""
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "stamm.staat", staat)
    zeile = {
        "kommune": "k", "stichtag": stichtag, "gebiet_id": "01", "staat": staat["staat"], "geschlecht": "insgesamt",
        "quelle": "melderegister", "profil": "p", "personen": 10, "anteil": 0.1, "rang": 1, "rang_bezug": "alle", "status": "ok",
        "hinweise": ["ok"], "datenstand": stichtag, "lieferung_id": "l1", "fundstelle": "-", "mit_ohne_angabe": False,
    }  # fmt: skip
    with ablage.neu(ablage.tabelle("geheimhaltung", name)) as neu:
        pq.write_table(pa.Table.from_pylist([zeile]), neu)
    run_steps(ablage, name, ab="marts")
    (z,) = read(ablage, f"marts.{name}")
    return z


MAZEDONIER = {"staat": "144", "name": "Nordmazedonien", "gruppe": "übriges Europa", "kontinent": "Europa",
              "fruehere_namen": [{"name": "Mazedonien", "bis": date(2019, 2, 11)}]}  # fmt: skip
KONGOLESEN = {"staat": "246", "name": "Demokratische Republik Kongo", "gruppe": "Afrika", "kontinent": "Afrika",
              "fruehere_namen": [{"name": "Belgisch-Kongo", "bis": date(1960, 6, 29)},
                                 {"name": "Zaire", "bis": date(1997, 5, 16)}]}  # fmt: skip


@pytest.mark.parametrize("name", ["staatsangehoerigkeit", "bezugsland"])
@pytest.mark.parametrize(
    ("staat", "stichtag", "erwartet"),
    [
        (MAZEDONIER, date(2018, 12, 31), "Mazedonien"),
        (MAZEDONIER, date(2019, 2, 11), "Mazedonien"),
        (MAZEDONIER, date(2019, 2, 12), "Nordmazedonien"),
        (KONGOLESEN, date(1955, 12, 31), "Belgisch-Kongo"),
        (KONGOLESEN, date(1990, 12, 31), "Zaire"),
        (KONGOLESEN, date(2020, 12, 31), "Demokratische Republik Kongo"),
        (TUERKEN, date(1990, 12, 31), "Türkei"),
    ],
)
def test_the_name_is_that_of_the_day_and_the_key_is_stable(
    tmp_path: Path, name: str, staat: dict[str, object], stichtag: date, erwartet: str
) -> None:
    z = mart(tmp_path, name, staat, stichtag)
    assert (z["staat"], z["staat_name"]) == (staat["staat"], erwartet)
