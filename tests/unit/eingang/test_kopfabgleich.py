"""Columns read by their position: a header that says otherwise, or is none, refuses the table.

Here belong literal headers over a small table; finding columns by their header is tested in test_tabelle.py.
"""

from datetime import date
from pathlib import Path

import pytest

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.read import read_tabelle
from pipelines.foundation.findings import Code, LieferungAbgewiesen
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.quellen.layout import Layout
from tests.conftest import create_data_folder, create_kleinstadt

TAG = date(2021, 12, 31)
ZEILEN = ("Altstadt;820;131;260", "Neustadt;660;142;240", "Südhöhe;272;28;30", "Kleinstadt;1752;301;530")
LAYOUT = Layout.model_validate(
    {
        "id": "lage", "titel": "Lage", "herkunft": "Amt", "lizenz": "frei", "datei": "lage_{stichtag}.csv",
        "profil": "kosis_like", "summenzeile": "Kleinstadt",
        "spalten": {"gebiet": [1], "einwohner": [2], "auslaender": [3], "personen_mit_mh": [4]},
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def kommune(tmp_path_factory: pytest.TempPathFactory) -> Kommune:
    return load_kommune(create_kleinstadt(create_data_folder(tmp_path_factory.mktemp("lage") / "data", ())))


def read(
    kommune: Kommune, ordner: Path, kopf: str, zeilen: tuple[str, ...] = ZEILEN, layout: Layout = LAYOUT
) -> list[str]:
    """What is said about a table with this header, the reason first."""
    pfad = ordner / "lage_2021-12-31.csv"
    pfad.write_text("\n".join([kopf, *zeilen]) + "\n", encoding="utf-8")
    ablage = Ablage(kommune.ordner.parents[1]).create_folders()
    try:
        e = read_tabelle(
            ablage, kommune, layout, Lieferung("kleinstadt", "lage", "tabellen", pfad, TAG, TAG, "0" * 64, "")
        )
    except LieferungAbgewiesen as abweisung:
        return [b.text() for b in abweisung.befunde if b.code is Code.kopfzeile]
    return [b.text() for b in e.befunde if b.code is Code.kopfzeile]


@pytest.mark.parametrize(
    ("kopf", "gesagt"),
    [
        (";Stadtteil;Einwohner;Ausländer", "über Spalte 2 steht »Stadtteil«"),
        ("Einwohner;Ausländer;mit MH;", "über Spalte 1 steht »Einwohner«"),
        ("Stadtteil;Einwohner;mit MH;Ausländer", "über Spalte 3 steht »mit MH«"),
        ("Stadtteil;Haushalte;Einwohner;Ausländer*innen", "über Spalte 3 steht »Einwohner«"),
        ("Altstadt;820;131;260", "in der Kopfzeile stehen Zahlen (»820«, »131«, »260«)"),
    ],
)
def test_a_header_that_contradicts_the_positions_refuses_the_table(
    kommune: Kommune, tmp_path: Path, kopf: str, gesagt: str
) -> None:
    (text,) = read(kommune, tmp_path, kopf)
    assert text.startswith(f"lage_2021-12-31.csv, Zeile 1: {gesagt}")


def test_figures_without_a_header_beside_a_header_without_figures_have_slipped(
    kommune: Kommune, tmp_path: Path
) -> None:
    zeilen = tuple(f"{z};" for z in ZEILEN)
    (text,) = read(kommune, tmp_path, "Gebiet;;gesamt;fremd;MH-Fälle", zeilen)
    assert "Spalte 2 hat Zahlen und keine Überschrift, Spalte 5 (»MH-Fälle«) eine Überschrift und keine Zahlen" in text


@pytest.mark.parametrize(
    "kopf",
    [
        "Stadtteil;Einwohner;Ausländer;mit MH",
        "Gebiet;insgesamt;darunter Ausländer;darunter Personen mit Migrationshintergrund",
        "Name;Spalte A;Spalte B;Spalte C",  # words nobody knows contradict nothing
        "1;2;3;4",  # official tables number their columns
        "Gebiet;2019;2020;2021",
        "Stadtteil;Anzahl;Anzahl;Anzahl",
    ],
)
def test_a_header_that_contradicts_nothing_is_no_fault(kommune: Kommune, tmp_path: Path, kopf: str) -> None:
    assert read(kommune, tmp_path, kopf) == []


@pytest.mark.parametrize("kopf", [";;;", "Einwohner am Jahresende;;;", "Einwohner;;;"])
def test_columns_without_headers_are_told(kommune: Kommune, tmp_path: Path, kopf: str) -> None:
    """A title alone in the first cell says what the whole table is of, not what the column under it is."""
    (text,) = read(kommune, tmp_path, kopf)
    assert text.startswith("Warnung: lage_2021-12-31.csv, Zeile 1: über den Spalten steht keine Überschrift")


def test_a_table_declared_without_a_header_has_none_to_check(kommune: Kommune, tmp_path: Path) -> None:
    ohne = LAYOUT.model_copy(update={"kopfzeile": 0})
    assert read(kommune, tmp_path, ZEILEN[0], ZEILEN[1:], ohne) == []


def test_a_group_may_stand_under_its_own_name(kommune: Kommune, tmp_path: Path) -> None:
    """Unemployed foreigners under »Ausländer« are no contradiction, though foreigners are read elsewhere."""
    werte = [{"merkmal": "einwohner", "gruppe": "auslaender", "spalte": 3}]
    spalten = {"gebiet": [1], "auslaender": [2]}
    layout = Layout.model_validate({**LAYOUT.model_dump(mode="json"), "spalten": spalten, "werte": werte})
    assert read(kommune, tmp_path, "Stadtteil;Ausländer;Ausländer;x", layout=layout) == []
