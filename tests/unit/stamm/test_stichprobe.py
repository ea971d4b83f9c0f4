"""A table projected from a sample says so in kommune.yaml; the share asked is checked and reaches the tables of configuration."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from pipelines.stamm.tables.write import write_stamm
from tests.conftest import ROH

QUELLE = "    - id: fortschreibung\n"


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    for name in ("referenz", "steinfurt"):
        shutil.copytree(ROH / name, tmp_path / "raw" / name)
    return Ablage(tmp_path).create_folders()


def mit_satz(ablage: Ablage, satz: str) -> None:
    datei = ablage.roh / "steinfurt" / "kommune.yaml"
    text = datei.read_text(encoding="utf-8")
    assert QUELLE in text
    datei.write_text(text.replace(QUELLE, f"{QUELLE}      stichprobe: {{auswahlsatz: {satz}}}\n"), encoding="utf-8")


def test_the_share_asked_stands_beside_its_source_and_nowhere_else(ablage: Ablage) -> None:
    mit_satz(ablage, "0.01")
    write_stamm(ablage, [load_kommune(ablage.roh / "steinfurt")])
    zeilen = pq.read_table(ablage.tabelle("stamm", "quelle")).to_pylist()
    saetze = {z["quelle_id"]: z["auswahlsatz"] for z in zeilen}
    assert saetze.pop("fortschreibung") == 0.01
    assert set(saetze.values()) == {None}


@pytest.mark.parametrize("satz", ["0", "1", "-0.1", "100"])
def test_a_share_that_is_no_sample_is_refused(satz: str, ablage: Ablage) -> None:
    mit_satz(ablage, satz)
    with pytest.raises(KonfigurationsFehler, match=r"stichprobe\.auswahlsatz: .* außerhalb des Erlaubten"):
        load_kommune(ablage.roh / "steinfurt")
