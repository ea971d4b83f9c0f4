"""Runs and events are kept as Dagster keeps them, with files that stay open."""

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.foundation.storage import WURZEL
from pipelines.orchestration.run_state import FILES_OPEN, EventLog

OURS = (WURZEL / "dagster.yaml").read_text(encoding="utf-8")
DAGSTERS = """\
storage:
  sqlite:
    base_dir:
      env: MONITORING_LAUFZUSTAND
telemetry:
  enabled: false
"""


@dg.asset(check_specs=[dg.AssetCheckSpec("gut", asset="a")], partitions_def=dg.StaticPartitionsDefinition(["x", "y"]))
def a() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"Zeilen": 3}, check_results=[dg.AssetCheckResult(passed=True)])


@pytest.fixture(autouse=True)
def _laufzustand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITORING_LAUFZUSTAND", str(tmp_path / "laeufe"))


def _instance(folder: Path, text: str) -> dg.DagsterInstance:
    folder.mkdir(exist_ok=True)
    (folder / "dagster.yaml").write_text(text, encoding="utf-8")
    return dg.DagsterInstance.from_config(str(folder))


def _materialize(instance: dg.DagsterInstance, partition: str) -> str:
    return dg.materialize([a], instance=instance, partition_key=partition).run_id


def _seen(instance: dg.DagsterInstance, run: str) -> list[tuple[object, ...]]:
    """What the UI reads: the run, its events in their order, the asset's last event, its check."""
    record = instance.get_asset_records([dg.AssetKey("a")])[0].asset_entry
    materialization = record.last_materialization
    assert materialization is not None
    return [
        (instance.get_run_by_id(run).status,),  # type: ignore[union-attr]
        *((e.message, e.dagster_event and e.dagster_event.event_type_value) for e in instance.all_logs(run)),
        (record.last_run_id, materialization.asset_materialization),
        tuple(sorted(instance.get_materialized_partitions(dg.AssetKey("a")))),
    ]


def test_dagsters_own_storage_reads_what_is_written_and_the_other_way_round(tmp_path: Path) -> None:
    with _instance(tmp_path / "eigene", OURS) as ours, _instance(tmp_path / "dagsters", DAGSTERS) as dagsters:
        first = _materialize(ours, "x")
        assert _seen(ours, first) == _seen(dagsters, first)
        second = _materialize(dagsters, "y")  # while ours has its files open
        assert _seen(ours, second) == _seen(dagsters, second)
        assert ("x", "y") in _seen(ours, second)
        third = _materialize(ours, "x")
        assert _seen(dagsters, third)[0] == (dg.DagsterRunStatus.SUCCESS,)


def test_the_project_keeps_its_runs_this_way(tmp_path: Path) -> None:
    with _instance(tmp_path / "eigene", OURS) as ours:
        assert type(ours.event_log_storage) is EventLog


def _open_files(folder: Path) -> Iterator[str]:
    for handle in Path("/proc/self/fd").iterdir():
        try:
            target = os.readlink(handle)
        except OSError:  # the handle of this very listing
            continue
        if target.startswith(str(folder)) and target.endswith(".db"):
            yield target


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed there")
def test_few_files_stay_open_and_none_once_the_instance_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "ereignisse"
    log = EventLog(str(folder))
    for number in range(3 * FILES_OPEN):
        with log.run_connection(f"lauf-{number}") as con:
            con.exec_driver_sql("select count(*) from event_logs").fetchall()
    assert len(set(_open_files(folder))) == FILES_OPEN
    log.dispose()
    assert not list(_open_files(folder))
