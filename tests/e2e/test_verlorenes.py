"""Own state that is gone, empty or of another kind than it should be: the next plain refresh makes it anew, the same figures."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.seal import is_whole
from tests.conftest import Aufruf, monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import zahlen

pytestmark = [pytest.mark.e2e, pytest.mark.langsam]


@pytest.fixture
def daten(tmp_path: Path) -> Path:
    return create_published(tmp_path / "data", "erste")


def heals(daten: Path) -> Aufruf:
    """The next refresh puts everything right, and the one after it finds nothing to do."""
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    assert "nerwarteter Fehler" not in aufruf.output
    assert zahlen(daten) == {"erste": 1000}
    assert is_whole(Ablage(daten))
    danach = monitoring_im_prozess(daten, "refresh")
    assert (danach.code, "Nichts Neues" in danach.stdout) == (0, True), danach.output
    return aufruf


@pytest.mark.parametrize("ordner", ["intern", "marts", "marts/archiv", "intern/stand", "marts/bericht"])
def test_a_folder_that_was_deleted_is_made_anew(daten: Path, ordner: str) -> None:
    shutil.rmtree(daten / ordner)
    heals(daten)
    assert (daten / ordner).is_dir()


def state_files(daten: Path) -> list[Path]:
    """Everything small that is remembered between two nights."""
    return sorted(d for d in (daten / "intern").rglob("*") if d.is_file() and d.suffix in (".json", ".txt"))


@pytest.mark.parametrize("inhalt", [b"", b"[]", b'{"a": 1}', b"\xff\xfe"])
def test_whatever_stands_in_every_file_of_own_state(daten: Path, inhalt: bytes) -> None:
    dateien = state_files(daten)
    assert len(dateien) > 10
    for datei in dateien:
        datei.write_bytes(inhalt)
    heals(daten)


def _folder_for_file(datei: Path) -> None:
    datei.unlink(missing_ok=True)
    datei.mkdir()
    (datei / "x").write_text("x", encoding="utf-8")


def _file_for_folder(ordner: Path) -> None:
    shutil.rmtree(ordner)
    ordner.write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "schaden"),
    [
        ("marts/integrationsmonitoring.duckdb", _folder_for_file),
        ("marts/manifest.json", _folder_for_file),
        ("intern/stand/veroeffentlicht.json", _folder_for_file),
        ("intern/stand/gebaut.json", _folder_for_file),
        ("intern/stamm/kommune.parquet", _folder_for_file),
        ("intern/.sperre", _folder_for_file),
        ("marts/bericht", _file_for_folder),
        ("marts/archiv", _file_for_folder),
        ("marts/parquet", _file_for_folder),
        ("intern/tmp", _file_for_folder),
        ("intern/stand", _file_for_folder),
        ("intern/eingang", _file_for_folder),
    ],
)
def test_a_thing_of_another_kind_under_the_name(daten: Path, name: str, schaden: Callable[[Path], None]) -> None:
    schaden(daten / name)
    heals(daten)
