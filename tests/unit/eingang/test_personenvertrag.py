"""The contract of staged persons: a key that stands twice is found, in whatever order the rows stand."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.eingang.ingest import ingest, schemabefunde
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import auszugstext, einwohnerschaft

STICHTAG = date(2021, 6, 30)


def _stage(kleinstadt: Path) -> tuple[Ablage, str]:
    ablage, kommune = Ablage(kleinstadt.parents[1]).create_folders(), load_kommune(kleinstadt)
    pfad = kleinstadt / f"{STICHTAG}.csv"
    pfad.write_text(auszugstext(einwohnerschaft(50)), encoding="utf-8")
    lieferung = Lieferung(kommune.id, "melderegister", "melderegister", pfad, STICHTAG, STICHTAG, "0" * 64, "")
    assert ingest(ablage, kommune, lieferung).angenommen
    return ablage, lieferung.partition


@pytest.mark.parametrize(
    ("auswahl", "doppelt"),
    [
        ("from da order by zeile", 0),
        ("from da order by zeile desc", 0),
        ("from da union all (from da limit 2)", 2),
        ("from (from da union all (from da limit 1)) order by zeile", 1),
        ("select * replace (1000000 * zeile as zeile) from da", 0),
        ("select * replace (1000000 * zeile as zeile) from (from da union all (from da limit 3))", 3),
        ("from da limit 0", 0),
    ],
)
def test_a_line_number_that_stands_twice_is_found(kleinstadt: Path, auswahl: str, doppelt: int) -> None:
    ablage, partition = _stage(kleinstadt)
    datei = ablage.tabelle("eingang", "melderegister", partition)
    with duckdb.connect() as con:
        con.execute(f"create table da as from '{datei}'")
        con.execute(f"copy ({auswahl}) to '{datei}' (format parquet)")
    befunde = schemabefunde(ablage, "melderegister", partition)
    assert [(b.ort, b.anzahl) for b in befunde] == ([("Spalte zeile", doppelt)] if doppelt else [])
