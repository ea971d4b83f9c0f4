"""Macros that are tables, written out where a statement uses them, so that columns can be followed through them.

Belongs here: replacing `from newest_zeilen('eingang.massnahme_haushalt')` by the macro's own statement. Does not belong here:
running a statement, which the database does with the macro as it is (sql_step.py).
"""

import re
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

from pipelines.foundation.macros import macros

_MACRO = re.compile(r"create or replace temp macro (\w+)\(([^)]*)\)\s+as table\b(.*?);", re.DOTALL)
_DEFAULT = re.compile(r"(\w+)(?: := '([^']*)')?")


@dataclass(frozen=True)
class TableMacro:
    """A macro's parameters with their defaults, and its statement."""

    defaults: dict[str, str | None]
    statement: str

    def written_out(self, values: list[str]) -> exp.Query:
        """The statement with these values for its first parameters: tables by name, else texts."""
        given = dict(zip(self.defaults, values, strict=False))
        bound = {name: given.get(name, default) for name, default in self.defaults.items()}
        tree = sqlglot.parse_one(self.statement, read="duckdb")
        assert isinstance(tree, exp.Query)
        for table in list(tree.find_all(exp.Table)):
            if isinstance(table.this, exp.Anonymous) and table.this.name == "query_table":
                name = bound[table.this.expressions[0].name]
                assert name is not None
                alias = table.alias or name.rpartition(".")[2]
                table.replace(exp.alias_(exp.to_table(name, dialect="duckdb"), alias, table=True))
        for column in list(tree.find_all(exp.Column)):
            if not column.table and (text := bound.get(column.name)) is not None:
                column.replace(exp.Literal.string(text))
        return tree


@cache
def table_macros() -> dict[str, TableMacro]:
    """Every macro of sql/macros that is a table, by name."""
    code = re.sub(r"--.*", "", "\n".join(macros().values()))
    return {
        name: TableMacro({p: d or None for p, d in _DEFAULT.findall(parameters)}, statement)
        for name, parameters, statement in _MACRO.findall(code)
    }


def expand(tree: exp.Expr) -> exp.Expr:
    """The statement with every table macro written out as a subquery; changes `tree`."""
    for table in list(tree.find_all(exp.Table)):
        call = table.this
        if isinstance(call, exp.Anonymous) and (macro := table_macros().get(call.name.lower())):
            query = macro.written_out([argument.name for argument in call.expressions])
            table.replace(query.subquery(table.alias or call.name))
    return tree
