"""One connection for the checks of a file."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.lib.lieferung_checks import Pruefer


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as verbindung:
        yield verbindung


@pytest.fixture
def check(con: duckdb.DuckDBPyConnection) -> Pruefer:
    return Pruefer(con)
