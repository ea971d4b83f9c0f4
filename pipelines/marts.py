"""SQL files → tables: each statement below sql/bevoelkerung, sql/geheimhaltung and sql/marts is one table and one asset.

Belongs here: finding the files, reading dependencies and column lineage from the SQL, running a statement. Does not
belong here: what a table says (the SQL) and the Dagster asset around it (definitions.py).
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

from pipelines.ablage import SQL, WURZEL, Ablage, pfadliste, sqltext
from pipelines.ausgelassen import Auswahl, auswahl_jetzt, ohne_schuldige

ORDNER = ("bevoelkerung", "geheimhaltung", "marts")


@dataclass(frozen=True)
class Schritt:
    """One table made by one SQL file. `schema`.`name` is its key; the first comment line is its description."""

    schema: str
    name: str
    datei: Path

    @cached_property
    def text(self) -> str:
        return self.datei.read_text(encoding="utf-8").rstrip().rstrip(";")

    @property
    def beschreibung(self) -> str:
        return self.text.splitlines()[0].removeprefix("--").strip()

    @cached_property
    def quellen(self) -> list[tuple[str, str]]:
        return tabellen_in(self.text)


@lru_cache(maxsize=1024)
def _tabellen_in(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        dict.fromkeys((t.db, t.name) for t in sqlglot.parse_one(text, read="duckdb").find_all(exp.Table) if t.db)
    )


def tabellen_in(text: str) -> list[tuple[str, str]]:
    """(schema, table) of every qualified table a statement reads, in order of first appearance."""
    return list(_tabellen_in(text))


def schritte() -> list[Schritt]:
    """All SQL steps. Files that begin with `_` are helpers; below sql/marts a folder is a schema of its own."""
    alle = []
    for ordner in ORDNER:
        for datei in sorted((SQL / ordner).rglob("*.sql")):
            if datei.name.startswith("_"):
                continue
            schema = datei.parent.name if datei.parent != SQL / ordner else ordner
            alle.append(Schritt(schema, datei.stem, datei))
    return alle


def registriere(ablage: Ablage, con: object, quellen: list[tuple[str, str]], auswahl: Auswahl | None = None) -> None:
    """Make each `schema.table` readable as a view over its Parquet files, of the municipalities in `auswahl`.

    Without `auswahl` those are all but the ones left out of this build. Raises: FileNotFoundError naming the table if it has
    never been written.
    """
    bedingung = (auswahl or auswahl_jetzt(ablage)).bedingung()
    for schema, name in quellen:
        dateien = ablage.quelle(schema, name)
        if not dateien:
            raise FileNotFoundError(f"Die Tabelle {schema}.{name} gibt es noch nicht; zuerst materialisieren.")
        con.execute(f"create schema if not exists {schema}")  # type: ignore[attr-defined]
        con.execute(  # type: ignore[attr-defined]
            f"create or replace view {schema}.{name} as from read_parquet({pfadliste(dateien)}, union_by_name=true)"
            + (f" where {bedingung}" if bedingung and "kommune" in pq.read_schema(dateien[0]).names else "")
        )


def fuehre_aus(ablage: Ablage, schritt: Schritt) -> int:
    """Run one step and write its Parquet file; returns the number of rows."""
    return fuehre_text_aus(ablage, schritt.schema, schritt.name, schritt.text, schritt.quellen)


def fuehre_text_aus(ablage: Ablage, schema: str, name: str, text: str, quellen: list[tuple[str, str]]) -> int:
    """Run a statement over the tables it reads and write its result as `schema.name`; returns the number of rows.

    Municipalities with whose rows it fails are left out of it and of the rest of the build (ausgelassen.py).
    """
    ziel = ablage.tabelle(schema, name)

    def rechne(auswahl: Auswahl, versuch: bool) -> int:
        with ablage.arbeitsdatenbank() as con:
            for ordner in ("geheimhaltung", "marts"):
                con.execute((SQL / ordner / "_makros.sql").read_text(encoding="utf-8"))
            registriere(ablage, con, quellen, auswahl)
            if versuch:
                con.execute(f"create or replace table versuch as {text}")
                return 0
            with ablage.neu(ziel) as neu:
                con.execute(f"copy ({text}) to {sqltext(neu)} (format parquet, compression zstd)")
            return int(con.execute(f"select count(*) from read_parquet({pfadliste([ziel])})").fetchall()[0][0])

    return ohne_schuldige(ablage, f"{schema}.{name}", rechne)


def spalten_je_tabelle(ablage: Ablage, quellen: list[tuple[str, str]]) -> dict[str, Any]:
    """Column names and types of the tables a step reads, as sqlglot wants them."""
    schema: dict[str, Any] = {}
    for db, name in quellen:
        felder = pq.read_schema(ablage.quelle(db, name)[0])
        schema.setdefault(db, {})[name] = {f.name: str(f.type) for f in felder}
    return schema


GEMERKT_HOECHSTENS = 8  # states of one step: data folders differ in the types of empty columns


def _merkort(ablage: Ablage, schritt: Schritt) -> Path:
    """Folder for what was found out about a step. It holds names of columns only, so all data folders share it."""
    ordner = WURZEL / ".dagster" / "spaltenherkunft" / f"{schritt.schema}.{schritt.name}"
    try:
        (WURZEL / ".dagster").mkdir(exist_ok=True, mode=0o700)
        ordner.mkdir(parents=True, exist_ok=True)
    except OSError:  # the code lies where nobody may write
        ordner = ablage.intern / "stand" / "spaltenherkunft" / ordner.name
        ordner.mkdir(parents=True, exist_ok=True)
    return ordner


def herkunft_der_spalten(ablage: Ablage, schritt: Schritt) -> dict[str, list[tuple[str, str, str]]]:
    """For every column of a step's result the (schema, table, column) it comes from.

    Found out once for a statement and the columns it reads, then remembered: it takes longer than the statement itself.
    """
    schema = spalten_je_tabelle(ablage, schritt.quellen)
    kennung = hashlib.sha256(json.dumps([schritt.text, schema]).encode()).hexdigest()
    datei = _merkort(ablage, schritt) / f"{kennung[:16]}.json"
    if datei.exists():
        bekannt = json.loads(datei.read_text(encoding="utf-8"))
        if bekannt["kennung"] == kennung:
            return {spalte: [tuple(b) for b in blaetter] for spalte, blaetter in bekannt["herkunft"].items()}
    herkunft = _herkunft(schritt, schema)
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps({"kennung": kennung, "herkunft": herkunft}), encoding="utf-8")
    for alt in sorted(datei.parent.glob("*.json"), key=lambda p: p.stat().st_mtime)[:-GEMERKT_HOECHSTENS]:
        alt.unlink(missing_ok=True)
    return herkunft


def _herkunft(schritt: Schritt, schema: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    # Qualified once for all columns: doing it for each column costs seconds.
    baum = qualify(
        sqlglot.parse_one(schritt.text, read="duckdb"), schema=schema, dialect="duckdb", validate_qualify_columns=False
    )
    umfang = build_scope(baum)
    assert isinstance(baum, exp.Query)
    herkunft: dict[str, list[tuple[str, str, str]]] = {}
    for spalte in baum.named_selects:
        blaetter = []
        for knoten in lineage(spalte, baum, schema=schema, dialect="duckdb", scope=umfang, copy=False).walk():
            if not knoten.downstream and isinstance(knoten.source, exp.Table) and knoten.source.db:
                name = knoten.name.rsplit(".", 1)[-1].strip('"')
                blaetter.append((knoten.source.db, knoten.source.name, name))
        herkunft[spalte] = sorted(set(blaetter))
    return herkunft
