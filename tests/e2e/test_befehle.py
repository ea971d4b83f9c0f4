"""The commands around refresh: new, check, report, and the Dagster job an analyst starts."""

import os
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import build
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import einwohnerschaft, monitoring_im_prozess, monitoring_subprozess, write_auszug

pytestmark = pytest.mark.e2e


def test_new_lays_out_a_folder_that_loads_as_it_is(datenordner: Path) -> None:
    lauf = monitoring_im_prozess(datenordner, "new", "musterstadt", "--data", str(datenordner))
    assert lauf.code == 0, lauf.output
    kommune = load_kommune(datenordner / "raw" / "musterstadt")
    assert [g.name for g in kommune.gebiete] == ["Musterstadt", "Nord", "Süd", "unbekannt"]
    zweiter = monitoring_im_prozess(datenordner, "new", "musterstadt", "--data", str(datenordner))
    assert zweiter.code == 2
    assert "gibt es schon" in zweiter.stderr


def test_a_folder_as_new_laid_it_out_is_not_published_before_its_key_is_filled_in(kleinstadt: Path) -> None:
    daten = kleinstadt.parents[1]
    assert monitoring_im_prozess(daten, "new", "vorlage").code == 0
    lauf = monitoring_im_prozess(daten, "refresh", "--kommune", "vorlage")
    assert lauf.code == 1
    assert "vorlage/kommune.yaml, ags: Da steht noch der Schlüssel der Vorlage (99999999)" in lauf.stdout


@pytest.mark.parametrize("name", ["Musterstadt", "neu ulm", "referenz", "../boese"])
def test_new_refuses_names_that_are_no_folder_keys(datenordner: Path, name: str) -> None:
    lauf = monitoring_im_prozess(datenordner, "new", name, "--data", str(datenordner))
    assert lauf.code == 2
    assert "nicht erlaubt" in lauf.stderr


def test_report_before_the_first_publication_says_what_to_do(datenordner: Path) -> None:
    lauf = monitoring_im_prozess(datenordner, "report", "--data", str(datenordner))
    assert lauf.code == 2
    assert "monitoring refresh" in lauf.stderr


def test_check_stores_nothing(datenordner: Path, tmp_path: Path) -> None:
    datei = write_auszug(tmp_path / "2021-06-30.csv", einwohnerschaft(50))
    lauf = monitoring_im_prozess(datenordner, "check", str(datei), "--kommune", "luenen", "--data", str(datenordner))
    assert (lauf.code, "50 Zeilen gelesen, 50 brauchbar" in lauf.stdout) == (0, True), lauf.output
    assert not (datenordner / "intern" / "eingang").exists()


def test_check_of_a_measure_sheet_counts_measures(datenordner: Path) -> None:
    mappe = datenordner / "raw" / "luenen" / "massnahmen" / "massnahmen_2022-12-31.xlsx"
    lauf = monitoring_im_prozess(datenordner, "check", str(mappe), "--kommune", "luenen", "--data", str(datenordner))
    assert (lauf.code, "\n5 Maßnahmen gelesen, " in lauf.stdout) == (0, True), lauf.output


def test_check_of_the_printed_workbook_finds_no_fault(datenordner: Path) -> None:
    mappe = datenordner / "raw" / "luenen" / "tabellen" / "stadtteile_2021-06-30.xlsx"
    lauf = monitoring_subprozess(datenordner, "check", str(mappe), "--kommune", "luenen")
    assert (lauf.code, "Keine Fehler" in lauf.stdout) == (0, True), lauf.output


def test_the_job_of_one_municipality_can_be_started_in_the_ui_and_leaves_nothing_for_the_night(
    kleinstadt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    daten = kleinstadt.parents[1]
    write_auszug(kleinstadt / "melderegister" / "2021-06-30.csv", einwohnerschaft())
    ablage = Ablage(daten)
    monkeypatch.setitem(os.environ, "MONITORING_DATA", str(daten))
    zeitplan = build(ablage).resolve_schedule_def("naechtlich")
    with dg.DagsterInstance.ephemeral() as instanz:
        assert len(zeitplan.evaluate_tick(dg.build_schedule_context(instance=instanz)).run_requests) == 1
        ergebnis = build(ablage).resolve_job_def("nur_kleinstadt").execute_in_process(instance=instanz)
        assert ergebnis.success
        assert instanz.get_dynamic_partitions("melderegister") == ["kleinstadt_2021-06-30"]
        assert instanz.get_materialized_partitions(dg.AssetKey(["eingang", "melderegister"])) == {
            "kleinstadt_2021-06-30"
        }
        assert instanz.get_latest_materialization_event(dg.AssetKey(["veroeffentlichung", "integrationsmonitoring"]))
        assert zeitplan.evaluate_tick(dg.build_schedule_context(instance=instanz)).run_requests == []
    assert ablage.publikation.exists()


def test_sensor_registers_partitions_and_requests_one_run_for_the_same_news(kleinstadt: Path) -> None:
    datei = write_auszug(kleinstadt / "melderegister" / "2021-06-30.csv", einwohnerschaft())
    os.utime(datei, (0, 0))
    sensor = build(Ablage(kleinstadt.parents[1])).resolve_sensor_def("lieferungen_beobachten")
    with dg.DagsterInstance.ephemeral() as instanz:
        kontext = dg.build_sensor_context(instance=instanz)
        erste = sensor.evaluate_tick(kontext)
        zweite = sensor.evaluate_tick(kontext)
        assert instanz.get_dynamic_partitions("melderegister") == ["kleinstadt_2021-06-30"]
    assert len(erste.run_requests) == 1
    assert [r.run_key for r in erste.run_requests] == [r.run_key for r in zweite.run_requests]


def test_sensor_waits_for_a_file_still_being_copied(kleinstadt: Path) -> None:
    write_auszug(kleinstadt / "melderegister" / "2021-06-30.csv", einwohnerschaft())
    sensor = build(Ablage(kleinstadt.parents[1])).resolve_sensor_def("lieferungen_beobachten")
    with dg.DagsterInstance.ephemeral() as instanz:
        tick = sensor.evaluate_tick(dg.build_sensor_context(instance=instanz))
    assert tick.run_requests == []
    assert "kopiert" in (tick.skip_message or "")


def test_new_lays_out_an_empty_data_folder_with_the_reference_lists(tmp_path: Path) -> None:
    daten = tmp_path / "leer"
    daten.mkdir()
    lauf = monitoring_im_prozess(daten, "new", "musterstadt", "--data", str(daten))
    assert lauf.code == 0, lauf.output
    assert (daten / "raw" / "referenz" / "staaten.csv").is_file()
    assert str(daten / "raw" / "referenz") in lauf.stdout
    eigene = daten / "raw" / "referenz" / "brueche.yaml"
    eigene.write_text("eigenes", encoding="utf-8")
    assert monitoring_im_prozess(daten, "new", "zweite", "--data", str(daten)).code == 0
    assert eigene.read_text(encoding="utf-8") == "eigenes", "what is there stays"


def test_new_leaves_a_folder_alone_that_holds_other_things(tmp_path: Path) -> None:
    (tmp_path / "urlaub.jpg").write_bytes(b"x")
    lauf = monitoring_im_prozess(tmp_path, "new", "musterstadt", "--data", str(tmp_path))
    assert lauf.code == 2
    assert not (tmp_path / "raw").exists()
