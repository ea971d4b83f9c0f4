"""A refresh opens no connection: counted by an audit hook of the interpreter, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import WURZEL, create_data_folder, environment
from tests.lib.small_town import ort

pytestmark = pytest.mark.e2e


def run(notes: Path, data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.sockets", str(notes), *command],
        cwd=WURZEL, env=environment(data), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_a_refresh_opens_no_connection(tmp_path: Path) -> None:
    data = create_data_folder(tmp_path / "data", ())
    ort(data, "erste", 1)
    ended = run(tmp_path / "sockets.txt", data, "refresh", "--data", str(data))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not (tmp_path / "sockets.txt").exists(), (tmp_path / "sockets.txt").read_text(encoding="utf-8")


def test_a_connection_would_be_counted(tmp_path: Path) -> None:
    run(tmp_path / "sockets.txt", tmp_path, "connect")
    assert "socket.connect" in (tmp_path / "sockets.txt").read_text(encoding="utf-8")
