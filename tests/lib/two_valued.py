"""Every boolean that a statement computes on its way is true or false, never NULL: a rule that is neither decides nothing.

Belongs here: finding such columns, in SQL files and in generated statements, over whatever rows a test has laid out. Every helper
that runs a step for a test asks here, so that all literal cases of all doors and marts are cases of this rule, too.
"""

import re
from collections.abc import Iterable
from functools import cache

import duckdb
import pyarrow.parquet as pq
import sqlglot

from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.steps import CatalogueStep
from pipelines.steps.sql_step import SqlStep, register_views
from schemas.tabellen.registry import TABELLEN


@cache
def _split(text: str) -> tuple[str, tuple[str, ...]]:
    """The WITH clause of a statement, and the names it defines."""
    baum = sqlglot.parse_one(text, read="duckdb")
    kopf = baum.args.get("with_") or baum.args.get("with")
    return (kopf.sql("duckdb"), tuple(c.alias for c in kopf.expressions)) if kopf else ("", ())


_BEKANNT: dict[tuple[str, tuple[tuple[str, str, str], ...]], list[tuple[list[str], str]]] = {}


def nullwerte(
    ablage: Ablage, text: str, quellen: Iterable[tuple[str, str]], darf_fehlen: frozenset[str] = frozenset()
) -> list[str]:
    """`cte.column` of every BOOLEAN of a statement that is NULL in some row, `cte` empty for its result.

    `darf_fehlen`: columns of the result that say by NULL that nothing is known.
    """
    kopf, namen = _split(text)
    with ablage.arbeitsdatenbank() as con:
        load_macros(con, [text])
        register_views(ablage, con, quellen)
        formen = tuple((s, n, str(pq.read_schema(ablage.quelle(s, n)[0]).remove_metadata())) for s, n in quellen)
        if (
            text,
            formen,
        ) not in _BEKANNT:  # which columns there are depends on the columns of what is read, not on the rows
            teile = [t for name in namen if (t := _zaehlung(con, kopf, name, f"from {name}"))]
            _BEKANNT[text, formen] = teile + ([t] if (t := _zaehlung(con, "", "", f"from ({text})")) else [])
        teile = _BEKANNT[text, formen]
        if not teile:
            return []
        # Each CTE is gone through once: one row of counts each, side by side.
        abfrage = " cross join ".join(f"({auswahl}) as t{n}" for n, (_, auswahl) in enumerate(teile))
        (zahlen,) = con.execute(f"{kopf} select * from {abfrage}").fetchall()
    spalten = [s for namen_der_cte, _ in teile for s in namen_der_cte]
    return [s for s, n in zip(spalten, zahlen, strict=True) if n and s not in {f".{d}" for d in darf_fehlen}]


def _zaehlung(con: duckdb.DuckDBPyConnection, kopf: str, name: str, woher: str) -> tuple[list[str], str] | None:
    """Names of the BOOLEAN columns of a CTE, and a SELECT of one row that counts their NULLs; None if it has none."""
    spalten = [s[0] for s in con.execute(f"describe {kopf} select * {woher}").fetchall() if s[1] == "BOOLEAN"]
    if not spalten:
        return None
    zaehlungen = ", ".join(f"count(*) filter ({s} is null)" for s in spalten)
    return [f"{name}.{s}" for s in spalten], f"select {zaehlungen} {woher}"


def check_formulas(ablage: Ablage, schritt: CatalogueStep) -> None:
    """The same for a statement that the catalogue writes."""
    # sqlglot takes the name of this column for a keyword.
    text = re.sub(r'(?<!")\balter\b(?!")', '"alter"', schritt.statement(ablage))
    _require(schritt.schema, schritt.name, nullwerte(ablage, text, schritt.reads))


def check_step(ablage: Ablage, schritt: SqlStep) -> None:
    """Fails where a step that has just run computed a boolean that is neither true nor false."""
    tabelle = TABELLEN.get(f"{schritt.schema}.{schritt.name}")
    darf_fehlen = frozenset(tabelle.leer_erlaubt) if tabelle else frozenset()
    _require(schritt.schema, schritt.name, nullwerte(ablage, schritt.text, schritt.reads, darf_fehlen))


def _require(schema: str, name: str, null: list[str]) -> None:
    assert not null, f"{schema}.{name}: weder wahr noch falsch ist {', '.join(null)}"
