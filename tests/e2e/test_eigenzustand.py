"""Damaged tables of the secure zone: found by the next plain refresh, removed, said, made anew; the figures stay."""

import errno
import json
import os
from pathlib import Path

import pytest

from pipelines.eingang import own_state
from pipelines.foundation.storage import Ablage
from tests.conftest import (
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    write_auszug,
)
from tests.lib.published import create_published
from tests.lib.small_town import TABELLE, zahlen

pytestmark = pytest.mark.e2e


def halve(datei: Path) -> None:
    """What a full disk or a power cut leaves."""
    inhalt = datei.read_bytes()
    datei.write_bytes(inhalt[: len(inhalt) // 2])


@pytest.mark.parametrize("name", ["stadtteiltabelle", "lieferung", "befund"])
def test_a_damaged_table_is_made_anew_by_the_next_refresh(tmp_path: Path, name: str) -> None:
    daten = create_published(tmp_path / "data", "erste")
    datei = next(d for d in Ablage(daten).quelle("eingang", name) if d.stem.startswith("erste"))
    halve(datei)
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    assert "Einlesen 1/1: tabellen erste_2024-12-31" in aufruf.output
    meldungen = (daten / "intern" / "meldungen.txt").read_text(encoding="utf-8")
    assert f"intern/eingang/{name}/{datei.name}: Die Datei war beschädigt und wurde entfernt" in meldungen
    assert datei.exists()
    assert zahlen(daten) == {"erste": 1000}
    danach = monitoring_im_prozess(daten, "refresh")
    assert (danach.code, "Nichts Neues" in danach.stdout) == (0, True)


def test_healing_that_is_disturbed_itself_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full just when the damaged table shall be read anew: it must not be gone and count as read."""
    daten = create_published(tmp_path / "data", "erste")
    datei = next(d for d in Ablage(daten).quelle("eingang", "stadtteiltabelle") if d.stem.startswith("erste"))
    halve(datei)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as m:
        m.setattr(own_state, "read_anew", full)
        assert monitoring_im_prozess(daten, "refresh").code == 2
    assert zahlen(daten) == {"erste": 1000}
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    assert "Einlesen 1/1: tabellen erste_2024-12-31" in aufruf.output
    assert zahlen(daten) == {"erste": 1000}


def test_records_and_table_damaged_together_are_made_anew(tmp_path: Path) -> None:
    """A power cut damages what was written last: the table and both its records."""
    daten = create_published(tmp_path / "data", "erste")
    for name in ("stadtteiltabelle", "lieferung", "befund"):
        halve(next(d for d in Ablage(daten).quelle("eingang", name) if d.stem.startswith("erste")))
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    assert zahlen(daten) == {"erste": 1000}


def test_a_damaged_file_that_holds_no_row_keeps_nobody_back(tmp_path: Path) -> None:
    """It stands where a table of several files has none; as soon as it has one, nobody makes it anew."""
    daten = create_published(tmp_path / "data", "erste")
    leer = Ablage(daten).tabelle("eingang", "indikatortabelle", "leer")
    halve(leer)
    assert own_state.heal(Ablage(daten)) == []
    assert not leer.exists()
    assert own_state.fehlende(Ablage(daten)) == []


def test_a_damaged_cube_is_counted_again_without_its_extract(tmp_path: Path) -> None:
    daten = create_data_folder(tmp_path / "data", ())
    ordner = create_kleinstadt(daten)
    auszug = write_auszug(ordner / "melderegister" / "2021-06-30.csv", einwohnerschaft())
    assert monitoring_im_prozess(daten, "refresh").code == 0
    auszug.unlink()
    wuerfel = Ablage(daten).tabelle("bevoelkerung", "staatenwuerfel", "kleinstadt_2021-06-30")
    halve(wuerfel)
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert "Zählen: kleinstadt_2021-06-30" in aufruf.output
    assert aufruf.code == 0, aufruf.output
    assert wuerfel.exists()
    assert "Nichts Neues" in monitoring_im_prozess(daten, "refresh").stdout


def test_until_a_damaged_table_is_there_again_its_municipality_keeps_its_last_figures(tmp_path: Path) -> None:
    daten = create_published(tmp_path / "data", "erste", "zweite")
    ordner = daten / "raw" / "erste"
    lieferung = ordner / "tabellen" / TABELLE
    text = lieferung.read_text(encoding="utf-8")
    lieferung.unlink()
    halve(next(d for d in Ablage(daten).quelle("eingang", "stadtteiltabelle") if d.stem.startswith("erste")))
    (daten / "raw" / "zweite" / "tabellen" / TABELLE).write_text("Gebiet;Einwohner\nZweite;2000\n", encoding="utf-8")
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert zahlen(daten) == {"erste": 1000, "zweite": 2000}
    assert any(z.startswith("erste: intern/eingang/stadtteiltabelle/erste_2024-12-31") for z in aufruf.lines), (
        aufruf.stdout
    )
    assert "erste" in json.loads((daten / "marts" / "manifest.json").read_text())["zurueckgehalten"]
    for zettel in (daten / "intern" / "stand" / "fehlend").iterdir():
        halve(zettel)  # the note that a table is missing is damaged itself: it still says so
    zeilen = monitoring_im_prozess(daten, "refresh").lines
    assert any(z.startswith("erste: intern/eingang/stadtteiltabelle/erste_2024-12-31") for z in zeilen), zeilen
    assert zahlen(daten) == {"erste": 1000, "zweite": 2000}
    lieferung.write_text(text, encoding="utf-8")
    danach = monitoring_im_prozess(daten, "refresh")
    assert danach.code == 0, danach.output
    assert zahlen(daten) == {"erste": 1000, "zweite": 2000}
