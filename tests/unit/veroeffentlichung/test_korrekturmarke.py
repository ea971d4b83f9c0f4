"""The mark `korrigiert`: of the register on whole days, and once given it stays, even where only some values are on record."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage, pfadliste
from pipelines.veroeffentlichung.korrektur import ZEITREIHE, write_korrekturen
from tests.lib.literal_tables import lay, read

JUNI, DEZEMBER = date(2021, 6, 30), date(2021, 12, 31)
REGISTER = {"quelle_id": "melderegister", "nenner_quelle_id": "melderegister", "profil": "-"}
AMT = {"quelle_id": "amt", "nenner_quelle_id": "amt", "profil": "-"}

# Nord was corrected in June, Süd was not; December was not; of a printed table Nord was corrected, Süd was not.
WERTE: dict[tuple[str, str], dict[str, Any]] = {
    ("quote", "01"): {**REGISTER, "zeitraum": JUNI, "stichtag": JUNI, "wert": 25.0},
    ("quote", "02"): {**REGISTER, "zeitraum": JUNI, "stichtag": JUNI, "wert": 40.0},
    ("spaeter", "01"): {**REGISTER, "zeitraum": DEZEMBER, "stichtag": DEZEMBER, "wert": 26.0},
    ("amtlich", "01"): {**AMT, "zeitraum": JUNI, "stichtag": JUNI, "wert": 7.0},
    ("amtlich", "02"): {**AMT, "zeitraum": JUNI, "stichtag": JUNI, "wert": 8.0},
}
DAVOR = {("quote", "01"): 30.0, ("amtlich", "01"): 6.0}
MARKED = {("quote", "01"), ("quote", "02"), ("amtlich", "01")}


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "geheimhaltung.indikatorwert", *({"indikator": i, "gebiet_id": g, **z} for (i, g), z in WERTE.items()))
    return ablage


def publish(ablage: Ablage, werte: dict[tuple[str, str], float], marked: set[tuple[str, str]]) -> None:
    """A published file with these values instead of those of WERTE, and an empty record of corrections."""
    zeilen = [
        {
            "indikator": i, "gebiet_id": g, **z, "wert": werte.get((i, g), z["wert"]),
            "hinweise": ["korrigiert"] if (i, g) in marked else [],
        }
        for (i, g), z in WERTE.items()
    ]  # fmt: skip
    ablage.publikation.unlink(missing_ok=True)
    with duckdb.connect(str(ablage.publikation)) as con:
        for name, rows in ((ZEITREIHE, zeilen), ("protokoll.revision", [])):
            lay(ablage, name, *rows)
            datei = pfadliste([ablage.tabelle(*name.split("."))])
            con.execute(f"create schema {name.split('.')[0]}; create table {name} as from read_parquet({datei})")


def marks(ablage: Ablage) -> set[tuple[str, str]]:
    write_korrekturen(ablage)
    return {(z["indikator"], z["gebiet_id"]) for z in read(ablage, "geheimhaltung.indikatorkorrektur")}


def test_a_changed_value_is_marked_of_the_register_with_its_whole_day(ablage: Ablage) -> None:
    publish(ablage, DAVOR, set())
    assert marks(ablage) == MARKED


def test_the_next_build_over_the_same_figures_marks_the_same(ablage: Ablage) -> None:
    """A process that was killed after its release builds once more, over the release with the corrected values."""
    publish(ablage, {}, MARKED)
    assert marks(ablage) == MARKED


def test_a_file_of_an_earlier_version_without_marks_can_be_compared(ablage: Ablage) -> None:
    publish(ablage, DAVOR, set())
    with duckdb.connect(str(ablage.publikation)) as con:
        con.execute(f"alter table {ZEITREIHE} drop column hinweise; drop table protokoll.revision")
    assert marks(ablage) == MARKED


def test_before_the_first_release_nothing_is_marked(ablage: Ablage) -> None:
    assert marks(ablage) == set()
