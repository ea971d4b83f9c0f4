"""Two extracts of one Stichtag in one run of the register job: one partition, counted in the end, whatever was refused."""

from pathlib import Path

import dagster as dg
import pyarrow.parquet as pq
import pytest

from pipelines.definitions import build
from pipelines.foundation.storage import Ablage
from pipelines.refresh.news import neuigkeiten
from pipelines.refresh.run import J_REGISTER, STILL, register_partitions
from tests.conftest import auszugstext, einwohnerschaft, person, write_auszug

pytestmark = pytest.mark.e2e
PARTITION = "kleinstadt_2021-06-30"


def _lauf(ablage: Ablage) -> tuple[bool, list[str]]:
    """(whether the job succeeded, partitions) after everything in raw/ was read."""
    with dg.DagsterInstance.ephemeral() as instanz:
        register_partitions(instanz, neuigkeiten(ablage))
        ergebnis = build(ablage).resolve_job_def(J_REGISTER).execute_in_process(
            instance=instanz, partition_key=PARTITION, run_config=STILL, raise_on_error=False
        )  # fmt: skip
        return ergebnis.success, list(instanz.get_dynamic_partitions("melderegister"))


def _einwohner(ablage: Ablage, name: str) -> dict[str, int]:
    """Inhabitants of a cube by data state (or by Stichtag), under one definition."""
    summen: dict[str, int] = {}
    for datei in ablage.quelle("bevoelkerung", name):
        for z in pq.read_table(datei).to_pylist():
            if z["profil"] == "luenen_2021":
                tag = str(z.get("datenstand", z["stichtag"]))
                summen[tag] = summen.get(tag, 0) + z["personen"]
    return summen


@pytest.fixture
def ordner(kleinstadt: Path) -> Path:
    write_auszug(kleinstadt / "melderegister" / "2021-06-30.csv", einwohnerschaft(300))
    return kleinstadt


def test_both_extracts_are_one_partition_and_both_are_counted(ordner: Path) -> None:
    mehr = [*einwohnerschaft(300), *(person(1000 + n) for n in range(10))]
    write_auszug(ordner / "melderegister" / "2021-06-30_stand_2021-09-30.csv", mehr)
    ablage = Ablage(ordner.parents[1])
    assert _lauf(ablage) == (True, [PARTITION])
    assert _einwohner(ablage, "wuerfel") == {"2021-06-30": 310}
    assert _einwohner(ablage, "datenstandwuerfel") == {"2021-06-30": 300, "2021-09-30": 310}


def test_where_the_later_extract_is_refused_the_earlier_one_is_staged_and_counted(ordner: Path) -> None:
    kaputt = ordner / "melderegister" / "2021-06-30_stand_2021-09-30.csv"
    kaputt.write_text(auszugstext(einwohnerschaft(300))[:-30], encoding="utf-8")
    ablage = Ablage(ordner.parents[1])
    assert _lauf(ablage)[0]
    assert _einwohner(ablage, "wuerfel") == {"2021-06-30": 300}
    (ordner / "melderegister" / "2021-06-30.csv").unlink()
    assert not _lauf(ablage)[0], "nichts tritt an die Stelle des abgewiesenen Auszugs"
