"""A query of the published file as rows.

Belongs here: how a row is handed over. Does not belong here: any query (load.py and the parts).
"""

from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile


def zeilen(con: duckdb.DuckDBPyConnection, sql: str, *werte: Any) -> list[Zeile]:
    """Rows of a query as dictionaries."""
    ergebnis = con.execute(sql, list(werte))
    namen = [d[0] for d in ergebnis.description]
    return [dict(zip(namen, z, strict=True)) for z in ergebnis.fetchall()]
