"""Services of an installation: units that systemd accepts, loopback only, a view that changes nothing, a history that is cut."""

import re
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa
from dagster._core.storage.runs.schema import RunsTable

from pipelines.definitions import build
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.orchestration.jobs import J_AUFRAEUMEN, LAEUFE_BEHALTEN_TAGE
from tests.conftest import create_data_folder

UNITS = sorted((WURZEL / "deploy" / "systemd").glob("monitoring*.[st]*"))
SERVICES = [u for u in UNITS if u.suffix == ".service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_accepts_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/monitoring", str(WURZEL))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    run = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [z for z in (run.stdout + run.stderr).splitlines() if "monitoring-" in z]
    assert (run.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda u: u.stem)
def test_a_service_listens_on_loopback_only_and_writes_only_its_own(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    assert set(re.findall(r" -h (\S+)", text)) <= {"127.0.0.1"}
    for line in ("UMask=0077", "ProtectSystem=strict", "NoNewPrivileges=true", "IPAddressDeny=any", "User=monitoring"):
        assert line in text.splitlines()
    assert set(re.findall(r"ReadWritePaths=(\S+)", text)) <= {"/srv/monitoring", "/srv/sicherung"}


def test_who_may_only_look_has_an_interface_that_changes_nothing() -> None:
    assert "--read-only" in (WURZEL / "deploy" / "systemd" / "monitoring-ansicht.service").read_text(encoding="utf-8")


def test_only_runs_older_than_the_limit_are_deleted(tmp_path: Path) -> None:
    definitions = build(Ablage(create_data_folder(tmp_path / "data", ())))
    clean_up = definitions.resolve_job_def(J_AUFRAEUMEN)
    with dg.DagsterInstance.ephemeral() as instance:
        old, young = (clean_up.execute_in_process(instance=instance).run_id for _ in range(2))
        for run, days in ((old, LAEUFE_BEHALTEN_TAGE + 1), (young, LAEUFE_BEHALTEN_TAGE - 1)):
            created = datetime.now() - timedelta(days=days)
            with instance.run_storage.connect() as con:  # type: ignore[attr-defined]
                con.execute(sa.update(RunsTable).where(RunsTable.c.run_id == run).values(create_timestamp=created))
        last = clean_up.execute_in_process(instance=instance).run_id
        assert {r.run_id for r in instance.get_runs()} == {young, last}
        assert instance.all_logs(old) == []
