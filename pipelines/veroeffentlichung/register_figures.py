"""Which published figures come from the register, and whether one release says more of them than another.

Belongs here: the tables and columns, the condition of a row, the comparison of two files. Does not belong here: what follows
from it (withdraw.py, revision.py). Tables that only follow from other published ones (trends, reach of measures) are no
figures of their own: they say nothing their sources do not.
"""

from pathlib import Path

import duckdb

from pipelines.foundation.storage import sqltext
from schemas.model import Tabelle
from schemas.register import REGISTERTABELLEN
from schemas.tabellen.registry import TABELLEN

ZAHLEN = ("BIGINT", "DOUBLE")
REGISTER = "melderegister"
HERKUNFTSSPALTEN = ("quelle", "nenner_quelle")
# Differences to the period before and the like follow from `wert`; they also change when another Stichtag joins.
_NUR = {"marts.indikator_zeitreihe": ("zaehler", "nenner", "wert", "untergrenze", "obergrenze")}


def registerspalten(t: Tabelle) -> list[str]:
    """Columns of a table that may hold a figure of the register."""
    return [
        s.name
        for s in t.spalten
        if s.typ in ZAHLEN and s.name not in t.schluessel and s.name in _NUR.get(t.voll, t.namen)
    ]


def registerzeile(t: Tabelle, alias: str, spalten: set[str] | None = None) -> str:
    """SQL condition: a row rests on the register, wholly or in its denominator."""
    da = [s for s in HERKUNFTSSPALTEN if s in t.namen and (spalten is None or s in spalten)]
    return "(" + " or ".join(f"coalesce({alias}.{s} = '{REGISTER}', false)" for s in da) + ")" if da else "true"


def gleich(links: str, rechts: str) -> str:
    """SQL condition: two numbers are the same, whatever the last digits of a sum of fractions."""
    return f"coalesce(abs({links} - {rechts}) <= 1e-9 * greatest(1, abs({links})), false)"


def spalten_von(con: duckdb.DuckDBPyConnection, datenbank: str) -> dict[str, set[str]]:
    """Columns of every table of an attached file."""
    spalten: dict[str, set[str]] = {}
    for tabelle, name in con.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() where database_name = ?",
        [datenbank],
    ).fetchall():
        spalten.setdefault(tabelle, set()).add(name)
    return spalten


def _familien(con: duckdb.DuckDBPyConnection, da: dict[str, set[str]]) -> None:
    """Temp table `familie`: every (kommune, stichtag) of which the new file has figures of the register."""
    teile = [
        f"select kommune, stichtag from neu.{n} as n where {registerzeile(TABELLEN[n], 'n', da[n])}"
        for n in REGISTERTABELLEN
        if n in da
    ]
    leer = "select null::varchar as kommune, null::date as stichtag where false"
    con.execute(f"create temp table familie as {' union '.join([leer, *teile])}")


def _verrat(t: Tabelle, alt: set[str], neu: set[str] | None) -> str:
    """Query of (kommune, stichtag) where the old file shows a figure of the register that the new one does not."""
    spalten = [s for s in registerspalten(t) if s in alt]
    gezeigt = " or ".join(f"a.{s} is not null" for s in spalten) or "false"
    ohne = ""
    if neu is not None:
        fits = [f"a.{s} is not distinct from n.{s}" for s in t.schluessel if s in alt and s in neu]
        fits += [f"(a.{s} is null or {gleich(f'a.{s}', f'n.{s}') if s in neu else 'false'})" for s in spalten]
        ohne = f"anti join neu.{t.voll} as n on {' and '.join(fits)}"
    return (
        f"select distinct a.kommune, a.stichtag::varchar from alt.{t.voll} as a {ohne} "
        f"where {registerzeile(t, 'a', alt)} and ({gezeigt}) "
        "and exists (from familie as f where f.kommune = a.kommune and f.stichtag = a.stichtag)"
    )


def verratene_stichtage(alt: Path, neu: Path) -> list[tuple[str, str]]:
    """(municipality, Stichtag) of which the file `alt` shows a figure of the register that `neu`, which has the Stichtag too,
    does not show or shows otherwise.

    If there is none, both files together say no more than `neu` alone.
    """
    con = duckdb.connect(config={"temp_directory": str(neu.parent.with_name(".spill"))})
    try:
        con.execute(f"attach {sqltext(alt)} as alt (read_only)")
        con.execute(f"attach {sqltext(neu)} as neu (read_only)")
        da_alt, da_neu = spalten_von(con, "alt"), spalten_von(con, "neu")
        _familien(con, da_neu)
        if con.execute("from familie limit 1").fetchone() is None:
            return []
        funde: set[tuple[str, str]] = set()
        for name in REGISTERTABELLEN:
            if name in da_alt:
                funde |= set(con.execute(_verrat(TABELLEN[name], da_alt[name], da_neu.get(name))).fetchall())
        return sorted(funde)
    finally:
        con.close()
