"""SQL files → tables: a file below sql/<schema> is one table of that schema and one asset.

Belongs here: finding the files, reading dependencies from the SQL, running a statement. Does not belong here: what a table says
(the SQL), where its columns come from (lineage.py) and the Dagster asset around it (orchestration).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from pipelines.foundation.macros import load_macros, macro_tables
from pipelines.foundation.storage import SQL, Ablage, pfadliste, sqltext
from pipelines.steps.inputs import resting_on
from pipelines.steps.left_out import Auswahl, auswahl_jetzt, ohne_schuldige
from pipelines.steps.step import Name, Step, Written

# Schemas whose tables are files. Below them a folder is a theme: it means nothing to the program.
SCHEMAS = ("bevoelkerung", "geheimhaltung", "marts", "dim", "protokoll")
QUALIFIED = re.compile(r"\w+\.\w+")


@dataclass(frozen=True)
class SqlStep(Step):
    """One table made by one SQL file; the first comment line is its description, up to its grain."""

    schema: str
    name: str
    datei: Path
    doing: str = "SQL ausführen"
    kinds: frozenset[str] = frozenset({"duckdb", "sql"})

    @cached_property
    def text(self) -> str:
        return self.datei.read_text(encoding="utf-8").rstrip().rstrip(";")

    @property
    def beschreibung(self) -> str:
        return self.text.splitlines()[0].removeprefix("--").split(" Grain:")[0].strip()

    @property
    def reads(self) -> tuple[Name, ...]:
        return tables_in(self.text)

    def rests_on(self, ablage: Ablage) -> str:
        return resting_on(ablage, self.reads)

    def write(self, ablage: Ablage) -> Written:
        return Written(run_statement(ablage, self.schema, self.name, self.text, self.reads), {})


@lru_cache(maxsize=1024)
def tables_in(text: str) -> tuple[Name, ...]:
    """(schema, table) of every qualified table a statement reads, in order of first appearance, then those its macros read.

    A table that a macro is told by name (`in_every_gebiet('bevoelkerung.wuerfel')`) is the statement's own.
    """
    return find_tables(sqlglot.parse_one(text, read="duckdb"))


def find_tables(tree: exp.Expr) -> tuple[Name, ...]:
    """The same of a statement or a query within one that is parsed already."""
    calls = [c for c in tree.find_all(exp.Anonymous) if str(c.this).lower() in macro_tables()]
    told = [a.name.partition(".") for c in calls for a in c.expressions if QUALIFIED.fullmatch(a.name)]
    own = [(t.db, t.name) for t in tree.find_all(exp.Table) if t.db] + [(schema, name) for schema, _, name in told]
    called = sorted({str(c.this).lower() for c in calls})
    return tuple(dict.fromkeys([*own, *(table for name in called for table in macro_tables()[name])]))


@cache
def sql_steps() -> tuple[SqlStep, ...]:
    """All SQL steps, by schema and name."""
    files = {schema: sorted((SQL / schema).rglob("*.sql"), key=lambda f: f.stem) for schema in SCHEMAS}
    return tuple(SqlStep(schema, file.stem, file) for schema in SCHEMAS for file in files[schema])


def register_views(ablage: Ablage, con: object, quellen: Iterable[Name], auswahl: Auswahl | None = None) -> None:
    """Make each `schema.table` readable as a view over its Parquet files, of the municipalities in `auswahl`.

    Without `auswahl` those are all but the ones left out of this build. Raises: FileNotFoundError naming the table if it has
    never been written.
    """
    bedingung = (auswahl or auswahl_jetzt(ablage)).bedingung()
    anweisungen: dict[str, None] = {}
    for schema, name in quellen:
        dateien = ablage.quelle(schema, name)
        if not dateien:
            raise FileNotFoundError(f"Die Tabelle {schema}.{name} gibt es noch nicht; zuerst materialisieren.")
        wo = f" where {bedingung}" if bedingung and "kommune" in pq.read_schema(dateien[0]).names else ""
        view = (
            f"create or replace view {schema}.{name} as from read_parquet({pfadliste(dateien)}, union_by_name=true){wo}"
        )
        anweisungen |= dict.fromkeys((f"create schema if not exists {schema}", view))
    if anweisungen:
        con.execute("; ".join(anweisungen))  # type: ignore[attr-defined]


def run_statement(ablage: Ablage, schema: str, name: str, text: str, quellen: Iterable[Name]) -> int:
    """Run a statement over the tables it reads and write its result as `schema.name`; returns the number of rows.

    Municipalities with whose rows it fails are left out of it and of the rest of the build (left_out.py).
    """
    ziel = ablage.tabelle(schema, name)

    def compute(auswahl: Auswahl, versuch: bool) -> int:
        with ablage.arbeitsdatenbank() as con:
            load_macros(con, [text])
            register_views(ablage, con, quellen, auswahl)
            if versuch:
                con.execute(f"create or replace table versuch as {text}")
                return 0
            with ablage.neu(ziel) as neu:
                con.execute(f"copy ({text}) to {sqltext(neu)} (format parquet, compression zstd)")
            return int(con.execute(f"select count(*) from read_parquet({pfadliste([ziel])})").fetchall()[0][0])

    return ohne_schuldige(ablage, f"{schema}.{name}", compute)
