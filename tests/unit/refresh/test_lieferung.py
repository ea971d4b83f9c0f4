"""Which files of raw/ are deliveries, and of which source.

Here belong finding and naming; what is new is tested in e2e/.
"""

import unicodedata
from pathlib import Path

import openpyxl
import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_file import check_file
from pipelines.refresh.news import neuigkeiten
from pipelines.stamm.kommune import load_kommune
from tests.conftest import create_data_folder, create_kleinstadt

ZWEI_BLAETTER = """
  tabellen:
    - {id: eins, titel: Eins, herkunft: H, lizenz: L, datei: "t_{stichtag}.xlsx", blatt: Eins, summenzeile: Stadt,
       spalten: {gebiet: Gebiet, einwohner: Einwohner}}
    - {id: zwei, titel: Zwei, herkunft: H, lizenz: L, datei: "t_{stichtag}.xlsx", blatt: Zwei, summenzeile: Stadt,
       spalten: {gebiet: Gebiet, auslaender: Ausländer}}
"""


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    ordner = create_kleinstadt(create_data_folder(tmp_path / "data", ()))
    with (ordner / "kommune.yaml").open("a", encoding="utf-8") as f:
        f.write(ZWEI_BLAETTER)
    return Ablage(tmp_path / "data").create_folders()


@pytest.fixture
def mappe(ablage: Ablage) -> Path:
    buch = openpyxl.Workbook()
    for titel, kopf, zahl in (("Eins", "Einwohner", 1000), ("Zwei", "Ausländer", 200)):
        blatt = buch.create_sheet(titel)
        blatt.append(["Gebiet", kopf])
        blatt.append(["Stadt", zahl])
    ziel = ablage.roh / "kleinstadt" / "tabellen" / "t_2024-12-31.xlsx"
    ziel.parent.mkdir(exist_ok=True)
    buch.save(ziel)
    return ziel


def test_two_layouts_of_one_workbook_are_two_deliveries(ablage: Ablage, mappe: Path) -> None:
    neu = neuigkeiten(ablage)
    assert [(li.quelle, li.datei) for li in neu.alle] == [(q, "tabellen/t_2024-12-31.xlsx") for q in ("eins", "zwei")]
    assert len({li.lieferung_id for li in neu.alle}) == 2
    assert neu.befunde == []


def test_a_check_reads_a_file_by_every_layout_that_fits(ablage: Ablage, mappe: Path) -> None:
    einzeln = check_file(ablage, mappe, "kleinstadt", None)
    assert (einzeln.titel, einzeln.ergebnis.zahlen, einzeln.ergebnis.angenommen) == ("Eins und Zwei", 2, True)
    assert check_file(ablage, mappe, "kleinstadt", "zwei").ergebnis.zahlen == 1


def test_the_fault_of_one_sheet_is_named_though_the_other_is_sound(ablage: Ablage, mappe: Path) -> None:
    buch = openpyxl.load_workbook(mappe)
    buch["Zwei"]["B2"] = "viele"
    buch.save(mappe)
    ergebnis = check_file(ablage, mappe, "kleinstadt", None).ergebnis
    assert not ergebnis.angenommen
    assert any('Blatt "Zwei", Zelle B2' in b.text() for b in ergebnis.fehler)


def test_a_file_name_of_a_mac_fits_like_any_other(ablage: Ablage) -> None:
    layout = load_kommune(ablage.roh / "kleinstadt").angaben.quellen.tabellen[0]
    eigenes = layout.model_copy(update={"datei": "Übersicht_{stichtag}.csv"})
    for form in ("NFC", "NFD"):
        assert eigenes.fits(unicodedata.normalize(form, "Übersicht_2021-12-31.csv")) is not None


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "._t_2024-12-31.xlsx", "~$t_2024-12-31.xlsx"],
)
def test_what_a_file_manager_or_an_editor_leaves_is_passed_over(ablage: Ablage, mappe: Path, name: str) -> None:
    (mappe.parent / name).write_bytes(b"\xff\x00")
    neu = neuigkeiten(ablage)
    assert [li.pfad.name for li in neu.alle] == [mappe.name, mappe.name]
    assert neu.befunde == []


def test_a_subfolder_is_named_with_the_number_of_files_nobody_reads(ablage: Ablage, mappe: Path) -> None:
    (mappe.parent / "alt").mkdir()
    (mappe.parent / "leer").mkdir()
    for name in ("t_2023-12-31.xlsx", "t_2022-12-31.xlsx"):
        (mappe.parent / "alt" / name).write_bytes(b"x")
    (meldung,) = neuigkeiten(ablage).befunde
    assert (meldung.schwere, meldung.kommune) == (Schwere.warnung, "kleinstadt")
    assert meldung.text == (
        "tabellen/alt: der Unterordner und 2 Dateien darin werden nicht gelesen. "
        "Erwartet: Lieferungen unmittelbar im Ordner."
    )


@pytest.mark.parametrize(
    "name", ["tabellen/x_2024-12-32.csv", "melderegister/2023-02-29.csv", "indikatoren/2024_13_01.xlsx"]
)
def test_a_day_in_a_files_name_that_does_not_exist_is_said(ablage: Ablage, mappe: Path, name: str) -> None:
    datei = mappe.parents[1] / name
    datei.parent.mkdir(exist_ok=True)
    datei.write_text("x", encoding="utf-8")
    texte = [m.text for m in neuigkeiten(ablage).befunde]
    tag = datei.stem.removeprefix("x_")
    (text,) = [t for t in texte if datei.name in t]
    assert f"den Tag »{tag}« im Dateinamen gibt es nicht; die Datei wurde nicht gelesen" in text
