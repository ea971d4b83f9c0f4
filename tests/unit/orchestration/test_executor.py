"""A run started in the UI sees one state of the configuration, however long it takes."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import build
from pipelines.foundation import config_files
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.executor import hold_one_state
from pipelines.orchestration.jobs import asset_jobs

# What the assets below read and write; a job is made anew by its name, so they cannot be told.
FOLDER = Path()
SEEN: list[str] = []


def _file() -> Path:
    return FOLDER / "raw" / "k" / "kommune.yaml"


@dg.asset
def first() -> None:
    """Reads the configuration, which somebody changes while the run goes on."""
    SEEN.append(config_files.read_text(_file()))
    _file().write_text("neu", encoding="utf-8")


@dg.asset(deps=[first])
def second() -> None:
    SEEN.append(config_files.read_text(_file()))


def _job(executor: dg.ExecutorDefinition) -> dg.JobDefinition:
    jobs = [dg.define_asset_job("both", dg.AssetSelection.assets(first, second))]
    return dg.Definitions(assets=[first, second], jobs=jobs, executor=executor).resolve_job_def("both")


def ours() -> dg.JobDefinition:
    return _job(hold_one_state(Ablage(FOLDER)))


def plain() -> dg.JobDefinition:
    return _job(dg.in_process_executor)


@pytest.mark.parametrize(("make", "seen"), [(ours, ["alt", "alt"]), (plain, ["alt", "neu"])])
def test_all_steps_of_a_run_see_the_state_of_its_beginning(
    make: object, seen: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.FOLDER", tmp_path)
    SEEN.clear()
    _file().parent.mkdir(parents=True)
    _file().write_text("alt", encoding="utf-8")
    with dg.DagsterInstance.ephemeral(tempdir=str(tmp_path)) as instance:
        with dg.execute_job(dg.reconstructable(make), instance) as result:
            assert result.success
        assert seen == SEEN
        assert config_files.read_text(_file()) == "neu", "after the run the disk counts again"
        with dg.execute_job(dg.reconstructable(make), instance):
            assert SEEN[2:] == ["neu", "neu"], "the next run takes the change"


def test_every_job_of_the_ui_runs_hold_one_state(tmp_path: Path) -> None:
    location = build(Ablage(tmp_path))
    executors = {location.resolve_job_def(job.name).executor_def for job in asset_jobs()}
    assert len(executors) == 1
    assert executors != {dg.in_process_executor}
    assert location.resolve_implicit_global_asset_job_def().executor_def in executors
