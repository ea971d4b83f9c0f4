"""What both readers of files are tested through."""

from pathlib import Path
from typing import Any

import pytest

from pipelines.eingang.grid.workbook import Csvform, Mappe, read_workbook
from tests.lib.grid_files import KLEIN, Lies


@pytest.fixture
def read(tmp_path: Path) -> Lies:
    """Read a file of these bytes or this text."""

    def read_grid(inhalt: bytes | str, name: str = "tabelle.csv", **werte: Any) -> Mappe:
        pfad = tmp_path / name
        pfad.write_bytes(inhalt if isinstance(inhalt, bytes) else inhalt.encode())
        gross_ab = werte.pop("gross_ab", KLEIN)
        blaetter = werte.pop("blaetter", None)
        return read_workbook(pfad, tmp_path, Csvform(**werte), blaetter, gross_ab)

    return read_grid
