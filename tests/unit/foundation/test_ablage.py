"""The storage object: databases of steps are empty, apart from each other, and gone afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.foundation import storage as modul
from pipelines.foundation.storage import Ablage
from tests.lib.cheap import open_own_instance


@pytest.fixture(autouse=True)
def _own_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere tests share one (tests/lib/cheap.py)."""
    monkeypatch.setattr(Ablage, "_open_instance", open_own_instance)


@pytest.fixture
def ablage(tmp_path: Path) -> Ablage:
    return Ablage(tmp_path / "data").create_folders()


def test_two_steps_at_once_do_not_see_each_others_tables(ablage: Ablage) -> None:
    with ablage.arbeitsdatenbank() as eine, ablage.arbeitsdatenbank() as andere:
        eine.execute("create schema marts; create table marts.t as select 1 as a; create macro f(x) as x + 1")
        andere.execute("create schema marts; create table marts.t as select 2 as a")
        assert eine.execute("select f(a) from marts.t").fetchall() == [(2,)]
        assert andere.execute("from marts.t").fetchall() == [(2,)]
        with pytest.raises(duckdb.Error):
            andere.execute("select f(1)")


def test_a_step_leaves_nothing_behind_even_when_it_fails(ablage: Ablage) -> None:
    with ablage.arbeitsdatenbank() as con:
        vorher = con.execute("select count(*) from duckdb_databases()").fetchall()
    with pytest.raises(duckdb.Error), ablage.arbeitsdatenbank() as con:
        con.execute("create table t as select 1 as a; select gibt_es_nicht from t")
    with ablage.arbeitsdatenbank() as con:
        assert con.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]
        assert con.execute("select count(*) from duckdb_databases()").fetchall() == vorher


def test_spill_files_stay_in_the_secure_zone_of_the_folder_at_work(tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        ablage = Ablage(tmp_path / name).create_folders()
        with ablage.arbeitsdatenbank() as con:
            ((ordner,),) = con.execute("select current_setting('temp_directory')").fetchall()
        assert Path(ordner).is_relative_to(ablage.tmp)
        assert len(modul._INSTANZ) == 1, "one instance, not one a folder"


def test_after_wiping_a_step_can_spill_again(ablage: Ablage) -> None:
    for _ in range(2):
        with ablage.arbeitsdatenbank() as con:
            con.execute("set memory_limit = '60MB'")
            con.execute("set threads = 1")
            con.execute(
                "create table t as select range as a, repeat('x', 100) || range as b from range(1500000) order by b"
            )
            assert list(ablage.tmp.rglob("*")), "it did spill"
        ablage.clean_up()
        assert list(ablage.tmp.iterdir()) == []


def test_what_a_killed_process_wrote_aside_goes_and_that_of_a_living_one_stays(ablage: Ablage) -> None:
    tot = subprocess.Popen([sys.executable, "-c", ""])
    tot.wait()
    for zone in (ablage.intern / "eingang" / "melderegister", ablage.marts / "bericht"):
        zone.mkdir(parents=True)
        for nummer in (tot.pid, os.getppid()):
            (zone / f".x.parquet.{nummer}.neu").write_text("Person", encoding="utf-8")
    ablage.clean_up()
    reste = {p.name for zone in (ablage.intern, ablage.marts) for p in zone.rglob("*.neu")}
    assert reste == {f".x.parquet.{os.getppid()}.neu"}
