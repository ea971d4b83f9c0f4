"""Every SQL check finds the fault it is for and leaves sound rows alone: cases in faelle/<check>.yaml.

A case lays out the tables of `given` and `sound`, about which the check is silent, then those of `given` and `faulty`, of which
it finds one place, named by `finds`. Columns that a case does not name have the value of `VORGABEN`
(tests/lib/literal_tables.py).
"""

from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import Pruefung, load_checks, remembered_result, run_check
from pipelines.steps.unchanged import check
from tests.lib.literal_tables import lay, refuse_foreign
from tests.lib.yaml_text import load_yaml

PRUEFUNGEN = {p.name: p for p in load_checks()}
Zeilen = dict[str, list[dict[str, Any]]]
FOLDER = Path(__file__).with_name("faelle")
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}-{number}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for number, case in enumerate(load_yaml(file.read_text(encoding="utf-8"))["cases"], start=1)
]
MH = "marts.migrationshintergrund"
ROH = "bevoelkerung.migrationshintergrund"
KOMMUNE: Zeilen = {"stamm.kommune": [{}]}
VORFAHR: Zeilen = {
    "stamm.vorfahr": [
        {"gebiet_id": g, "vorfahr": v}
        for g, v in (("00", "00"), ("01", "01"), ("01", "00"), ("02", "02"), ("02", "00"))
    ]
}
LIEFERUNG = {"status": "uebernommen", "zeilen_uebernommen": 30}
REGISTER: Zeilen = {**KOMMUNE, **VORFAHR, "eingang.lieferung": [LIEFERUNG]}
ZAHLEN = {"einwohner": 2212, "auslaender": 50, "deutsche_mit_mh": 263, "personen_mit_mh": 313, "unentscheidbar": 0}


def gleich(quelle: str, **mehr: Any) -> dict[str, Any]:
    return {**ZAHLEN, "quelle": quelle, **mehr}


def run_pruefung(pruefung: Pruefung, ordner: Path, tabellen: Zeilen) -> list[dict[str, Any]]:
    ablage = Ablage(ordner).create_folders()
    for name, zeilen in tabellen.items():
        lay(ablage, name, *zeilen)
    return run_check(ablage, pruefung).zeilen


@pytest.mark.parametrize(("name", "case"), CASES)
def test_check_finds_its_fault_and_names_the_place(name: str, case: dict[str, Any], tmp_path: Path) -> None:
    given = case.get("given", {})
    for table, rows in [*given.items(), *case["sound"].items(), *case["faulty"].items()]:
        refuse_foreign(table, rows)
    assert run_pruefung(PRUEFUNGEN[name], tmp_path / "sound", {**given, **case["sound"]}) == []
    found = run_pruefung(PRUEFUNGEN[name], tmp_path / "faulty", {**given, **case["faulty"]})
    assert len(found) == 1
    assert case["finds"] in found[0]["ort"]
    assert found[0]["kommune"] == "k"


def test_a_mistyped_column_of_a_case_is_named() -> None:
    with pytest.raises(KeyError, match="no column wert_einhait; near: wert_einheit"):
        refuse_foreign("marts.tabellenwert", [{"wert_einhait": "anteil"}])


def test_every_check_has_a_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(PRUEFUNGEN)


def test_checks_of_the_secure_zone_show_no_figure(tmp_path: Path) -> None:
    zeilen = run_pruefung(
        PRUEFUNGEN["register_vollstaendig"], tmp_path, {**REGISTER, ROH: [{"gebiet_id": "00", "einwohner": 4711}]}
    )
    assert set(zeilen[0]) == {"kommune", "ort"}
    assert "4711" not in str(zeilen)


def test_severity_of_the_comparison_comes_from_the_configuration(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "protokoll.lieferung", {"quelle": "stadtteiltabelle"})
    lay(ablage, "stamm.kommune", {})
    lay(ablage, MH, gleich("melderegister"), gleich("stadtteiltabelle", einwohner=2213))
    for schwere in (Schwere.warnung, Schwere.fehler):
        lay(ablage, "stamm.abgleich", {"quelle": "stadtteiltabelle", "schwere": schwere.value})
        assert run_check(ablage, PRUEFUNGEN["register_gleich_tabelle"]).schwere is schwere


def test_comparison_respects_its_tolerance(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay(ablage, "protokoll.lieferung", {"quelle": "stadtteiltabelle"})
    lay(ablage, "stamm.kommune", {})
    lay(ablage, MH, gleich("melderegister"), gleich("stadtteiltabelle", einwohner=2214))
    for toleranz, faelle in ((2, 0), (1, 1)):
        lay(ablage, "stamm.abgleich", {"quelle": "stadtteiltabelle", "toleranz": toleranz})
        assert len(run_check(ablage, PRUEFUNGEN["register_gleich_tabelle"]).zeilen) == faelle


@pytest.mark.parametrize(("zeilen", "ergebnis"), [
    ([], "nichts_zu_vergleichen"),
    ([{"gebiet_id": "00"}], "bestanden"),
    ([{"gebiet_id": "01"}], "verletzt"),
])  # fmt: skip
def test_a_check_of_a_table_without_rows_says_that_it_compared_nothing(
    tmp_path: Path, zeilen: list[dict[str, Any]], ergebnis: str
) -> None:
    ablage, pruefung = Ablage(tmp_path).create_folders(), PRUEFUNGEN["bewegung_nur_kommune"]
    lay(ablage, "stamm.kommune", {})
    lay(ablage, "marts.bewegung", *zeilen)
    for keep in (False, True):  # a result that holds on says the same
        assert check(ablage, pruefung, keep).ergebnis == ergebnis
    assert remembered_result(ablage, pruefung.name)["ergebnis"] == ergebnis
