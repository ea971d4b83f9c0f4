"""Every boolean that a statement computes on its way is true or false, never NULL: a rule that is neither decides nothing.

Belongs here: finding such columns, in SQL files and in generated statements, over whatever rows a test has laid out. Every helper
that runs a step for a test asks here, so that all literal cases of all doors and marts are cases of this rule, too.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from pipelines.foundation.checksums import file_checksum
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.steps import CatalogueStep
from pipelines.steps.sql_step import SqlStep, find_tables, register_views
from schemas.tabellen.registry import TABELLEN

QUERY = "ergebnis_der_anweisung"  # the name of what selects from the CTEs, which has none
BOUNDARY = "grenze_der_abfragen"


class Teil(NamedTuple):
    """One query of a statement, the tables it reads and the CTEs before it that it reads."""

    name: str
    abfrage: str
    tabellen: frozenset[tuple[str, str]]
    ctes: frozenset[str]


class Zerlegt(NamedTuple):
    """A statement taken apart: its CTEs in their order, and what selects from them (its name is empty)."""

    ctes: tuple[Teil, ...]
    auswahl: Teil


@cache
def split_statement(text: str) -> Zerlegt:
    baum = sqlglot.parse_one(text, read="duckdb")
    kopf = baum.args.get("with_") or baum.args.get("with")
    ctes = tuple(_teil(c.alias, c.this) for c in kopf.expressions) if kopf else ()
    if kopf:
        baum.set("with_", None)
        baum.set("with", None)
    return Zerlegt(ctes, _teil("", baum))


def _teil(name: str, baum: exp.Expr) -> Teil:
    """A CTE may be told to a macro as text."""
    worte = frozenset(t.name for t in baum.find_all(exp.Table, exp.Literal))
    return Teil(name, baum.sql("duckdb"), frozenset(find_tables(baum)), worte)


# What a statement found in rows that were there before: the same table of places lies in hundreds of tests.
_BEKANNT: dict[tuple[str, tuple[object, ...]], list[str]] = {}
# Which columns of a query are BOOLEAN follows from the statement and the declared types of what it reads, not from rows.
_WAHRHEITEN: dict[tuple[str, str], list[str]] = {}


def nullwerte(
    ablage: Ablage,
    text: str,
    quellen: Iterable[tuple[str, str]],
    darf_fehlen: frozenset[str] = frozenset(),
    ergebnis: Path | None = None,
) -> list[str]:
    """`cte.column` of every BOOLEAN of a statement that is NULL in some row, `cte` empty for its result.

    `darf_fehlen`: columns of the result that say by NULL that nothing is known. `ergebnis`: its result, where it has just run.
    """
    quellen = tuple(quellen)
    gelesen = (text, tuple((s, n, *(file_checksum(d) for d in ablage.quelle(s, n))) for s, n in quellen))
    if gelesen not in _BEKANNT:
        zerlegt = split_statement(text)
        fertig = _find_in_file(ergebnis) if ergebnis else []
        offen = _keep_needed(text, zerlegt.ctes if ergebnis else (*zerlegt.ctes, zerlegt.auswahl))
        _BEKANNT[gelesen] = (_find(ablage, text, quellen, offen) if offen else []) + fertig
    return [s for s in _BEKANNT[gelesen] if s not in {f".{d}" for d in darf_fehlen}]


def _find_in_file(datei: Path) -> list[str]:
    spalten = [f.name for f in pq.read_schema(datei) if pa.types.is_boolean(f.type)]
    return [f".{s}" for s in spalten if pq.read_table(datei, columns=[s])[s].null_count] if spalten else []


def _keep_needed(text: str, teile: tuple[Teil, ...]) -> tuple[Teil, ...]:
    """Queries with a BOOLEAN and what those read; all of them as long as nobody has looked."""
    gebraucht: set[str] = set()
    behalten = []
    for teil in reversed(teile):
        if teil.name in gebraucht or _WAHRHEITEN.get((text, teil.name)) != []:
            gebraucht |= teil.ctes
            behalten.append(teil)
    return tuple(reversed(behalten))


def _find(ablage: Ablage, text: str, quellen: Iterable[tuple[str, str]], teile: tuple[Teil, ...]) -> list[str]:
    """One statement for all of them: it is planned once, and each query runs once."""
    kopf = "with " + ", ".join(f'"{t.name or QUERY}" as materialized ({t.abfrage})' for t in teile)
    gelesen = frozenset[tuple[str, str]]().union(*(t.tabellen for t in teile))
    with ablage.arbeitsdatenbank() as con:
        load_macros(con, [kopf])
        register_views(ablage, con, (q for q in quellen if q in gelesen))
        if any((text, t.name) not in _WAHRHEITEN for t in teile):
            _find_booleans(con, text, kopf, teile)
        gefragt = [(t.name, _WAHRHEITEN[text, t.name]) for t in teile if _WAHRHEITEN[text, t.name]]
        fragen = " union all ".join(_ask(n, *frage) for n, frage in enumerate(gefragt))
        zeilen = con.execute(f"{kopf} {fragen}").fetchall() if fragen else []
    leer = {(nummer, spalte) for nummer, werte in zeilen for spalte, wert in enumerate(werte) if wert is None}
    return [f"{gefragt[n][0]}.{gefragt[n][1][s]}" for n, s in sorted(leer)]


def _ask(nummer: int, name: str, spalten: list[str]) -> str:
    """Its booleans as one list a row: an aggregate for each of them would take longer than the statement."""
    return f"""select {nummer}, [{", ".join(f'"{s}"' for s in spalten)}] from "{name or QUERY}\""""


def _find_booleans(con: duckdb.DuckDBPyConnection, text: str, kopf: str, teile: tuple[Teil, ...]) -> None:
    """Types of all columns of all queries by planning once; `BOUNDARY` stands where the next query begins."""
    alle = ", ".join(f'{n} as "{BOUNDARY}", "{t.name or QUERY}".*' for n, t in enumerate(teile))
    von = ", ".join(f'"{t.name or QUERY}"' for t in teile)
    namen = iter(teile)
    for spalte, art, *_ in con.execute(f"{kopf} select {alle} from {von} limit 0").description or []:
        if spalte == BOUNDARY:
            teil = next(namen)
            _WAHRHEITEN[text, teil.name] = []
        elif str(art) == "BOOLEAN":
            _WAHRHEITEN[text, teil.name].append(spalte)


def check_formulas(ablage: Ablage, schritt: CatalogueStep) -> None:
    """The same for a statement that the catalogue writes."""
    # sqlglot takes the name of this column for a keyword.
    text = re.sub(r'(?<!")\balter\b(?!")', '"alter"', schritt.statement(ablage))
    _require(schritt.schema, schritt.name, nullwerte(ablage, text, schritt.reads))


def check_step(ablage: Ablage, schritt: SqlStep) -> None:
    """Fails where a step that has just run computed a boolean that is neither true nor false."""
    tabelle = TABELLEN.get(f"{schritt.schema}.{schritt.name}")
    darf_fehlen = frozenset(tabelle.leer_erlaubt) if tabelle else frozenset()
    geschrieben = ablage.tabelle(schritt.schema, schritt.name)
    _require(schritt.schema, schritt.name, nullwerte(ablage, schritt.text, schritt.reads, darf_fehlen, geschrieben))


def _require(schema: str, name: str, null: list[str]) -> None:
    assert not null, f"{schema}.{name}: weder wahr noch falsch ist {', '.join(null)}"
