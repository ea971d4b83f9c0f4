"""Persons and rejected lines go after their time, each by its own rule; a night in which nothing else is new does it, too."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.bevoelkerung.aufbewahrung import delete_overdue, find_overdue
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.refresh import deletion
from pipelines.stamm.kommune import Kommune, load_kommune
from tests.conftest import create_data_folder, create_kleinstadt
from tests.lib.literal_tables import lay

GELESEN = date(2022, 1, 1)
ZEILE = {
    "lieferung_id": "kleinstadt-1", "kommune": "kleinstadt", "quelle": "melderegister", "art": "melderegister", "datei": "a.csv",
    "stichtag": date(2021, 6, 30), "eingelesen_am": datetime(2022, 1, 1, 3), "status": "uebernommen",
}  # fmt: skip


@pytest.fixture
def kommune(tmp_path: Path) -> Kommune:
    return load_kommune(create_kleinstadt(create_data_folder(tmp_path / "data", ())))


def staged(ablage: Ablage, *names: str) -> None:
    """Files as reading an extract leaves them, touched today."""
    for zone in ("eingang", "abgewiesen"):
        for name in names:
            datei = ablage.tabelle(zone, "melderegister", name)
            ablage.ordner(datei.parent)
            datei.write_bytes(b"x")


def names(paths: list[Path]) -> list[str]:
    return [f"{p.parents[1].name}/{p.stem}" for p in paths]


@pytest.fixture
def ablage(kommune: Kommune) -> Ablage:
    ablage = Ablage(kommune.ordner.parents[1]).create_folders()
    lay(ablage, "eingang.lieferung", ZEILE)
    staged(ablage, "kleinstadt_2021-06-30")
    return ablage


def test_rejected_lines_go_after_90_days_and_persons_after_400(ablage: Ablage, kommune: Kommune) -> None:
    assert find_overdue(ablage, [kommune], GELESEN + timedelta(90)) == []
    assert names(find_overdue(ablage, [kommune], GELESEN + timedelta(91))) == ["abgewiesen/kleinstadt_2021-06-30"]
    assert delete_overdue(ablage, [kommune], GELESEN + timedelta(400)) == 1
    assert names(find_overdue(ablage, [kommune], GELESEN + timedelta(401))) == ["eingang/kleinstadt_2021-06-30"]
    assert delete_overdue(ablage, [kommune], GELESEN + timedelta(401)) == 1
    assert not list((ablage.intern / "eingang" / "melderegister").glob("*"))


def test_a_file_of_no_record_goes_by_its_own_age(ablage: Ablage, kommune: Kommune) -> None:
    staged(ablage, "kleinstadt_2020-12-31")
    heute = datetime.now(UTC).date()
    alle = names(find_overdue(ablage, [kommune], heute))
    assert "eingang/kleinstadt_2020-12-31" not in alle
    assert "abgewiesen/kleinstadt_2020-12-31" in names(find_overdue(ablage, [kommune], heute + timedelta(91)))


def test_another_municipalitys_files_are_left_alone(ablage: Ablage, kommune: Kommune) -> None:
    staged(ablage, "kleinstadt_nord_2021-06-30")
    assert all("nord" not in n for n in names(find_overdue(ablage, [kommune], date(2100, 1, 1))))


def test_what_is_overdue_is_work_for_a_night_in_which_nothing_is_new(ablage: Ablage, kommune: Kommune) -> None:
    assert deletion.is_any_overdue(ablage, [kommune]), "read in 2022"
    assert deletion.delete_persons(ablage, [kommune]) == 2
    assert not deletion.is_any_overdue(ablage, [kommune])


def test_a_rule_of_no_days_is_refused(kommune: Kommune) -> None:
    yaml = kommune.ordner / "kommune.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8") + "aufbewahrung: {personen_tage: 0}\n", encoding="utf-8")
    with pytest.raises(KonfigurationsFehler, match="personen_tage"):
        load_kommune(kommune.ordner)
