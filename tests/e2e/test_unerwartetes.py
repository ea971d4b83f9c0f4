"""Faults nobody foresaw inside the build: told in German by their kind, without a cell, healed by the next plain refresh."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from pipelines.eingang import ingest
from pipelines.orchestration import metadata as anzeige
from pipelines.steps.step import FunctionStep
from tests.conftest import create_data_folder, monitoring_im_prozess
from tests.lib.small_town import ort, zahlen

pytestmark = pytest.mark.e2e


def fail(*_: Any) -> None:
    raise ZeroDivisionError("Person 4711")


@pytest.fixture
def daten(tmp_path: Path) -> Path:
    daten = create_data_folder(tmp_path / "data", ())
    ort(daten, "erste", 1)
    return daten


def test_an_unexpected_error_of_a_step_is_told_by_its_kind_and_healed_by_the_next_refresh(
    daten: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as m:
        m.setattr(FunctionStep, "write", fail)
        aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert "beim Schritt »Zellen auswählen« trat ein unerwarteter Fehler auf (ZeroDivisionError)" in aufruf.stdout
    assert "Dagster" not in aufruf.stdout
    assert "4711" not in aufruf.output
    assert any(z.startswith("NICHT VERÖFFENTLICHT") for z in aufruf.lines)
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert zahlen(daten) == {"erste": 1000}


def test_the_origin_of_columns_stops_no_build(daten: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anzeige, "herkunft_der_spalten", fail)
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    assert zahlen(daten) == {"erste": 1000}


def test_the_first_release_waits_for_a_delivery_that_a_disturbance_kept_from_being_read(
    daten: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk must not make a first release without a town, which the next night would correct."""
    ort(daten, "zweite", 2)
    original = ingest.read_tabelle

    def full(ablage: Any, kommune: Any, *mehr: Any) -> Any:
        if kommune.id == "zweite":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return original(ablage, kommune, *mehr)

    with monkeypatch.context() as m:
        m.setattr(ingest, "read_tabelle", full)
        aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert "auf dem Datenträger ist kein Platz mehr" in aufruf.stdout
    assert not (daten / "marts" / "integrationsmonitoring.duckdb").exists()
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert zahlen(daten) == {"erste": 1000, "zweite": 1000}
    assert len([d for d in (daten / "marts" / "archiv").glob("[!.]*") if d.is_dir()]) == 1
