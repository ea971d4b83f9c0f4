"""Every boolean that a statement computes on its way is true or false, never NULL: a rule that is neither decides nothing.

Belongs here: finding such columns, in SQL files and in generated statements, over whatever rows a test has laid out. Every helper
that runs a step for a test asks here, so that all literal cases of all doors and marts are cases of this rule, too.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot

from pipelines.foundation.checksums import file_checksum
from pipelines.foundation.macros import load_macros
from pipelines.foundation.storage import Ablage
from pipelines.indikatoren.steps import CatalogueStep
from pipelines.steps.sql_step import SqlStep, register_views
from schemas.tabellen.registry import TABELLEN


class Zerlegt(NamedTuple):
    """A statement taken apart: its CTEs in their order, each with its query, and what selects from them."""

    ctes: tuple[tuple[str, str], ...]
    auswahl: str


@cache
def split_statement(text: str) -> Zerlegt:
    baum = sqlglot.parse_one(text, read="duckdb")
    kopf = baum.args.get("with_") or baum.args.get("with")
    if not kopf:
        return Zerlegt((), text)
    ctes = tuple((c.alias, c.this.sql("duckdb")) for c in kopf.expressions)
    baum.set("with_", None)
    baum.set("with", None)
    return Zerlegt(ctes, baum.sql("duckdb"))


# What a statement found in rows that were there before: the same table of places lies in hundreds of tests.
_BEKANNT: dict[tuple[str, tuple[object, ...]], list[str]] = {}


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
        offen = zerlegt.ctes if ergebnis else (*zerlegt.ctes, ("", zerlegt.auswahl))
        _BEKANNT[gelesen] = (_count(ablage, text, quellen, offen) if offen else []) + fertig
    return [s for s in _BEKANNT[gelesen] if s not in {f".{d}" for d in darf_fehlen}]


def _find_in_file(datei: Path) -> list[str]:
    spalten = [f.name for f in pq.read_schema(datei) if pa.types.is_boolean(f.type)]
    return [f".{s}" for s in spalten if pq.read_table(datei, columns=[s])[s].null_count] if spalten else []


def _count(
    ablage: Ablage, text: str, quellen: Iterable[tuple[str, str]], abfragen: Iterable[tuple[str, str]]
) -> list[str]:
    """Each CTE becomes a table that the next ones read: planning the whole chain anew for each would take longer."""
    spalten: list[str] = []
    zaehlungen: list[str] = []
    with ablage.arbeitsdatenbank() as con:
        load_macros(con, [text])
        register_views(ablage, con, quellen)
        for nummer, (name, abfrage) in enumerate(abfragen):
            tabelle = name or "ergebnis_der_anweisung"
            con.execute(f'create temp table "{tabelle}" as {abfrage}')
            beschreibung = con.execute(f'from "{tabelle}" limit 0').description or []
            wahrheiten = [s[0] for s in beschreibung if str(s[1]) == "BOOLEAN"]
            if wahrheiten:
                spalten += [f"{name}.{s}" for s in wahrheiten]
                gezaehlt = ", ".join(f'count(*) filter ("{s}" is null)' for s in wahrheiten)
                zaehlungen.append(f'(select {gezaehlt} from "{tabelle}") as t{nummer}')
        zahlen = con.execute(f"select * from {', '.join(zaehlungen)}").fetchone() if zaehlungen else ()
    return [s for s, n in zip(spalten, zahlen or (), strict=True) if n]


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
