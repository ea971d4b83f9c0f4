"""A query of the published file as rows.

Belongs here: how a row is handed over. Does not belong here: any query (load.py and the parts).
"""

from typing import Any

import duckdb

from pipelines.foundation.storage import sql
from pipelines.veroeffentlichung.bericht.content import Zeile


def rows_of(con: duckdb.DuckDBPyConnection, name: str, **werte: Any) -> list[Zeile]:
    """Rows of a statement below sql/queries/veroeffentlichung/bericht, with the values it names."""
    return _as_dicts(con.execute(sql(f"queries/veroeffentlichung/bericht/{name}"), werte))


def zeilen(con: duckdb.DuckDBPyConnection, frage: str, *werte: Any) -> list[Zeile]:
    """Rows of a query as dictionaries."""
    return _as_dicts(con.execute(frage, list(werte)))


def _as_dicts(ergebnis: duckdb.DuckDBPyConnection) -> list[Zeile]:
    namen = [d[0] for d in ergebnis.description or []]
    return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]
