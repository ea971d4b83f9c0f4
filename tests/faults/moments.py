"""One undisturbed refresh that waits before each of its file calls, while the folder as it is then is copied and healed.

A process that is killed leaves the folder as it is at that moment; what the power takes is cut from the copy. So one refresh
gives every moment at which it might have ended, without being run again for each. Belongs here: waiting and copying. Does not
belong here: judging (ratchet.py), real kills (`Fault` in calls.py, `refresh` in child.py).
"""

import os
import pickle
import shutil
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import monitoring_im_prozess
from tests.faults.calls import Fault, lose_names, lose_unflushed, watch


@dataclass(frozen=True)
class Moment:
    """Before call `number` of process `pid`: what was flushed until then, since when it has been running."""

    number: int
    call: str
    pid: int
    folder: Path
    since: int
    flushed: dict[int, tuple[int, int]]
    names: dict[Path, tuple[Path, Path | None]]

    def copy(self, target: Path, power: bool = False, renames: bool = False) -> Path:
        """The folder as the process would leave it if it ended now, or the power."""
        shutil.copytree(self.folder, target, symlinks=True)
        if power:
            lose_unflushed(self.folder, target, self.since, self.flushed)
        if renames:
            lose_names(self.folder, target, self.names)
        return target


@dataclass
class _Waiting(Fault):
    """Tells each call and waits until it may go on."""

    told: int = -1
    go: int = -1

    def _is_turn(self) -> bool:
        moment = Moment(
            self.count, self.trace[-1], os.getpid(), self.folder, self.since, dict(self.flushed), dict(self.names)
        )
        content = pickle.dumps(moment)
        os.write(self.told, struct.pack("<Q", len(content)))
        _write_all(self.told, content)
        os.read(self.go, 1)
        return False


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _read_all(handle: int, size: int) -> bytes:
    content = b""
    while len(content) < size:
        piece = os.read(handle, size - len(content))
        if not piece:
            return content
        content += piece
    return content


@contextmanager
def moments(data: Path) -> Iterator[Iterator[Moment]]:
    """The moments of a refresh of a data folder, one after another; it goes on when the next one is asked for."""
    told_read, told = os.pipe()
    go_read, go = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(told_read)
            os.close(go)
            with watch(_Waiting(data, told=told, go=go_read)):
                monitoring_im_prozess(data, "refresh")
        finally:
            os._exit(0)
    os.close(told)
    os.close(go_read)

    def each() -> Iterator[Moment]:
        while head := _read_all(told_read, 8):
            yield pickle.loads(_read_all(told_read, struct.unpack("<Q", head)[0]))
            os.write(go, b"g")

    try:
        yield each()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(told_read)
        os.close(go)
