"""One contract, two executors: pandera and SQL find the same rows of the same persons."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.model import Spalte
from schemas.tabellen.wuerfel import PERSONEN
from schemas.types import arrow_schema, polars_types
from schemas.validate import Verletzung, check_polars, check_sample
from schemas.validate_sql import check_relation, find_conditions

TEXTE = ("", "x", "000", "163", "16", "1634", " 000", "0a3", "m", "w", "d", "X", "unbekannt", "geburt", "45-54", "90+", "04-0",
         "a" * 32, "0f" * 16, "0F" * 16, "0f" * 15, "gebiet eins", "01", "g" * 21, "000\n")  # fmt: skip
ZAHLEN = {"BIGINT": 2**40, "SMALLINT": 3_000, "TINYINT": 100}


def values_of(spalte: Spalte) -> st.SearchStrategy[Any]:
    """Values of the column's type, allowed and not, at the bounds that are declared and anywhere."""
    if spalte.typ == "VARCHAR":
        return st.none() | st.sampled_from((*TEXTE, *spalte.werte))
    if spalte.typ == "BOOLEAN":
        return st.none() | st.booleans()
    if spalte.typ == "DATE":
        return st.none() | st.just(date(1980, 3, 15))
    weit = ZAHLEN[spalte.typ]
    rand = {int(g) + d for g in (spalte.minimum, spalte.maximum) if g is not None for d in (-1, 0, 1)}
    nah = st.sampled_from(sorted(z for z in rand if -weit <= z <= weit) or [0])
    return st.none() | nah | st.integers(-min(weit, 120), min(weit, 3_000))


PERSON = st.fixed_dictionaries({s.name: values_of(s) for s in PERSONEN.spalten})


def found(verletzungen: list[Verletzung]) -> set[tuple[str, str, int, tuple[int, ...]]]:
    return {(v.spalte, v.regel, v.anzahl, v.positionen) for v in verletzungen}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as verbindung:
        yield verbindung


# Persons are many in a few tables: a table costs as much as a hundred persons.
@settings(max_examples=12, deadline=None, derandomize=True)
@given(personen=st.lists(PERSON, min_size=8, max_size=40))
def test_pandera_and_sql_find_the_same_rows(con: duckdb.DuckDBPyConnection, personen: list[dict[str, Any]]) -> None:
    typen = polars_types()
    rahmen = pl.DataFrame(personen, schema={s.name: typen[s.typ] for s in PERSONEN.spalten}, orient="row")
    con.register("personen", pa.Table.from_pylist(personen, schema=arrow_schema(PERSONEN)))
    ueber_sql = check_relation(con, PERSONEN, "personen", beispiele=None)
    assert found(ueber_sql) == found(check_polars(PERSONEN, rahmen, beispiele=None))


def test_every_declared_rule_is_a_condition() -> None:
    erklaert = {
        (s.name, regel)
        for s in PERSONEN.spalten
        for regel, da in {
            "not_nullable": s.name not in PERSONEN.leer_erlaubt, "werteliste": s.werte, "muster": s.muster,
            "minimum": s.minimum is not None, "maximum": s.maximum is not None,
        }.items()
        if da
    }  # fmt: skip
    assert {(b.spalte, b.regel) for b in find_conditions(PERSONEN)} == erklaert


@pytest.mark.parametrize(
    ("auswahl", "erwartet"),
    [
        ("* exclude (alter)", ("alter", "spalte_fehlt")),
        ("*, 1 as vorname", ("vorname", "spalte_nicht_erklaert")),
        ("* replace (alter::bigint as alter)", ("alter", "dtype")),
    ],
)
def test_a_column_that_is_missing_unknown_or_of_another_type_is_found(auswahl: str, erwartet: tuple[str, str]) -> None:
    con = duckdb.connect()
    con.register("leer", arrow_schema(PERSONEN).empty_table())
    con.execute(f"create view personen as select {auswahl} from leer")
    assert [(v.spalte, v.regel) for v in check_relation(con, PERSONEN, "personen")] == [erwartet]
    con.close()


def test_pandera_itself_looks_at_the_first_persons_of_a_file(tmp_path: Path) -> None:
    con = duckdb.connect()
    con.register("leer", arrow_schema(PERSONEN).empty_table())
    datei = tmp_path / "personen.parquet"
    con.execute(f"copy (select * from leer union all by name select 1::bigint as zeile) to '{datei}' (format parquet)")
    con.close()
    assert ("zeile", "minimum") in {(v.spalte, v.regel) for v in check_sample(PERSONEN, datei)}
