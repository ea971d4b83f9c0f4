"""A macro that is a table is written out: the tables it reads are known, and columns are followed through it."""

import duckdb
import pytest
import sqlglot

from pipelines.foundation.macros import load_macros
from pipelines.steps.checks import load_checks
from pipelines.steps.sql_step import sql_steps, tables_in
from pipelines.steps.table_macros import expand, table_macros

NEBENBLATT = "select z.jahr from newest_zeilen('eingang.massnahme_haushalt') as z where z.jahr > 2020"


def written_out(statement: str) -> str:
    return expand(sqlglot.parse_one(statement, read="duckdb")).sql("duckdb")


def test_a_table_told_to_a_macro_is_read_and_so_are_its_own() -> None:
    assert tables_in(NEBENBLATT) == (
        ("eingang", "massnahme_haushalt"), ("eingang", "massnahme"), ("stamm", "massnahmenquelle"),
    )  # fmt: skip


def test_a_text_with_a_point_told_to_any_function_is_no_table() -> None:
    assert tables_in("select strftime(tag, 'a.b') from stamm.kommune") == (("stamm", "kommune"),)


def test_a_macro_is_written_out_with_its_tables_under_its_alias() -> None:
    text = written_out(NEBENBLATT)
    assert "FROM eingang.massnahme_haushalt AS n" in text
    assert "FROM eingang.massnahme AS massnahme" in text
    assert text.endswith(") AS z WHERE z.jahr > 2020")
    assert "newest_zeilen" not in text


def test_texts_are_put_in_too() -> None:
    text = written_out("from ranked_staaten('staat', '000')")
    assert "art = 'staat'" in text
    assert "NOT z.staat IN ('000', 'uebrige', 'insgesamt')" in text


def test_a_statement_without_macros_stays() -> None:
    assert written_out("SELECT a FROM stamm.kommune") == "SELECT a FROM stamm.kommune"


def test_written_out_a_macro_says_the_same() -> None:
    with duckdb.connect() as con:
        load_macros(con)
        con.execute("create schema stamm")
        con.execute("create table stamm.muster as select 'k' as kommune, '*-12-31' as muster")
        con.execute("create table stamm.vorfahr as select * from (values ('k', '01', '01'), ('k', '01', '0')) as v"
                    " (kommune, gebiet_id, vorfahr)")  # fmt: skip
        con.execute("create table wuerfel as select 'k' as kommune, date '2020-12-31' + t as stichtag, '01' as gebiet_id,"
                    " 7 as personen from (values (0), (1)) as tage (t)")  # fmt: skip
        frage = "select gebiet_id, personen from in_every_gebiet('wuerfel') order by all"
        assert con.sql(frage).fetchall() == [("0", 7), ("01", 7)]
        assert con.sql(written_out(frage)).fetchall() == [("0", 7), ("01", 7)]


@pytest.mark.parametrize("macro", table_macros())
def test_every_table_macro_is_used_twice(macro: str) -> None:
    assert sum(f"{macro}(" in statement.text for statement in (*sql_steps(), *load_checks())) >= 2
