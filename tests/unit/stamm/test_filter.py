"""Expressions of the catalogue: what gets through means what it says, nothing else gets through.

Here belong filters and formulas on literal texts; the catalogue's entries are tested in test_katalog.py.
"""

import contextlib
import string
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.katalog.filter import (
    HOECHSTLAENGE,
    SPALTEN,
    STAATENSPALTEN,
    WUERFELSPALTEN,
    Verweis,
    als_sql,
    altersgrenzen,
    bedingungen,
    formel_als_sql,
    gruppengrenzen,
    verweise,
)
from pipelines.stamm.kommune import ALTERSGRUPPEN

NAMEN = {n: n for n in SPALTEN}


@pytest.mark.parametrize(
    ("ausdruck", "sql"),
    [
        ("alter < 18", "(alter < 18)"),
        ("alter >= 20 and alter < 65", "((alter >= 20) and (alter < 65))"),
        ("not (alter between 6 and 17) or geschlecht = 'w'", "((not (alter between 6 and 17)) or (geschlecht = 'w'))"),
        ("alter not in (3, 4)", "(not (alter in (3, 4)))"),
        ("altersgruppe in ('15-17', '75+')", "(altersgruppe in ('15-17', '75+'))"),
        ("staat <> '000'", "(staat <> '000')"),
        ("staat != '000'", "(staat <> '000')"),
        ("gebiet_id = 'a''b'", "(gebiet_id = 'a''b')"),
        ("gebiet_id = 'alter'", "(gebiet_id = 'alter')"),
        ("ebene = 'stadtteil'", "(ebene = 'stadtteil')"),
        ('"alter" < 18', "(alter < 18)"),
    ],
)
def test_a_filter_is_written_anew_from_what_was_understood(ausdruck: str, sql: str) -> None:
    assert als_sql(ausdruck, NAMEN) == sql


@pytest.mark.parametrize(
    ("ausdruck", "grund"),
    [
        ("lower(geschlecht) = 'm'", "»LOWER(geschlecht)« ist hier nicht erlaubt"),
        ("read_csv('x')", "in einem Filter nicht erlaubt"),
        ("alter < (select 18)", "»(SELECT 18)« ist nicht erlaubt"),
        ("staat in (select staat from intern)", "(query)"),
        ("exists (select 1)", "in einem Filter nicht erlaubt"),
        ("pid = '1'", "Die Spalte »pid« gibt es in einem Filter nicht."),
        ("geschlect = 'm'", "Ähnlich: »geschlecht«."),
        ("m.alter < 18", "Die Spalte »m.alter« gibt es"),
        ("alter < 18; drop table x", "Ein Strichpunkt ist nicht erlaubt."),
        ("alter < 18 -- rest", "Ein Kommentar ist nicht erlaubt."),
        ("alter < 18 /* rest */", "Ein Kommentar ist nicht erlaubt."),
        ("alter::int < 18", "»CAST(alter AS INT)« ist hier nicht erlaubt"),
        ("cast(alter as int) < 18", "ist hier nicht erlaubt"),
        ("*", "in einem Filter nicht erlaubt"),
        ("geschlecht like '%'", "in einem Filter nicht erlaubt"),
        ("geschlecht is null", "in einem Filter nicht erlaubt"),
        ("alter", "in einem Filter nicht erlaubt"),
        ("18", "in einem Filter nicht erlaubt"),
        ("true", "in einem Filter nicht erlaubt"),
        ("alter < -1", "»-1« ist nicht erlaubt"),
        ("alter < 1e3", "ist kein Alter"),
        ("alter < 17.5", "ist kein Alter"),
        ("alter < '18'", "ist kein Alter"),
        ("alter < alter", "rechts von »alter« steht eine Zahl oder ein Text"),
        ("18 > alter", "links steht eine Spalte"),
        ("alter + 1 < 18", "»alter + 1« ist hier nicht erlaubt"),
        ("alter between 18 and 6", "18 ist größer als 6"),
        ("alter between symmetric 18 and 6", "nicht erlaubt"),
        ("alter in ()", ""),
        ("geschlecht < 'm'", "Größer und kleiner gibt es nur bei »alter«."),
        ("geschlecht between 'm' and 'w'", "»between« gibt es nur bei »alter«."),
        ("geschlecht = 'weiblich'", "»weiblich« kommt in der Spalte »geschlecht« nicht vor"),
        ("altersgruppe = '15–17'", "kommt in der Spalte »altersgruppe« nicht vor"),
        ("staat = 0", "erwartet wird er in Anführungszeichen: '0'"),
        ("staat = '0'", "kommt in der Spalte »staat« nicht vor"),
        ("staat = $$000$$", "nicht erlaubt"),
        ("staat = E'000'", "nicht erlaubt"),
        ("staat = ?", "nicht erlaubt"),
        ("staat = $1", "nicht erlaubt"),
        ("(alter, 1) = (1, 1)", "nicht erlaubt"),
        ("alter < 18) or (alter > 3", "kein gültiger Ausdruck"),
        ("", "kein gültiger Ausdruck"),
        ("alter <", "kein gültiger Ausdruck"),
        ("alter < 1 or " * 40 + "alter < 2", "zu lang"),
    ],
)
def test_what_is_not_allowed_is_named(ausdruck: str, grund: str) -> None:
    with pytest.raises(KonfigurationsFehler) as fehler:
        als_sql(ausdruck, NAMEN)
    assert grund in str(fehler.value)


