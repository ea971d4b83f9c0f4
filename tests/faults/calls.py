"""Fails the n-th file call below a data folder, or ends the process there: as `kill -9` does, or as if the power failed.

Two ways the power may fail: what was written and not flushed is half gone; and (`renames`) a new name in the public folder is
gone as well whose folder was not flushed since, while all that came later stays.

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
RENAMES = ("replace", "rename", "link")
_RENAME = os.rename
CALLS = ("replace", "rename", "unlink", "remove", "fsync", "link", "mkdir", "rmdir", "chmod")


@dataclass
class Fault:
    """Counts the file calls below `folder`; at number `at` it raises OSError(`code`), or kills if there is no code.

    `every`: after `at` every so-many-th call fails, too; 1: all of them, as on a disk that stays full.
    """

    folder: Path
    at: int = 0
    code: int | None = None
    power: bool = False  # whether the power fails: what was written and not flushed since is half gone
    every: int = 0
    renames: bool = False  # whether the power takes new names in the public folder, too
    count: int = 0
    hits: int = 0
    since: int = field(default_factory=time.time_ns)
    # inode → change time and size of the content when it was flushed; what follows at once has the same time
    flushed: dict[int, tuple[int, int]] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)
    names: dict[Path, tuple[Path, Path | None]] = field(
        default_factory=dict
    )  # new name → earlier one, what it named before

    def meet(self, call: str, path: object, target: object = None) -> None:
        """Count one call; fail it if it is its turn."""
        place = _place(path)
        if place is None or not place.startswith(str(self.folder)) or _changes_nothing(call, place):
            return
        self.count += 1
        self.trace.append(f"{call} {place.removeprefix(str(self.folder)).lstrip('/')}")
        if not self._is_turn():
            if call == "fsync":
                self._remember(path)
                self.names = {n: v for n, v in self.names.items() if str(n.parent) != place}
            elif call in RENAMES and target is not None:
                self._note_name(Path(place), Path(str(target)))
            return
        self.hits += 1
        self.strike(place)

    def _is_turn(self) -> bool:
        passed = self.count - self.at
        return self.at > 0 and (passed == 0 or (passed > 0 and self.every > 0 and passed % self.every == 0))

    def strike(self, place: str) -> None:
        """What happens at the call whose turn it is."""
        if self.power:
            lose_unflushed(self.folder, self.folder, self.since, self.flushed)
        if self.renames:
            lose_names(self.folder, self.folder, self.names)
        if self.code is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise OSError(self.code, os.strerror(self.code), place)

    def _remember(self, path: object) -> None:
        stat = os.fstat(path) if isinstance(path, int) else os.stat(str(path))
        self.flushed[stat.st_ino] = (stat.st_mtime_ns, stat.st_size)

    def _note_name(self, source: Path, target: Path) -> None:
        """Keep what a name in the public folder stood for, until its folder is flushed."""
        if not target.is_relative_to(self.folder / "marts") or target in self.names:
            return
        before = None
        if target.is_file():
            before = self.folder.parent / "frueher" / str(len(self.names)) / target.name
            before.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target, before)
        self.names[target] = (source, before)


def lose_names(folder: Path, target: Path, names: dict[Path, tuple[Path, Path | None]]) -> None:
    """Take new names back whose folder was not flushed since: what has them bears its earlier name again; in `target`, a copy."""
    for name, (earlier, before) in reversed(names.items()):
        now = target / name.relative_to(folder)
        if not now.exists():
            continue
        _RENAME(now, target / earlier.relative_to(folder))
        if before is not None:
            shutil.copy2(before, now)


def lose_unflushed(folder: Path, target: Path, since: int, flushed: dict[int, tuple[int, int]]) -> None:
    """Cut every file in half that was written since the start and not flushed after its last change; in `target`, a copy."""
    for file in folder.rglob("*"):
        stat = file.lstat()
        if not S_ISREG(stat.st_mode) or stat.st_mtime_ns < since or DATABASES in file.parts:
            continue
        if flushed.get(stat.st_ino) != (stat.st_mtime_ns, stat.st_size):
            os.truncate(target / file.relative_to(folder), stat.st_size // 2)


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
        target = args[0] if name in RENAMES and args else None
        fault.meet(name, path if handle is None else f"{_place(handle)}/{os.fsdecode(path)}", target)
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
