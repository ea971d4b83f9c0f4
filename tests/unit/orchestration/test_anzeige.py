"""What the UI shows of a table."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import Ablage
from pipelines.orchestration import metadata as anzeige
from pipelines.orchestration.step_assets import to_check_result
from pipelines.steps.checks import Pruefergebnis
from pipelines.steps.sql_step import SqlStep
from pipelines.steps.step import Written


def test_an_origin_of_columns_that_cannot_be_found_is_a_warning_beside_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ablage = Ablage(tmp_path).create_folders()
    datei = tmp_path / "probe.sql"
    datei.write_text("-- Eine Probe.\nselect 1 as eins\n", encoding="utf-8")
    schritt = SqlStep("marts", "probe", datei)
    with ablage.neu(ablage.tabelle("marts", "probe")) as neu:
        pq.write_table(pa.table({"eins": [1]}), neu)

    def fail(*_: Any) -> None:
        raise KeyError("eins")

    monkeypatch.setattr(anzeige, "herkunft_der_spalten", fail)
    meta = anzeige.metadaten(ablage, schritt, Written(1, {}))
    assert meta["Warnung"] == (
        "marts.probe: Die Herkunft der Spalten ließ sich nicht ermitteln (KeyError). Die Zahlen sind davon nicht betroffen."
    )
    assert meta["dagster/row_count"] == 1
    assert "Vorschau" in meta
    assert "dagster/column_lineage" not in meta


@pytest.mark.parametrize(("schema", "told"), [("bevoelkerung", False), ("geheimhaltung", True)])
def test_how_many_rows_an_unprotected_table_has_is_not_told(tmp_path: Path, schema: str, told: bool) -> None:
    datei = tmp_path / "probe.sql"
    datei.write_text("-- Eine Probe.\nselect 1 as eins\n", encoding="utf-8")
    ablage = Ablage(tmp_path).create_folders()
    meta = anzeige.metadaten(ablage, SqlStep(schema, "probe", datei), Written(735, {}))
    assert ("dagster/row_count" in meta) == told


@pytest.mark.parametrize(("leer", "gesagt"), [(True, "Summen: nichts zu vergleichen"), (False, "Summen: bestanden")])
def test_a_check_that_compared_nothing_does_not_say_that_it_passed(leer: bool, gesagt: str) -> None:
    ergebnis = to_check_result(Pruefergebnis("probe", "Summen", Schwere.fehler, "", [], leer=leer))
    assert (ergebnis.passed, ergebnis.description) == (True, gesagt)


@pytest.mark.parametrize(("zellen", "gesagt"), [(True, "verletzt"), (False, "3 Fälle")])
def test_how_many_cells_of_the_register_a_check_found_is_not_told(zellen: bool, gesagt: str) -> None:
    zeilen: list[dict[str, Any]] = [{"kommune": "k", "ort": f"Zelle {n}"} for n in range(3)]
    ergebnis = to_check_result(Pruefergebnis("probe", "Summen", Schwere.fehler, "", zeilen, zellen=zellen))
    assert ergebnis.description
    assert gesagt in ergebnis.description
    assert ("Fälle" in ergebnis.metadata) != zellen
    assert ("Zelle 2" in str(ergebnis.metadata["Zeilen"])) != zellen
