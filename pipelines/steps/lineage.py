"""Where each column of a table comes from, read from its SQL and remembered: finding it out takes longer than the statement.

Belongs here: column lineage. Does not belong here: showing it (orchestration/metadata.py).
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.steps.sql_step import SqlStep
from pipelines.steps.step import Name
from pipelines.steps.table_macros import expand


def spalten_je_tabelle(ablage: Ablage, quellen: Iterable[Name]) -> dict[str, Any]:
    """Column names and types of the tables a step reads, as sqlglot wants them."""
    schema: dict[str, Any] = {}
    for db, name in quellen:
        felder = pq.read_schema(ablage.quelle(db, name)[0])
        schema.setdefault(db, {})[name] = {f.name: str(f.type) for f in felder}
    return schema


GEMERKT_HOECHSTENS = 8  # states of one step: data folders differ in the types of empty columns


def _merkort(ablage: Ablage, schritt: SqlStep) -> Path:
    """Folder for what was found out about a step. It holds names of columns only, so all data folders share it."""
    ordner = WURZEL / ".dagster" / "spaltenherkunft" / f"{schritt.schema}.{schritt.name}"
    try:
        (WURZEL / ".dagster").mkdir(exist_ok=True, mode=0o700)
        ordner.mkdir(parents=True, exist_ok=True)
    except OSError:  # the code lies where nobody may write
        ordner = ablage.intern / "stand" / "spaltenherkunft" / ordner.name
        ordner.mkdir(parents=True, exist_ok=True)
    return ordner


class Quellspalte(NamedTuple):
    """A column of a table that another one comes from."""

    schema: str
    tabelle: str
    spalte: str


def herkunft_der_spalten(ablage: Ablage, schritt: SqlStep) -> dict[str, list[Quellspalte]]:
    """For every column of a step's result those it comes from.

    Found out once for a statement and the columns it reads, then remembered: it takes longer than the statement itself.
    """
    schema = spalten_je_tabelle(ablage, schritt.reads)
    kennung = hashlib.sha256(json.dumps([schritt.text, schema]).encode()).hexdigest()
    datei = _merkort(ablage, schritt) / f"{kennung[:16]}.json"
    bekannt = read_state(datei, None, ("kennung", "herkunft"))
    if bekannt is not None and bekannt["kennung"] == kennung:
        return {spalte: [Quellspalte(*b) for b in blaetter] for spalte, blaetter in bekannt["herkunft"].items()}
    herkunft = _herkunft(schritt, schema)
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps({"kennung": kennung, "herkunft": herkunft}), encoding="utf-8")
    for alt in sorted(datei.parent.glob("*.json"), key=lambda p: p.stat().st_mtime)[:-GEMERKT_HOECHSTENS]:
        alt.unlink(missing_ok=True)
    return herkunft


def _herkunft(schritt: SqlStep, schema: dict[str, Any]) -> dict[str, list[Quellspalte]]:
    # Qualified once for all columns: doing it for each column costs seconds.
    baum = qualify(
        expand(sqlglot.parse_one(schritt.text, read="duckdb")),
        schema=schema,
        dialect="duckdb",
        validate_qualify_columns=False,
    )
    umfang = build_scope(baum)
    assert isinstance(baum, exp.Query)
    herkunft: dict[str, list[Quellspalte]] = {}
    for spalte in baum.named_selects:
        blaetter = []
        for knoten in lineage(spalte, baum, schema=schema, dialect="duckdb", scope=umfang, copy=False).walk():
            if not knoten.downstream and isinstance(knoten.source, exp.Table) and knoten.source.db:
                name = knoten.name.rsplit(".", 1)[-1].strip('"')
                blaetter.append(Quellspalte(knoten.source.db, knoten.source.name, name))
        herkunft[spalte] = sorted(set(blaetter))
    return herkunft
