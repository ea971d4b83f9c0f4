"""From file to cube in one pass: the plans of all statements on the way are read while an extract goes through.

Belongs here: how the work is done. Does not belong here: what comes of it.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.bevoelkerung.partition import count_partition
from pipelines.eingang.ingest import ingest, schemabefunde
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import load_kommune
from tests.conftest import auszugstext, einwohnerschaft, person

STICHTAG = date(2021, 6, 30)
SLOW_JOIN = re.compile(r"NESTED LOOP|BLOCKWISE NL|\bIE ?JOIN|POSITIONAL")
# Every area with every pair of definitions, and one row of sums beside another.
CROSSED = 2
PLANNED = (
    duckdb.StatementType.SELECT,
    duckdb.StatementType.CREATE,
    duckdb.StatementType.COPY,
    duckdb.StatementType.UPDATE,
)


class Watched:
    """A connection that asks for the plan of every statement before it runs it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, plans: list[str]):
        self._con, self._plans = con, plans

    def execute(self, query: str, *values: Any) -> Any:
        statements = self._con.extract_statements(query)
        for statement in statements[:-1]:
            self.execute(statement.query)
        last = statements[-1].query
        if statements[-1].type in PLANNED and re.search(r"\b(select|from)\b", last) and "temp macro" not in last:
            plan = self._con.execute(f"explain {last}", *values).fetchall()
            self._plans.append("\n".join(z[1] for z in plan).upper().replace("_", " "))
        return self._con.execute(last, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._con, name)


def _plans(kleinstadt: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    plans: list[str] = []
    echt: Callable[..., duckdb.DuckDBPyConnection] = Ablage.verbindung
    monkeypatch.setattr(Ablage, "verbindung", lambda ablage, *dateien: Watched(echt(ablage, *dateien), plans))
    ablage, kommune = Ablage(kleinstadt.parents[1]).create_folders(), load_kommune(kleinstadt)
    pfad = kleinstadt / f"{STICHTAG}.csv"
    pfad.write_text(text, encoding="utf-8")
    lieferung = Lieferung(kommune.id, "melderegister", "melderegister", pfad, STICHTAG, STICHTAG, "0" * 64, "")
    ergebnis = ingest(ablage, kommune, lieferung)
    assert ergebnis.angenommen, [b.text() for b in ergebnis.befunde]
    assert schemabefunde(ablage, "melderegister", lieferung.partition) == []
    assert count_partition(ablage, kommune, str(STICHTAG)) == ergebnis.bilanz.uebernommen
    return plans


def _town() -> list[dict[str, str]]:
    kinder = [
        person(5_000 + n, elternteil_1_pid=f"P{n:05d}", elternteil_2_pid=f"P{n + 1:05d}") for n in range(1, 1_000)
    ]
    return [*einwohnerschaft(2_000), *kinder, person(9_000, sta_2="163", art_dt_sta="option")]


def test_no_statement_joins_row_by_row(kleinstadt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = _plans(kleinstadt, monkeypatch, auszugstext(_town()))
    assert sum("HASH JOIN" in p for p in plans) > 5, "the plans are those of the way"
    assert [p for p in plans if SLOW_JOIN.search(p)] == []
    assert sum("CROSS PRODUCT" in p for p in plans) == CROSSED


def test_a_sound_file_is_scanned_once_and_one_with_a_faulty_line_once_more(
    kleinstadt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gut = auszugstext(_town())
    assert _scans_of_the_extract(_plans(kleinstadt, monkeypatch, gut)) == 1
    faul = gut + auszugstext([person(9_999, geschlecht="q")]).splitlines()[1] + "\n"
    assert _scans_of_the_extract(_plans(kleinstadt, monkeypatch, faul)) == 2


def _scans_of_the_extract(plans: list[str]) -> int:
    """How often a statement reads that file, and not one of the lists beside it."""
    spalten = ("FELD 1", "ZEILE TEXT")
    return sum(p.count("FUNCTION: READ CSV") for p in plans if any(s in p for s in spalten))
