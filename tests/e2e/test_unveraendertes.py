"""A refresh computes what a change touches and keeps the rest; every table is what it would be if all were computed anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipelines.foundation.storage import Ablage, close_instances
from pipelines.refresh.plan import PRUEFUNG, in_order, plan
from pipelines.steps.step import FunctionStep
from tests.conftest import (
    create_data_folder,
    create_kleinstadt,
    einwohnerschaft,
    monitoring_im_prozess,
    write_auszug,
)

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality with tables, measures and a concept beside one with a register, both published."""
    daten = create_data_folder(tmp_path_factory.mktemp("gebaut") / "data", ("steinfurt",))
    ordner = create_kleinstadt(daten)
    write_auszug(ordner / "melderegister" / "2021-06-30.csv", einwohnerschaft())
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    return daten


@pytest.fixture
def daten(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "data", symlinks=True))


def _replace(datei: Path, alt: str, neu: str) -> None:
    text = datei.read_text(encoding="utf-8")
    assert alt in text, (datei, alt)
    datei.write_text(text.replace(alt, neu, 1), encoding="utf-8")


def _sheet(roh: Path) -> None:
    datei = roh / "steinfurt" / "massnahmen" / "massnahmen_2021-12-31.xlsx"
    mappe = openpyxl.load_workbook(datei)
    zelle = next(c for blatt in mappe for zeile in blatt.iter_rows() for c in zeile if c.value == "laufend")
    zelle.value = "abgeschlossen"
    mappe.save(datei)


def _table_and_catalogue(roh: Path) -> None:
    _replace(roh / "steinfurt" / "tabellen" / "fortschreibung_2024-12-31.csv", "34.860", "34.870")
    _replace(roh / "steinfurt" / "tabellen" / "fortschreibung_2024-12-31.csv", "312,2", "312,3")
    _replace(roh / "referenz" / "indikatoren.yaml", "name: Einwohnerinnen und Einwohner", "name: Bevölkerung")


def _extract_and_threshold(roh: Path) -> None:
    leute = einwohnerschaft()
    leute[7]["gebiet_id"], leute[8]["sta_1"], leute[8]["art_dt_sta"] = "01", "163", ""
    write_auszug(roh / "kleinstadt" / "melderegister" / "2021-06-30.csv", leute)
    _replace(roh / "kleinstadt" / "kommune.yaml", "mindestfallzahl: 5", "mindestfallzahl: 7")


Change = Callable[[Path], None]


@pytest.mark.parametrize(
    ("change", "touched", "kept"),
    [
        (_sheet, "marts/massnahme", "geheimhaltung/entscheidung"),
        (_table_and_catalogue, "marts/tabellenwert", "bevoelkerung/zelle"),
        (_extract_and_threshold, "geheimhaltung/entscheidung", "dim/indikator"),
    ],
)
def test_a_change_recomputes_what_rests_on_it_and_nothing_differs_from_computing_everything(
    daten: Path, tmp_path: Path, change: Change, touched: str, kept: str
) -> None:
    vorher = Path(shutil.copytree(daten, tmp_path / "vorher", symlinks=True))
    change(daten / "raw")
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output

    def written(table: str) -> bool:
        alt, neu = (d / "intern" / f"{table}.parquet" for d in (vorher, daten))
        return alt.stat().st_mtime_ns != neu.stat().st_mtime_ns

    assert written(touched)
    assert not written(kept)
    ganz = _all_anew(daten, vorher, tmp_path / "ganz")
    anders = [s.key for s in plan() if _bytes(daten, *s.key) != _bytes(ganz, *s.key) and s is not PRUEFUNG]
    assert anders == []


def _bytes(daten: Path, schema: str, name: str) -> bytes:
    return Ablage(daten).tabelle(schema, name).read_bytes()


def _all_anew(daten: Path, vorher: Path, ziel: Path) -> Path:
    """Every table computed from what was read, beside the publication before."""
    shutil.copytree(daten, ziel, symlinks=True)
    shutil.rmtree(ziel / "marts")
    shutil.copytree(vorher / "marts", ziel / "marts", symlinks=True)
    for schritt in plan():
        if schritt is not PRUEFUNG:
            Ablage(ziel).tabelle(*schritt.key).unlink()
    for schritt in in_order(plan()):
        if schritt is not PRUEFUNG:
            schritt.write(Ablage(ziel))
    close_instances()
    return ziel


def test_a_function_reads_no_table_but_those_its_result_is_said_to_rest_on(built: Path, tmp_path: Path) -> None:
    gemeint = [s for s in plan() if isinstance(s, FunctionStep) and s.rests_only_on]
    assert len(gemeint) == 2
    for schritt in gemeint:
        allein = Ablage(tmp_path / schritt.name).create_folders()
        for schema, name in schritt.rests_only_on:
            for datei in Ablage(built).quelle(schema, name):
                ziel = allein.daten / datei.relative_to(built)
                ziel.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(datei, ziel)
        schritt.write(allein)
        assert _bytes(allein.daten, *schritt.key) == _bytes(built, *schritt.key)
        close_instances()
