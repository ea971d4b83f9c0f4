"""Fails the n-th file call below a data folder, or ends the process there: as `kill -9` does, or as if the power failed.

Belongs here: counting and failing calls of this process. Does not belong here: what a refresh leaves behind (aftermath.py).
DuckDB and Arrow write without asking Python; those files are reached by a limit of size (`limit_files`) and by kills in time.
"""

import builtins
import io
import os
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

# Calls that change a folder or promise that it is changed. `open` counts when it is for writing.
DATABASES = "laufzustand"  # SQLite flushes what it promises by itself, unseen by Python
CALLS = ("replace", "rename", "unlink", "remove", "fsync", "link", "mkdir", "rmdir", "chmod")


@dataclass
class Fault:
    """Counts the file calls below `folder`; at number `at` it raises OSError(`code`), or kills if there is no code."""

    folder: Path
    at: int = 0
    code: int | None = None
    power: bool = False  # whether the power fails: what was written and not flushed since is half gone
    count: int = 0
    since: int = field(default_factory=time.time_ns)
    flushed: dict[int, int] = field(default_factory=dict)  # inode → change time of the content when it was flushed
    trace: list[str] = field(default_factory=list)

    def meet(self, call: str, path: object) -> None:
        """Count one call; fail it if it is its turn."""
        place = _place(path)
        if place is None or not place.startswith(str(self.folder)) or _changes_nothing(call, place):
            return
        self.count += 1
        self.trace.append(f"{call} {place.removeprefix(str(self.folder)).lstrip('/')}")
        if self.count != self.at:
            if call == "fsync":
                self._remember(path)
            return
        if self.power:
            self._lose_unflushed()
        if self.code is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise OSError(self.code, os.strerror(self.code), place)

    def _remember(self, path: object) -> None:
        stat = os.fstat(path) if isinstance(path, int) else os.stat(str(path))
        self.flushed[stat.st_ino] = stat.st_mtime_ns

    def _lose_unflushed(self) -> None:
        """Cut every file in half that was written since the start and not flushed after its last change."""
        for file in self.folder.rglob("*"):
            stat = file.lstat()
            if not S_ISREG(stat.st_mode) or stat.st_mtime_ns < self.since or DATABASES in file.parts:
                continue
            if self.flushed.get(stat.st_ino) != stat.st_mtime_ns:
                os.truncate(file, stat.st_size // 2)


def _place(path: object) -> str | None:
    """The absolute path of what a call is about: given as such, or as a handle."""
    try:
        return os.readlink(f"/proc/self/fd/{path}") if isinstance(path, int) else os.path.abspath(os.fspath(path))  # type: ignore[call-overload, no-any-return]
    except (OSError, TypeError):
        return None


def _changes_nothing(call: str, place: str) -> bool:
    """Calls that only make sure: a folder that is there already, a file that is gone already, rights that are set already."""
    if call == "mkdir":
        return os.path.isdir(place)
    return call in ("unlink", "remove", "rmdir", "chmod") and not os.path.lexists(place)


def _beside(fault: Fault, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Any, *args: Any, **options: Any) -> Any:
        handle = options.get("dir_fd")
        fault.meet(name, path if handle is None else f"{_place(handle)}/{os.fsdecode(path)}")
        return original(path, *args, **options)

    return call


def _opening(fault: Fault, original: Callable[..., Any]) -> Callable[..., Any]:
    def call(file: Any, mode: str = "r", *args: Any, **options: Any) -> Any:
        if set(mode) & set("wax+"):
            fault.meet("open", file)
        return original(file, mode, *args, **options)

    return call


@contextmanager
def watch(fault: Fault) -> Iterator[Fault]:
    """Let every file call of this process meet the fault."""
    before = {name: getattr(os, name) for name in CALLS} | {"copyfile": shutil.copyfile, "open": io.open}
    try:
        for name in CALLS:
            setattr(os, name, _beside(fault, name, before[name]))
        copy = before["copyfile"]

        def copyfile(source: Any, target: Any, **options: Any) -> Any:
            fault.meet("copyfile", target)
            return copy(source, target, **options)

        shutil.copyfile = copyfile
        builtins.open = io.open = _opening(fault, before["open"])  # type: ignore[assignment]
        yield fault
    finally:
        for name in CALLS:
            setattr(os, name, before[name])
        shutil.copyfile = before["copyfile"]
        builtins.open = io.open = before["open"]  # type: ignore[assignment]


def limit_files(size: int) -> None:
    """Let no file of this process grow beyond `size` bytes, whoever writes it: what a full disk does to native code."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
