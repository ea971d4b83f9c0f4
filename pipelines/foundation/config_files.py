"""The configuration as one refresh sees it: all its files are read at the start, and nobody asks the disk again.

Belongs here: bytes, time and existence of configuration files, those of the snapshot while there is one, else those on the disk.
Does not belong here: what a file says, deliveries (a file of theirs is known by its checksum). Who edits a file while a refresh
runs gets neither half of it: the next refresh takes it as news.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".yaml", ".yml", ".csv", ".geojson")
SHARED = "referenz"
State = tuple[int, int]  # size, time of change


@dataclass(frozen=True)
class _Snapshot:
    """`other` are paths of such names that are no readable file: whoever reads them is told so by the disk."""

    root: Path
    files: dict[Path, tuple[bytes, State]]
    other: frozenset[Path]

    def knows(self, path: Path) -> bool:
        """Whether the snapshot and not the disk says what is there."""
        return is_configuration(path, self.root) and path not in self.other


_taken: list[_Snapshot] = []


def is_configuration(path: Path, root: Path) -> bool:
    """Whether a path below raw/ is one of the configuration: beside the deliveries' folders, or anywhere in referenz/."""
    if path.suffix not in SUFFIXES or not path.is_relative_to(root):
        return False
    parts = path.relative_to(root).parts
    return len(parts) == 2 or (len(parts) > 2 and parts[0] == SHARED)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


@contextmanager
def one_state(raw: Path) -> Iterator[None]:
    """Read all configuration below raw/ now, and answer from that until the end. Inside another one the outer one counts."""
    if _taken:
        yield
        return
    root = _absolute(raw)
    files, other = dict[Path, tuple[bytes, State]](), set[Path]()
    for path in (p for p in root.rglob("*") if is_configuration(p, root)):
        try:
            files[path] = (path.read_bytes(), _disk_state(path)) if path.is_file() else _refuse(path)
        except OSError:
            other.add(path)
    _taken.append(_Snapshot(root, files, frozenset(other)))
    try:
        yield
    finally:
        _taken.clear()


def _refuse(path: Path) -> tuple[bytes, State]:
    raise IsADirectoryError(path)


def _disk_state(path: Path) -> State:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _known(path: Path) -> tuple[bytes, State] | None:
    """What the snapshot has of a file; None if the disk is to be asked. Raises: FileNotFoundError if it was not there."""
    if not has_snapshot_of(path):
        return None
    try:
        return _taken[0].files[_absolute(path)]
    except KeyError:
        raise FileNotFoundError(path) from None


def has_snapshot_of(path: Path) -> bool:
    """Whether the snapshot says what is there: then it is a readable file, or nothing."""
    return bool(_taken) and _taken[0].knows(_absolute(path))


def read_bytes(path: Path) -> bytes:
    """Raises: OSError, as reading a file does."""
    known = _known(path)
    return path.read_bytes() if known is None else known[0]


def read_text(path: Path, newline: str | None = None) -> str:
    r"""Text of a UTF-8 file with or without BOM; every end of a line is `\n`, unless `newline` is "" (as they are).

    Raises: OSError, UnicodeDecodeError.
    """
    text = read_bytes(path).decode("utf-8-sig")
    return text if newline == "" else text.replace("\r\n", "\n").replace("\r", "\n")


def state(path: Path) -> State:
    """Size and time of change. Raises: OSError."""
    known = _known(path)
    return _disk_state(path) if known is None else known[1]


def is_there(path: Path) -> bool:
    """Whether there is something of this name."""
    try:
        return path.exists() if _known(path) is None else True
    except FileNotFoundError:
        return False


def listed(raw: Path, pattern: str) -> list[Path]:
    """Configuration files below a folder that match, in order."""
    if not _taken or not _absolute(raw).is_relative_to(_taken[0].root):
        return sorted(raw.glob(pattern))
    folder, depth = _absolute(raw), pattern.count("/") + 1
    inside = [p.relative_to(folder) for p in (*_taken[0].files, *_taken[0].other) if p.is_relative_to(folder)]
    return sorted(raw / p for p in inside if p.match(pattern) and len(p.parts) == depth)
