"""Files read as sheets of cells, and the one finding a refused file gets.

Belongs here: writing such a file, reading it back. Does not belong here: what its cells mean (lieferung_checks.py).
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from pipelines.eingang.grid.workbook import Mappe
from pipelines.foundation.findings import LieferungAbgewiesen, Schwere

KLEIN, GROSS = 10**12, 0
VIELE = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Lies = Callable[..., Mappe]


def befund(read: Lies, inhalt: bytes | str, name: str = "tabelle.csv", **werte: Any) -> Any:
    """The one finding a refused file gets."""
    with pytest.raises(LieferungAbgewiesen) as abgewiesen:
        read(inhalt, name, **werte)
    (einer,) = abgewiesen.value.befunde
    assert einer.schwere is Schwere.fehler
    return einer
