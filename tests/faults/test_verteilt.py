"""Deliveries read by two workers with a queue between: one dies in the middle of its delivery, the other does it; the figures
are those of a single machine.

Needs Redis (`redis-server`) and dagster-celery; says so where one is missing.
"""

import importlib.util
import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import WURZEL, Aufruf, create_data_folder, environment, monitoring_subprozess
from tests.faults.aftermath import _hashes
from tests.lib.small_town import ort

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.langsam,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed here"),
    pytest.mark.skipif(
        importlib.util.find_spec("dagster_celery") is None, reason="dagster-celery is not installed here"
    ),
]
TOWNS = ("erste", "zweite", "dritte", "vierte")
WAIT = 120.0  # seconds


@dataclass(frozen=True)
class Distributed:
    """What a refresh with two workers came to, one of which was killed over the delivery `begun`."""

    data: Path
    said: Aufruf
    begun: str
    log: str


def _folder(place: Path) -> Path:
    data = create_data_folder(place / "data", ())
    for number, name in enumerate(TOWNS, start=1):
        ort(data, name, number)
    return data


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def _worker(data: Path, broker: str, name: str, log: Path, *program: str) -> subprocess.Popen[bytes]:
    variables = environment(data) | {"MONITORING_BROKER": broker, "MONITORING_BROKER_FRIST": "5"}
    arguments = ("worker", "-Q", "dagster", "--pool", "solo", "-n", f"{name}@%h", "-l", "info")
    with log.open("wb") as out:
        return subprocess.Popen([*program, *arguments], cwd=WURZEL, env=variables, stdout=out, stderr=out)


def _wait_for(what: str, file: Path, word: str = "") -> None:
    end = time.monotonic() + WAIT
    while not (file.exists() and word in file.read_text(encoding="utf-8", errors="replace")):
        assert time.monotonic() < end, f"{what}: {file.read_text(errors='replace')[-2000:] if file.exists() else ''}"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def distributed(tmp_path_factory: pytest.TempPathFactory, redis: str) -> Distributed:
    place = tmp_path_factory.mktemp("verteilt")
    data, note, logs = _folder(place), place / "begun", (place / "dying.log", place / "living.log")
    dying = _worker(data, redis, "dying", logs[0], sys.executable, "-m", "tests.faults.slow_worker", str(note))
    living = _worker(
        data, redis, "living", logs[1], sys.executable, "-m", "celery", "-A", "pipelines.orchestration.worker"
    )
    variables = environment(data) | {"MONITORING_BROKER": redis, "MONITORING_BROKER_FRIST": "5"}
    try:
        for log in logs:
            _wait_for("a worker does not start", log, "ready")
        refresh = subprocess.Popen(
            [sys.executable, "-m", "pipelines", "refresh"], cwd=WURZEL, env=variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        _wait_for("no delivery was begun", note)
        dying.send_signal(signal.SIGKILL)
        out, error = refresh.communicate(timeout=600)
    finally:
        for process in (dying, living):
            process.kill()
            process.wait()
    log = logs[1].read_text(encoding="utf-8", errors="replace")
    return Distributed(data, Aufruf(refresh.returncode, out, error), note.read_text(encoding="utf-8"), log)


def test_a_killed_workers_delivery_is_done_by_the_other(distributed: Distributed) -> None:
    assert distributed.said.code == 0, distributed.said.output + distributed.log[-3_000:]
    assert "4 Lieferungen verteilt" in distributed.said.stdout
    assert distributed.begun.endswith(".csv")
    assert distributed.log.count("succeeded") >= len(TOWNS)


def test_the_figures_are_those_of_a_single_machine(distributed: Distributed, tmp_path: Path) -> None:
    alone = _folder(tmp_path)
    said = monitoring_subprozess(alone, "refresh")
    assert said.code == 0, said.output
    assert _hashes(distributed.data / "marts" / "manifest.json") == _hashes(alone / "marts" / "manifest.json")


def test_every_delivery_is_recorded_once(distributed: Distributed) -> None:
    manifest = json.loads((distributed.data / "marts" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tabellen"]["protokoll.lieferung"]["zeilen"] == len(TOWNS)


def test_afterwards_nothing_is_new_also_without_a_queue(distributed: Distributed) -> None:
    said = monitoring_subprozess(distributed.data, "refresh")
    assert "Nichts Neues" in said.stdout, said.output
