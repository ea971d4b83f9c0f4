"""The workbook read back: a figure the published file does not have is found, wherever it stands."""

from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl, _indikatoren, check_workbook
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import mustertabellen, publish


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("mappe"), mustertabellen())
    write_berichte(ablage, ("luenen",))
    return ablage


def check(ablage: Ablage, mappe: Path) -> None:
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        check_workbook(mappe, con, "luenen")


def test_a_workbook_as_written_holds_nothing_else_than_the_file(ablage: Ablage) -> None:
    check(ablage, ablage.marts / "bericht" / "luenen.xlsx")


def spalte_und_zeile(blatt: Any, kopf: str) -> tuple[int, int]:
    """Column of a header, and the row below it."""
    for zeile in blatt.iter_rows():
        for zelle in zeile:
            if zelle.value == kopf:
                return zelle.column, zelle.row + 1
    raise AssertionError(kopf)


@pytest.mark.parametrize(
    ("blatt", "kopf"),
    [
        ("Stadtteile", "Ausländer:innen"),
        ("Zeitreihe", "Personen mit Migrationshintergrund"),
        ("Staatsangehörigkeit", "Personen"),
        ("Staatengruppen", "Personen"),
    ],
)
def test_a_planted_number_is_found(ablage: Ablage, tmp_path: Path, blatt: str, kopf: str) -> None:
    mappe = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    spalte, zeile = spalte_und_zeile(mappe[blatt], kopf)
    mappe[blatt].cell(row=zeile, column=spalte).value = 3
    mappe.save(tmp_path / "luenen.xlsx")
    with pytest.raises(FremdeZahl, match=f"Blatt »{blatt}«, Zeile {zeile}"):
        check(ablage, tmp_path / "luenen.xlsx")


def test_a_sheet_nobody_knows_must_have_no_numbers(ablage: Ablage, tmp_path: Path) -> None:
    mappe = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    mappe.create_sheet("Nebenrechnung").append(["Ausländer", 3])
    mappe.save(tmp_path / "luenen.xlsx")
    with pytest.raises(FremdeZahl, match="Nebenrechnung"):
        check(ablage, tmp_path / "luenen.xlsx")


@pytest.mark.parametrize("wert", [38.2414515, 38.24145149999999, 38.24145150000001, 25.0])
def test_half_of_the_last_decimal_may_be_rounded_up_or_down(wert: float) -> None:
    with duckdb.connect() as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.indikator_zeitreihe as select 'k' as kommune, 'i' as indikator, ?::double as wert",
            [wert],
        )
        bekannt = _indikatoren(con, "k")["i"]
    assert round(wert, 6) in bekannt
    assert {round(w, 6) for w in (wert + 2e-6, wert - 2e-6)} & bekannt == set()
