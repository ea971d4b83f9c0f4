"""No table is made with a column that nobody declared: every statement is asked what it would make, over empty tables.

Belongs here: names and types of what steps make, against the vocabulary. Does not belong here: values (steps/checks.py).
"""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.indikatoren.steps import CATALOGUE_STEPS, CatalogueStep
from pipelines.refresh.plan import plan
from pipelines.stamm.tables.write import STAMMTABELLEN
from pipelines.steps.sql_step import SqlStep, sql_steps
from schemas.model import Spalte
from schemas.spalten.look_up import THEMES
from schemas.tabellen.registry import DECLARED, GEHEIM, INTERN, TABELLEN


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Every declared table, without rows."""
    with duckdb.connect() as con:
        for table in DECLARED.values():
            columns = ", ".join(f'"{s.name}" {s.typ}' for s in table.spalten)
            con.execute(f"create schema if not exists {table.schema}; create table {table.voll} ({columns})")
        load_macros(con)
        yield con


@pytest.mark.parametrize("step", [*sql_steps(), *CATALOGUE_STEPS], ids=lambda s: f"{s.schema}.{s.name}")
def test_a_statement_makes_the_declared_columns(
    empty: duckdb.DuckDBPyConnection, step: SqlStep | CatalogueStep
) -> None:
    text = step.text if isinstance(step, SqlStep) else step.statement(Ablage(WURZEL / "data"))
    made = [(name, typ) for name, typ, *_ in empty.execute(f"describe {text}").fetchall()]
    assert made == [(s.name, s.typ) for s in DECLARED[f"{step.schema}.{step.name}"].spalten]


def test_every_table_is_declared_once() -> None:
    assert {f"{s.schema}.{s.name}" for s in plan()} <= {*DECLARED}
    assert {f"stamm.{name}" for name in STAMMTABELLEN} == {name for name in INTERN if name.startswith("stamm.")}
    assert {*TABELLEN} & {*INTERN} == set()
    assert {t.schema for t in GEHEIM} == {"eingang", "bevoelkerung"}


def test_a_name_that_two_themes_declare_says_so() -> None:
    """`override` stands beside every later declaration of a name with another meaning, and nowhere else."""
    first: dict[str, Spalte] = {}
    silent, idle = [], []
    for theme, columns in sorted(THEMES.items(), key=lambda t: (t[0] != "common", t[0] != "konzept", t[0] == "intern")):
        for column in columns.values():
            known = first.setdefault(column.name, column)
            if known != column and not column.overrides:
                silent.append(f"{theme}:{column.name}")
            if known is column and column.overrides:
                idle.append(f"{theme}:{column.name}")
    assert silent == []
    assert idle == []
