"""Shared reference lists with a fault: the last sound copy goes on, without one only what hangs on the list waits.

Here belongs what only a whole refresh shows. Whether a list is sound is tested in tests/unit/refresh/test_referenzpruefung.py.
"""

from pathlib import Path

import pytest

from tests.conftest import create_data_folder, monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import ort, zahlen

pytestmark = pytest.mark.e2e

# A fault each, as the list would look after a slip of the hand: (list, text, replaced by, what the message begins with).
FEHLER = [
    ("staaten.csv", "163;Türkei;TR;", "163;Türkei;", "referenz/staaten.csv, Zeile "),
    ("geburtsorte.csv", "Durrës;;;121;", "Durrës;;;XXX;", "referenz/geburtsorte.csv, Zeile 2"),
    ("indikatoren.yaml", "indikatoren:\n", "indikatoren: [\n", "referenz/indikatoren.yaml, Zeile "),
    ("brueche.yaml", "brueche:\n", "brueche: [\n", "referenz/brueche.yaml, Zeile "),
    ("profile/kosis_like.yaml", "regeln:\n", "regeln: {\n", "profile/kosis_like.yaml, Zeile "),
    ("quellen/nrw_12411_15i.yaml", "aufbau:\n", "aufbau: {\n", "quellen/nrw_12411_15i.yaml, Zeile "),
]


def spoil(daten: Path, name: str, alt: str, neu: str) -> str:
    """Put a fault into a list; returns what it held."""
    datei = daten / "raw" / "referenz" / name
    heil = datei.read_text(encoding="utf-8")
    assert alt in heil
    datei.write_text(heil.replace(alt, neu, 1), encoding="utf-8")
    return heil


def test_while_a_list_is_broken_its_last_sound_copy_goes_on(tmp_path: Path) -> None:
    daten = create_published(tmp_path / "data", "erste")
    heil = {}
    for name, alt, neu, _ in FEHLER:
        heil[name] = spoil(daten, name, alt, neu)
    idle = monitoring_im_prozess(daten, "refresh")
    assert (idle.code, "Nichts Neues" in idle.stdout) == (1, True), idle.output
    # A new municipality is read and published by the copies, and every list is still named.
    ort(daten, "zweite", 2, wert="2000")
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert zahlen(daten) == {"erste": 1000, "zweite": 2000}
    for lauf in (idle, aufruf):
        for name, _, _, anfang in FEHLER:
            zeilen = [z for z in lauf.lines if z.startswith(anfang)]
            assert len(zeilen) == 1, f"{name}: {lauf.stdout}"
            assert "Bis dahin gilt die letzte heile Fassung dieser Liste weiter" in zeilen[0]
        assert "NICHT VERÖFFENTLICHT" not in lauf.stdout
        assert "ZURÜCKGEHALTEN" not in lauf.stdout
    for name, text in heil.items():
        (daten / "raw" / "referenz" / name).write_text(text, encoding="utf-8")
    danach = monitoring_im_prozess(daten, "refresh")
    assert (danach.code, "Nichts Neues" in danach.stdout) == (0, True), danach.output


def test_a_list_that_was_never_sound_holds_back_publication_and_says_so_once(tmp_path: Path) -> None:
    daten = create_data_folder(tmp_path / "data", ())
    ort(daten, "erste", 1)
    heil = spoil(daten, "indikatoren.yaml", "indikatoren:\n", "indikatoren: [\n")
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert "Einlesen 1/1: tabellen erste_2024-12-31" in aufruf.output
    assert "Marts bauen" not in aufruf.output
    zeilen = [z for z in aufruf.lines if "indikatoren.yaml" in z and not z.startswith("NICHT")]
    assert len(zeilen) == 1, aufruf.stdout
    assert zeilen[0].startswith("referenz/indikatoren.yaml, Zeile ")
    assert (
        "Bis dahin wird für keine Kommune etwas Neues veröffentlicht: Eine heile Fassung dieser Liste gibt es"
        in zeilen[0]
    )
    assert any(z.startswith("NICHT VERÖFFENTLICHT") and "referenz/indikatoren.yaml" in z for z in aufruf.lines)
    (daten / "raw" / "referenz" / "indikatoren.yaml").write_text(heil, encoding="utf-8")
    assert monitoring_im_prozess(daten, "refresh").code == 0
    assert zahlen(daten) == {"erste": 1000}
