"""Checksums: of anything, of files as they are now, of the code itself.

Belongs here: what is known again by its bytes. Does not belong here: what a delivery or a build depends on
(eingang/lieferung/fingerprint.py, steps/unchanged.py, refresh/build_state.py).
"""

import hashlib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from pipelines.foundation.storage import SQL, WURZEL


def checksum(teile: Iterable[bytes]) -> str:
    pruefsumme = hashlib.sha256()
    for teil in teile:
        pruefsumme.update(hashlib.sha256(teil).digest())
    return pruefsumme.hexdigest()


@cache
def codeversion() -> str:
    """Checksum of the code and SQL that turn a delivery into marts."""
    dateien = sorted([*(WURZEL / "pipelines").rglob("*.py"), *(WURZEL / "schemas").rglob("*.py"), *SQL.rglob("*.sql")])
    return checksum(str(d.relative_to(WURZEL)).encode() + d.read_bytes() for d in dateien)


def file_checksum(datei: Path) -> str:
    """SHA-256 of a table's file. Such a file is only ever replaced: the same inode of the same age is the same file."""
    stand = datei.stat()
    return _file_checksum(datei, (stand.st_dev, stand.st_ino, stand.st_size, stand.st_mtime_ns))


@lru_cache(maxsize=4096)
def _file_checksum(datei: Path, _stand: tuple[int, int, int, int]) -> str:
    return read_checksum(datei)


def read_checksum(datei: Path) -> str:
    """SHA-256 of a file, read anew each time."""
    with datei.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
