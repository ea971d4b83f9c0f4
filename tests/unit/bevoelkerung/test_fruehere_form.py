"""Persons whom an earlier version of this program staged in another form, and whose extract is gone: told what helps."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.bevoelkerung.partition import count_partition
from pipelines.eingang.ingest import ingest
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import einwohnerschaft, write_auszug

TAG = date(2021, 6, 30)


def test_a_missing_column_is_named_with_what_helps_and_the_count_before_stays(kleinstadt: Path) -> None:
    ablage, kommune = Ablage(kleinstadt.parents[1]).create_folders(), load_kommune(kleinstadt)
    pfad = write_auszug(kleinstadt / f"{TAG}.csv", einwohnerschaft(200))
    lieferung = Lieferung(kommune.id, "melderegister", "melderegister", pfad, TAG, TAG, "0" * 64, "")
    assert ingest(ablage, kommune, lieferung).angenommen
    assert count_partition(ablage, kommune, str(TAG)) == 200
    wuerfel = ablage.tabelle("bevoelkerung", "wuerfel", lieferung.partition).read_bytes()
    personen = ablage.tabelle("eingang", "melderegister", lieferung.partition)
    pq.write_table(pq.read_table(personen).drop_columns(["einzug_tag", "alter_ersetzt"]), personen)
    with pytest.raises(KonfigurationsFehler) as grund:
        count_partition(ablage, kommune, str(TAG))
    for teil in ("kleinstadt_2021-06-30", "alter_ersetzt, einzug_tag", "noch einmal in raw/kleinstadt/melderegister"):
        assert teil in str(grund.value)
    assert ablage.tabelle("bevoelkerung", "wuerfel", lieferung.partition).read_bytes() == wuerfel
