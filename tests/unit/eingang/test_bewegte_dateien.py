"""A delivery that is copied, changed or deleted while it is read: nothing of it is stored, and it stays new."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.eingang import ingest as ingest_modul
from pipelines.eingang.lieferung import find as find_modul
from pipelines.eingang.lieferung import fingerprint
from pipelines.eingang.lieferung.fingerprint import Checksums
from pipelines.eingang.lieferung.record import saetze
from pipelines.eingang.melderegister import read as read_modul
from pipelines.foundation.findings import Code
from pipelines.foundation.storage import Ablage
from pipelines.refresh.news import neuigkeiten
from tests.conftest import create_data_folder, create_kleinstadt, einwohnerschaft, write_auszug
from tests.lib.small_town import TABELLE, ort


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(create_data_folder(tmp_path / "data", ())).create_folders()


def grow(pfad: Path) -> None:
    with pfad.open("ab") as f:
        f.write(b"\n")


def change(pfad: Path) -> None:
    """Another content of the same size and time: only the system's own time of change tells."""
    stand = pfad.stat()
    pfad.write_bytes(pfad.read_bytes().replace(b"1", b"2"))
    os.utime(pfad, ns=(stand.st_atime_ns, stand.st_mtime_ns))


def read_while(ablage: Ablage, monkeypatch: pytest.MonkeyPatch, modul: object, name: str, tat: Callable[[Path], None]):  # type: ignore[no-untyped-def]
    """Ingest the one new delivery, to which something happens while `modul.name` reads it."""
    neu = neuigkeiten(ablage)
    (lieferung,) = neu.neu
    original = getattr(modul, name)

    def meanwhile(*werte: object, **mehr: object) -> object:
        tat(lieferung.pfad)
        return original(*werte, **mehr)

    with monkeypatch.context() as m:
        m.setattr(modul, name, meanwhile)
        return ingest_modul.ingest(ablage, neu.kommunen[lieferung.kommune], lieferung)


@pytest.mark.parametrize("tat", [grow, change, Path.unlink])
@pytest.mark.parametrize("art", ["tabelle", "register"])
def test_a_file_that_moves_while_it_is_read_is_not_taken_and_stays_new(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch, art: str, tat: Callable[[Path], None]
) -> None:
    if art == "tabelle":
        pfad, modul, name = ort(ablage.daten, "erste", 1) / "tabellen" / TABELLE, ingest_modul, "check_lieferung"
    else:
        ordner = create_kleinstadt(ablage.daten) / "melderegister"
        pfad, modul, name = write_auszug(ordner / "2021-06-30.csv", einwohnerschaft(60)), read_modul, "check_last_line"
    inhalt = pfad.read_bytes()
    ergebnis = read_while(ablage, monkeypatch, modul, name, tat)
    assert not ergebnis.angenommen
    assert [b.code for b in ergebnis.fehler] == [Code.stoerung]
    assert "während sie gelesen wurde" in ergebnis.fehler[0].text()
    assert not [d for n in ("stadtteiltabelle", "melderegister") for d in ablage.quelle("eingang", n)]
    pfad.write_bytes(inhalt)
    (lieferung,) = neuigkeiten(ablage).neu
    assert ingest_modul.ingest(ablage, neuigkeiten(ablage).kommunen[lieferung.kommune], lieferung).angenommen
    assert neuigkeiten(ablage).neu == []
    assert [s["status"] for s in saetze(ablage)][-1] == "uebernommen"


@pytest.mark.parametrize("in_zukunft", [False, True])
def test_a_checksum_is_remembered_only_of_a_file_at_rest(ablage: Ablage, in_zukunft: bool) -> None:
    pfad = ort(ablage.daten, "erste", 1) / "tabellen" / TABELLE
    if in_zukunft:
        os.utime(pfad, (time.time() + 86_400, time.time() + 86_400))
    summen = Checksums(ablage)
    erste, _ = summen(pfad)
    assert summen.bekannt == {}
    pfad.write_bytes(pfad.read_bytes().replace(b"1", b"2"))
    assert summen(pfad)[0] != erste


def test_a_checksum_of_a_file_at_rest_is_not_taken_twice(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    pfad = ort(ablage.daten, "erste", 1) / "tabellen" / TABELLE
    monkeypatch.setattr(fingerprint, "is_settled", lambda _: True)
    erste = Checksums(ablage)
    summe = erste(pfad)
    erste.save()
    monkeypatch.setattr(fingerprint.hashlib, "file_digest", None)
    assert Checksums(ablage)(pfad) == summe


def test_a_file_that_must_not_be_read_is_told_and_the_others_are_found(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nummer, name in enumerate(("erste", "zweite"), start=1):
        ort(ablage.daten, name, nummer)
    original = fingerprint.file_state

    def refused(pfad: Path) -> object:
        if pfad.parents[1].name == "erste":
            raise PermissionError(13, "Permission denied", str(pfad))
        return original(pfad)

    monkeypatch.setattr(fingerprint, "file_state", refused)
    neu = neuigkeiten(ablage)
    assert [li.kommune for li in neu.neu] == ["zweite"]
    assert [(m.kommune, m.thema) for m in neu.befunde] == [("erste", "datei_unlesbar")]
    assert "lässt sich nicht lesen" in neu.befunde[0].text


@pytest.mark.parametrize("ziel", ["nirgends", TABELLE, "../tabellen", "/dev/zero"])
def test_a_link_that_is_no_file_is_told_and_the_others_are_found(ablage: Ablage, ziel: str) -> None:
    ordner = ort(ablage.daten, "erste", 1) / "tabellen"
    ort(ablage.daten, "zweite", 2)
    (ordner / TABELLE).unlink()
    (ordner / TABELLE).symlink_to(ziel)  # nowhere, itself, a folder, a device without end
    neu = neuigkeiten(ablage)
    assert [li.kommune for li in neu.neu] == ["zweite"]
    assert [m.kommune for m in neu.befunde] == ["erste"]
    assert f"tabellen/{TABELLE}" in neu.befunde[0].text
    assert find_modul.find_deliveries(ablage, neu.kommunen["erste"], Checksums(ablage), []) == []
