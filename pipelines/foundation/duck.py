"""A DuckDB connection: laying out tables for statements, and bounds: what takes too long is interrupted, so that it can be told.

Belongs here: what holds for any statement. Does not belong here: what is told of it.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa


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


def lay_out(con: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Make tables known under their qualified names, then run what the checks of a folder compute with (its files `_*.sql`)."""
    for name, table in tables.items():
        con.execute(f"create schema if not exists {name.partition('.')[0]}")
        con.register("uebergabe", table)
        con.execute(f"create or replace table {name} as from uebergabe")
        con.unregister("uebergabe")
    for file in sorted(folder.glob("_*.sql")):
        con.execute(file.read_text(encoding="utf-8"))
