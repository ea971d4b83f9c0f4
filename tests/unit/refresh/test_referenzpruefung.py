"""Shared reference lists: which faults are found, with which line; what waits where no copy exists."""

from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_referenz import check_referenz
from pipelines.stamm.referenz import gueltig
from tests.conftest import create_data_folder


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(create_data_folder(tmp_path / "data", ())).create_folders()


def texte(ablage: Ablage) -> list[str]:
    return [m.text for m in check_referenz(ablage).meldungen]


def test_the_shipped_lists_are_sound(ablage: Ablage) -> None:
    assert texte(ablage) == []


STAATENFEHLER = [
    ("1958-01-01;;;;ja;;nein;nein", "01.01.1958;;;;ja;;nein;nein",
     "referenz/staaten.csv, Zeile 2, eu_von: »01.01.1958« ist kein Datum. Erwartet: JJJJ-MM-TT oder nichts."),
    ("ja;;nein;nein", "ja;;nein;vielleicht",
     "referenz/staaten.csv, Zeile 2, vertreibungsgebiet: »vielleicht« ist nicht erlaubt. Erwartet: ja oder nein."),
    ("120;Jugoslawien", "000;Jugoslawien", "referenz/staaten.csv, Zeile 2, staat: »000« steht mehrmals."),
    ("120;Jugoslawien", "120;", "referenz/staaten.csv, Zeile 3, name: Die Angabe fehlt."),
    (";kontinent;", ";erdteil;", "referenz/staaten.csv, Zeile 1: Es fehlt die Spalte kontinent."),
    ("120;Jugoslawien;", "120;", "referenz/staaten.csv, Zeile 3: Erwartet werden genau 15 Felder."),
    ("Mazedonien bis 2019-02-11", "Mazedonien bis Februar 2019",
     "referenz/staaten.csv, Zeile 27, fruehere_namen: »Mazedonien bis Februar 2019« ist kein früherer Name"),
]  # fmt: skip


@pytest.mark.parametrize(("alt", "neu", "meldung"), STAATENFEHLER)
def test_a_fault_in_the_list_of_states_is_told_with_its_line(ablage: Ablage, alt: str, neu: str, meldung: str) -> None:
    datei = ablage.referenz / "staaten.csv"
    datei.write_text(datei.read_text(encoding="utf-8").replace(alt, neu, 1), encoding="utf-8")
    gefunden = texte(ablage)
    assert len(gefunden) == 1
    assert gefunden[0].startswith(meldung)


@pytest.mark.parametrize(
    ("name", "wartet"),
    [
        ("staaten.csv", "Registerauszüge, Tabellen, Indikatorlieferungen"),
        ("indikatoren.yaml", "Registerauszüge"),
        ("brueche.yaml", "Registerauszüge"),
        ("geburtsorte.csv", "Registerauszüge, die Geburtsorte nutzen"),
        ("profile/kosis_like.yaml", "Kommunen, die diese Definition nennen"),
        ("quellen/nrw_12411_15i.yaml", "Kommunen, die diese fertige Quelle nennen"),
    ],
)
def test_a_list_without_a_sound_copy_says_what_waits_and_with_one_the_copy_is_read(
    ablage: Ablage, name: str, wartet: str
) -> None:
    datei = ablage.referenz / name
    heil = datei.read_bytes()
    datei.write_bytes(b"\xff\xfe kaputt")
    gefunden = texte(ablage)
    assert len(gefunden) == 1
    assert wartet in gefunden[0]
    assert gueltig(ablage.roh, name) == datei

    datei.write_bytes(heil)
    assert texte(ablage) == []
    datei.write_bytes(b"\xff\xfe wieder kaputt")
    gefunden = texte(ablage)
    assert len(gefunden) == 1
    assert "nicht in UTF-8 gespeichert" in gefunden[0]
    assert "gilt die letzte heile Fassung" in gefunden[0]
    assert gueltig(ablage.roh, name).read_bytes() == heil
    # The stand-in ends with the next touch of the file, mended or not.
    datei.write_bytes(heil)
    assert gueltig(ablage.roh, name) == datei


def test_a_missing_list_is_replaced_by_its_copy_too(ablage: Ablage) -> None:
    assert texte(ablage) == []
    (ablage.referenz / "brueche.yaml").unlink()
    gefunden = texte(ablage)
    assert len(gefunden) == 1
    assert gefunden[0].startswith("referenz/brueche.yaml: Die Datei fehlt")
    assert gueltig(ablage.roh, "brueche.yaml").is_file()
