"""A refresh opens no connection: counted by an audit hook of the interpreter, in a process of its own."""

import contextlib
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import create_data_folder
from tests.faults.child import refresh
from tests.lib.small_town import ort

pytestmark = pytest.mark.e2e

EVENTS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")


@contextlib.contextmanager
def counted(notes: Path) -> Iterator[None]:
    """Write down every use of a socket from now on, until the process ends."""

    def hook(event: str, _: object) -> None:
        if event in EVENTS:
            with notes.open("a", encoding="utf-8") as f:
                f.write(f"{event}\n")

    sys.addaudithook(hook)
    yield


def test_a_refresh_opens_no_connection(tmp_path: Path) -> None:
    data = create_data_folder(tmp_path / "data", ())
    ort(data, "erste", 1)
    notes = tmp_path / "sockets.txt"
    end = refresh(data, lambda: counted(notes))
    assert end.said is not None
    assert end.said.code == 0, end.said.alles
    assert not notes.exists(), notes.read_text(encoding="utf-8")


def test_a_connection_would_be_counted(tmp_path: Path) -> None:
    """In a child as well: an audit hook cannot be taken off again."""
    notes = tmp_path / "sockets.txt"

    @contextlib.contextmanager
    def connecting() -> Iterator[None]:
        with counted(notes), contextlib.suppress(OSError), socket.socket() as s:
            s.connect(("127.0.0.1", 9))
        yield

    refresh(tmp_path / "nichts", connecting)
    assert "socket.connect" in notes.read_text(encoding="utf-8")
