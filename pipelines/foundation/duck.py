"""Bounds of a DuckDB connection: what takes too long is interrupted, so that it can be told.

Belongs here: what holds for any statement. Does not belong here: what is told of it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


@contextmanager
def interrupted_after(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt what a connection does after so many seconds (duckdb.InterruptException)."""
    timer = threading.Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
