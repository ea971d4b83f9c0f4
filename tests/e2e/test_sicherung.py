"""A data folder is backed up into one file and comes back as it was; a damaged file brings nothing."""

import shutil
import stat
from pathlib import Path

import pytest

from tests.conftest import monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import TABELLE, zahlen

pytestmark = pytest.mark.e2e


def baum(daten: Path) -> dict[str, tuple[bytes, int]]:
    """Every file that a backup must hold: content and mode by name."""
    return {
        str(p.relative_to(daten)): (p.read_bytes(), stat.S_IMODE(p.stat().st_mode))
        for p in daten.rglob("*")
        if p.is_file() and "laufzustand" not in p.parts and p.name not in (".sperre", "meldungen.txt")
    }


@pytest.fixture
def sicherung(tmp_path: Path) -> tuple[Path, Path]:
    """A published folder and its backup."""
    daten = create_published(tmp_path / "data", "erste")
    datei = tmp_path / "sicherung.tar.gz"
    aufruf = monitoring_im_prozess(daten, "backup", str(datei))
    assert aufruf.code == 0, aufruf.output
    return daten, datei


def test_a_lost_data_folder_comes_back_and_nothing_is_new(sicherung: tuple[Path, Path], tmp_path: Path) -> None:
    daten, datei = sicherung
    assert stat.S_IMODE(datei.stat().st_mode) == 0o600
    vorher = baum(daten)
    shutil.rmtree(daten)
    aufruf = monitoring_im_prozess(daten, "restore", str(datei), "--data", str(daten))
    assert aufruf.code == 0, aufruf.output
    assert baum(daten) == vorher
    assert stat.S_IMODE((daten / "intern").stat().st_mode) == 0o700
    danach = monitoring_im_prozess(daten, "refresh")
    assert (danach.code, "Nichts Neues" in danach.stdout) == (0, True), danach.output
    (daten / "raw" / "erste" / "tabellen" / TABELLE).write_text("Gebiet;Einwohner\nErste;2000\n", encoding="utf-8")
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert zahlen(daten) == {"erste": 2000}


def test_a_folder_that_holds_something_is_not_overwritten(sicherung: tuple[Path, Path]) -> None:
    daten, datei = sicherung
    vorher = baum(daten)
    aufruf = monitoring_im_prozess(daten, "restore", str(datei), "--data", str(daten))
    assert aufruf.code == 2
    assert "ist nicht leer" in aufruf.stderr
    assert baum(daten) == vorher


@pytest.mark.parametrize("stelle", [0.1, 0.5, 0.95])
def test_a_damaged_backup_brings_nothing(sicherung: tuple[Path, Path], tmp_path: Path, stelle: float) -> None:
    _, datei = sicherung
    inhalt = bytearray(datei.read_bytes())
    ort = int(len(inhalt) * stelle)
    inhalt[ort : ort + 64] = bytes(64)
    datei.write_bytes(inhalt)
    leer = tmp_path / "leer"
    aufruf = monitoring_im_prozess(leer, "restore", str(datei), "--data", str(leer))
    assert aufruf.code == 2
    assert str(datei) in aufruf.stderr
    assert not (leer / "raw").exists()


@pytest.mark.parametrize("inhalt", [b"", b"kein Archiv", None])
def test_what_is_no_backup_is_told(tmp_path: Path, inhalt: bytes | None) -> None:
    datei = tmp_path / "fremd.tar.gz"
    if inhalt is not None:
        datei.write_bytes(inhalt)
    aufruf = monitoring_im_prozess(tmp_path / "leer", "restore", str(datei), "--data", str(tmp_path / "leer"))
    assert (aufruf.code, "lässt sich nicht lesen" in aufruf.stderr) == (2, True), aufruf.output


def test_a_backup_overwrites_nothing_and_lies_outside(sicherung: tuple[Path, Path]) -> None:
    daten, datei = sicherung
    zweite = monitoring_im_prozess(daten, "backup", str(datei))
    assert (zweite.code, "gibt es schon" in zweite.stderr) == (2, True)
    innen = monitoring_im_prozess(daten, "backup", str(daten / "marts" / "s.tar.gz"))
    assert (innen.code, "liegt im Datenordner" in innen.stderr) == (2, True)
