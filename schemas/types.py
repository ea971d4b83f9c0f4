"""The types of the vocabulary in the words of every library that meets them: one map.

Belongs here: DuckDB type → Arrow, pandas, polars. Does not belong here: which column has which type (schemas/spalten).
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import pyarrow as pa

from schemas.model import Tabelle

ARROW: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "SMALLINT": pa.int16(), "TINYINT": pa.int8(),
    "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_(), "DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
    "STRUCT(name VARCHAR, bis DATE)[]": pa.list_(pa.struct([("name", pa.string()), ("bis", pa.date32())])),
    "STRUCT(schwere VARCHAR, thema VARCHAR, text VARCHAR)[]": pa.list_(
        pa.struct([("schwere", pa.string()), ("thema", pa.string()), ("text", pa.string())])
    ),
}  # fmt: skip
# Nullable types: a missing count stays missing instead of becoming a float.
PANDAS = {
    "VARCHAR": "str",
    "BIGINT": "Int64",
    "SMALLINT": "Int64",
    "TINYINT": "Int64",
    "DOUBLE": "float64",
    "BOOLEAN": "boolean",
}


@cache
def polars_types() -> dict[str, Any]:
    """DuckDB type → polars type; the import costs what only persons in chunks need."""
    import polars as pl

    return {"VARCHAR": pl.String, "BIGINT": pl.Int64, "SMALLINT": pl.Int16, "TINYINT": pl.Int8, "DOUBLE": pl.Float64,
            "BOOLEAN": pl.Boolean, "DATE": pl.Date}  # fmt: skip


def arrow_schema(tabelle: Tabelle) -> pa.Schema:
    """The columns of a table as Arrow knows them."""
    return pa.schema([(s.name, ARROW[s.typ]) for s in tabelle.spalten])


def arrow_schemata(tabellen: Iterable[Tabelle], *namen: str) -> dict[str, dict[str, pa.DataType]]:
    """Table name → column → type, of the named ones among these tables."""
    je_name = {t.name: t for t in tabellen}
    return {n: {s.name: ARROW[s.typ] for s in je_name[n].spalten} for n in namen}
