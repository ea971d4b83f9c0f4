"""Somebody else's table: secret cells that its own sums give away are named with their cells, as a warning and no stop."""

from pathlib import Path

import pytest

from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.refresh.check_file import check_file
from tests.conftest import create_data_folder


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return Ablage(create_data_folder(tmp_path_factory.mktemp("fremd") / "data")).create_folders()


def check(ablage: Ablage, tmp_path: Path, *zeilen: str) -> list[Befund]:
    """Findings on secret cells of a table of districts."""
    datei = tmp_path / "stadtteile_2021-12-31.csv"
    datei.write_text("\n".join([*zeilen, ""]), encoding="utf-8")
    ergebnis = check_file(ablage, datei, None, None).ergebnis
    assert ergebnis.angenommen
    return [b for b in ergebnis.befunde if b.code is Code.geheim_errechenbar]


def test_a_cell_hidden_alone_in_its_sum_is_named_as_a_warning(ablage: Ablage, tmp_path: Path) -> None:
    zeilen = ("Stadtteil;Einwohner;Ausländer", "Nord;1000;100", "Süd;2000;42", "Ost;3000;•", "West;1500;100")
    # With the total hidden as well nothing follows.
    assert check(ablage, tmp_path, *zeilen, "Stadt insgesamt;7500;•") == []
    (befund,) = check(ablage, tmp_path, *zeilen, "Stadt insgesamt;7500;245")
    assert befund.schwere is Schwere.warnung
    assert befund.zellen == ("Zeile 4, Feld 3",)
    assert "Summe der Gebiete" in befund.was
    assert "245" not in befund.was


@pytest.mark.parametrize("zeichen", ["•", ".", "x", "*"])
def test_every_sign_for_secret_cells_is_understood(ablage: Ablage, tmp_path: Path, zeichen: str) -> None:
    zeilen = (
        "Stadtteil;Einwohner;Deutsche;Ausländer",
        "Nord;1000;900;100",
        f"Süd;2000;1958;{zeichen}",
        "Ost;500;400;100",
    )
    (befund,) = check(ablage, tmp_path, *zeilen)
    assert befund.zellen == ("Zeile 3, Feld 4",)
    assert "Spalte einwohner = deutsche + auslaender" in befund.was


def test_two_cells_that_hide_each_other_are_no_finding(ablage: Ablage, tmp_path: Path) -> None:
    zeilen = (
        "Stadtteil;Einwohner;Deutsche;Ausländer", "Nord;1000;900;100", "Süd;2000;•;•", "Ost;3000;•;•", "West;1500;1400;100",
        "Stadt insgesamt;7500;7205;295",
    )  # fmt: skip
    assert check(ablage, tmp_path, *zeilen) == []


def test_a_sum_the_table_itself_contradicts_proves_nothing(ablage: Ablage, tmp_path: Path) -> None:
    """A third of the town lives in no district: the total is no sum of the rows."""
    zeilen = ("Stadtteil;Einwohner;Ausländer", "Nord;1000;100", "Süd;2000;•", "Stadt insgesamt;9000;245")
    datei = tmp_path / "stadtteile_2021-12-31.csv"
    datei.write_text("\n".join([*zeilen, ""]), encoding="utf-8")
    befunde = check_file(ablage, datei, None, None).ergebnis.befunde
    assert [b for b in befunde if b.code is Code.geheim_errechenbar] == []


def test_a_share_with_a_known_denominator_leaves_few_values(ablage: Ablage, tmp_path: Path) -> None:
    zeilen = (
        "Stadtteil;Einwohner;Ausländer;Ausländeranteil in %",
        "Nord;1000;100;10,0",
        "Süd;2000;•;0,2",
        "Ost;500;100;20,0",
    )
    (befund,) = check(ablage, tmp_path, *zeilen)
    assert "wenige Werte" in befund.was
    assert befund.zellen == ("Zeile 3, Feld 3",)
