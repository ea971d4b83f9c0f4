"""The database of the secure zone reaches its data folder and nothing else, and cannot be talked out of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.foundation.storage import Ablage, lesepfad, sqltext


@pytest.fixture(params=["data", "daten [1] *", "d'ata"])
def ablage(tmp_path: Path, request: pytest.FixtureRequest) -> Ablage:
    return Ablage(tmp_path / request.param).create_folders()


@pytest.fixture
def con(ablage: Ablage) -> Iterator[duckdb.DuckDBPyConnection]:
    with ablage.verbindung() as con:
        yield con


def test_it_writes_and_reads_what_is_its_own(ablage: Ablage, con: duckdb.DuckDBPyConnection) -> None:
    with ablage.neu(ablage.tabelle("marts", "x")) as neu:
        con.execute(f"copy (select 7 as a) to {sqltext(neu)} (format parquet)")
    own = sqltext(lesepfad(ablage.tabelle("marts", "x")))
    assert con.execute(f"from read_parquet([{own}])").fetchall() == [(7,)]
    con.execute(f"attach {sqltext(ablage.intern / 'x.duckdb')} as x")
    con.execute("attach ':memory:' as y")


@pytest.mark.parametrize("text", [
    "from read_text('/etc/passwd')", "from read_csv('/etc/passwd')", "from glob('/etc/*')", "attach '/tmp/x.duckdb' as x",
    "copy (select 1) to '/tmp/x.parquet'", "install httpfs", "load httpfs", "set enable_external_access = true",
    "set allowed_directories = ['/']",
])  # fmt: skip
def test_it_reaches_nothing_else(con: duckdb.DuckDBPyConnection, text: str) -> None:
    with pytest.raises(duckdb.Error):
        con.execute(text).fetchall()


def test_no_way_leads_up_out_of_the_folder(ablage: Ablage, con: duckdb.DuckDBPyConnection) -> None:
    (ablage.daten.parent / "x.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.Error):
        con.execute(f"from read_csv({sqltext(lesepfad(ablage.intern) + '/../../x.csv')})").fetchall()


def test_a_file_that_was_named_can_be_read(ablage: Ablage) -> None:
    named = ablage.daten.parent / "x [1].csv"
    named.write_text("a\n1\n", encoding="utf-8")
    with ablage.verbindung(named) as con:
        assert con.execute(f"from read_csv({sqltext(lesepfad(named))})").fetchall() == [(1,)]


def test_files_of_the_secure_zone_are_the_offices_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        ablage = Ablage(tmp_path / "data").create_folders()
        with ablage.sperre(), ablage.neu(ablage.tabelle("eingang", "x")) as neu:
            neu.write_bytes(b"x")
    finally:
        os.umask(before)
    open_ = [p for p in (ablage.intern, *ablage.intern.rglob("*")) if p.stat().st_mode & 0o077]
    assert open_ == []
