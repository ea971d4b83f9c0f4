"""SQL files that are checks: which there are in a folder, and what their headers say.

Belongs here: names and headers, so that a configuration may name a check without knowing who runs it. Does not belong here:
running one (steps/checks.py, eingang/tabelle/checks.py, eingang/massnahmen/checks.py, eingang/open_sdg/check_folder.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.foundation.findings import Schwere
from pipelines.foundation.storage import SQL

CHECKS = SQL / "pruefungen"
_HEADER = re.compile(r"^-- (titel|asset|schwere|erwartet|sperrt): (.+)$", re.MULTILINE)
_NEEDED = ("titel", "schwere", "erwartet")


@dataclass(frozen=True)
class CheckFile:
    """One statement and what its header says; `more` holds the keys that only some checks have (asset, sperrt)."""

    name: str
    text: str
    titel: str
    schwere: Schwere
    erwartet: str
    more: dict[str, str]


def check_names(folder: Path) -> list[str]:
    """Names of the checks in a folder, in order. Files that begin with `_` are what checks compute with."""
    return [file.stem for file in sorted(folder.glob("[!_]*.sql"))]


def read_check_files(folder: Path, needed: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> Iterator[CheckFile]:
    """All checks of a folder, by name; `needed` and `allowed` are header keys besides titel, schwere and erwartet.

    Raises: ValueError for a file whose header lacks a key or has one that is not for this folder.
    """
    for name in check_names(folder):
        text = (folder / f"{name}.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
        header = dict(_HEADER.findall(text))
        if set(header) - set(allowed) != {*_NEEDED, *needed}:
            raise ValueError(f"{name}.sql: the header needs {', '.join((*_NEEDED, *needed))}")
        more = {key: value for key, value in header.items() if key not in _NEEDED}
        yield CheckFile(name, text, header["titel"], Schwere(header["schwere"]), header["erwartet"], more)
