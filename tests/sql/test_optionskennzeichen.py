"""What the switched-off option mark changes, as it leaves the door: the town only, and never a small count or a small rest."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps


@pytest.mark.parametrize(
    ("anders", "traeger", "einwohner", "mit_mh", "gezeigt"),
    [
        (44, 87, 87815, 36398, 44),
        (0, 87, 87815, 36398, 0),  # nobody is a count, too
        (4, 87, 87815, 36398, None),  # a small count
        (84, 87, 87815, 36398, None),  # the three bearers who are counted otherwise anyway
        (87, 87, 87815, 36398, 87),
        (90, 87, 87815, 36398, 90),  # children of bearers are counted, too
        (44, 87, 100, 54, None),  # two of those without MH are left
        (97, 97, 100, 0, None),  # three of all are left
    ],
)
def test_neither_a_small_count_nor_a_small_rest_is_shown(
    tmp_path: Path, anders: int, traeger: int, einwohner: int, mit_mh: int, gezeigt: int | None
) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    lay(ablage, "bevoelkerung.optionswuerfel", {"personen": anders, "traeger": traeger})
    lay(ablage, "bevoelkerung.migrationshintergrund",
         {"gebiet_id": "00", "einwohner": einwohner, "personen_mit_mh": mit_mh},
         {"gebiet_id": "01", "einwohner": 9, "personen_mit_mh": 1})  # fmt: skip
    run_steps(ablage, "bestand", "optionskennzeichen", ab="geheimhaltung")
    run_steps(ablage, "optionskennzeichen", ab="marts")
    (z,) = read(ablage, "marts.optionskennzeichen")
    assert (z["personen"], z["status"]) == (gezeigt, "ok" if gezeigt is not None else "geheim")


def test_a_stichtag_that_is_not_declared_has_no_row(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    tag = {"stichtag": date(2021, 7, 15), "datenstand": date(2021, 7, 15)}
    lay(ablage, "eingang.lieferung", {"status": "uebernommen", "lieferung_id": "l2", **tag})
    lay(ablage, "bevoelkerung.optionswuerfel", {"personen": 44, "traeger": 87, "stichtag": tag["stichtag"]})
    lay(ablage, "bevoelkerung.migrationshintergrund", {"gebiet_id": "00", "einwohner": 87815, "personen_mit_mh": 36398})
    run_steps(ablage, "lieferung", "bestand", "optionskennzeichen", ab="geheimhaltung", bis="geheimhaltung")
    assert [z["stichtag"] for z in read(ablage, "geheimhaltung.bestand")] == [tag["stichtag"]], "the extract is there"
    assert read(ablage, "geheimhaltung.optionskennzeichen") == []