def test_parentheses_nested_too_deep_are_understood_or_an_error_in_german() -> None:
    tiefe = (HOECHSTLAENGE - len("alter < 1")) // 2
    assert als_sql("(" * 9 + "alter < 1" + ")" * 9, NAMEN) == "(alter < 1)"
    with contextlib.suppress(KonfigurationsFehler):
        assert als_sql("(" * tiefe + "alter < 1" + ")" * tiefe, NAMEN) == "(alter < 1)"


def test_a_cube_has_only_its_own_columns() -> None:
    assert set(WUERFELSPALTEN) | set(STAATENSPALTEN) == set(SPALTEN)
    with pytest.raises(KonfigurationsFehler, match="»staat«"):
        als_sql("staat = '000'", WUERFELSPALTEN)
    with pytest.raises(KonfigurationsFehler, match="»alter«"):
        als_sql("alter < 18", STAATENSPALTEN)


@pytest.mark.parametrize(
    ("ausdruck", "grenzen"),
    [
        ("alter < 18", {18}),
        ("alter <= 17", {18}),
        ("alter > 17", {18}),
        ("alter >= 65", {65}),
        ("alter >= 20 and alter < 65", {20, 65}),
        ("alter between 6 and 17", {6, 18}),
        ("alter between 0 and 5", {6}),
        ("alter = 3", {3, 4}),
        ("alter <> 3", {3, 4}),
        ("alter in (0, 1)", {1, 2}),
        ("not alter < 18", {18}),
        ("altersgruppe = '15-17'", {15, 18}),
        ("altersgruppe in ('75+', 'unbekannt')", {75}),
        ("geschlecht = 'm'", set()),
    ],
)
def test_borders_are_the_ages_at_which_the_answer_can_change(ausdruck: str, grenzen: set[int]) -> None:
    assert altersgrenzen(ausdruck) == grenzen


def test_default_groups_have_the_borders_of_the_contract() -> None:
    assert gruppengrenzen([*ALTERSGRUPPEN, "unbekannt", "insgesamt"]) == {0, 3, 6, 10, 15, 18, 25, 30, 45, 60, 65, 75}


# Properties

ALTER = st.integers(0, 120).map(str)
VERGLEICH = st.one_of(
    st.tuples(st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), ALTER).map(lambda t: f"alter {t[0]} {t[1]}"),
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda t: f"alter between {t[0]} and {t[0] + t[1]}"),
    st.lists(ALTER, min_size=1, max_size=3).map(lambda w: f"alter in ({', '.join(w)})"),
)
FILTER = st.recursive(
    VERGLEICH,
    lambda teil: st.one_of(
        st.tuples(teil, st.sampled_from(["and", "or"]), teil).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        teil.map(lambda t: f"not ({t})"),
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as verbindung:
        yield verbindung


@settings(max_examples=60, deadline=None)
@given(ausdruck=FILTER)
def test_between_two_borders_the_answer_is_that_of_the_first_age(con: duckdb.DuckDBPyConnection, ausdruck: str) -> None:
    grenzen = sorted({0} | altersgrenzen(ausdruck))
    frage = f"select a, {als_sql(ausdruck, {'alter': 'a'})} from range(0, 131) t(a) order by a"
    antwort = dict(con.execute(frage).fetchall())
    direkt = dict(con.execute(f'select "alter", {_von_hand(ausdruck)} from range(0, 131) t("alter")').fetchall())
    assert antwort == direkt, "the SQL written anew means the same as the text"
    for a, wert in antwort.items():
        assert wert == antwort[max(g for g in grenzen if g <= a)]


def _von_hand(ausdruck: str) -> str:
    return ausdruck.replace("alter", '"alter"')


STUECKE = st.sampled_from(
    ["alter", "geschlecht", "staat", "pid", "18", "'m'", "'000'", "(", ")", "<", "=", "and", "or", "not", "in", "between",
     ",", ";", "--", "/*", "select", "from", "::int", "*", "lower(", "null", "'", '"', "$$", "like", "case when", "."]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(string.printable, max_size=60), st.lists(STUECKE, max_size=9).map(" ".join)))
@example("alter < 18 and geschlecht = 'm'")
@example("'")
@example('"')
def test_random_text_gets_through_only_as_allowed_comparisons(text: str) -> None:
    try:
        sql = als_sql(text, NAMEN)
    except KonfigurationsFehler:
        return
    gefunden = bedingungen(text)
    assert gefunden
    for b in gefunden:
        assert b.spalte in SPALTEN
        assert b.vergleich in ("=", "<>", "<", "<=", ">", ">=", "in", "between")
        assert all(isinstance(w, int) == (b.spalte == "alter") for w in b.werte)
    assert als_sql(sql, NAMEN) == sql, "what was written can be read again and says the same"


# Formulas


def test_a_formula_names_indicators_and_their_groups() -> None:
    formel = "arb_alq.auslaender - arb_alq"
    a, b = Verweis("arb_alq", "auslaender"), Verweis("arb_alq", "insgesamt")
    assert verweise(formel) == [a, b]
    assert formel_als_sql(formel, {a: "x", b: "y"}) == "(x - y)"
    assert formel_als_sql("(arb_alq + 1.5) / arb_alq", {b: "y"}) == "((y + 1.5) / nullif(y, 0))"


@pytest.mark.parametrize(
    "formel",
    [
        "abs(a)",
        "a; b",
        "a = b",
        "1 + 2",
        "",
        "x.y.z",
        "a - 'b'",
        "(select 1)",
        "*",
        "a::int",
        "a -- b",
        '"A" - 1',
        "a > 1",
    ],
)
def test_a_formula_allows_only_indicators_numbers_and_the_four_operations(formel: str) -> None:
    with pytest.raises(KonfigurationsFehler):
        verweise(formel)
