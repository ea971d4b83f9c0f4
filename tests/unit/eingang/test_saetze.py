"""What a check of a delivery found is said in German by its sentence, never by the statement: tables, measures, Open SDG."""

import re
from datetime import date
from math import log

import pytest
import sqlglot
from sqlglot import exp

from pipelines.eingang.massnahmen import sentences as massnahmen
from pipelines.eingang.open_sdg import sentences as open_sdg
from pipelines.eingang.tabelle import sentences as tabelle
from pipelines.eingang.tabelle.figure_words import deutung, figur, gedruckt, nachkommazahl, spaltenname, sprung, zahl
from pipelines.eingang.wording import ganz, liste
from pipelines.foundation.check_files import DOOR_CHECKS, CheckFile, read_check_files

SAETZE = {"massnahme": massnahmen.SAETZE, "open_sdg": open_sdg.SAETZE, "tabelle": tabelle.SAETZE}
CHECKS = [(kind, check) for kind in SAETZE for check in read_check_files(DOOR_CHECKS / kind)]
WORDED = ("was", "vorschlag", "erwartet")  # columns that only sentences would fill
INSGESAMT = dict.fromkeys(("geschlecht", "altersgruppe", "staat", "gruppe"), "insgesamt") | {"groesse": "wert"}


@pytest.mark.parametrize("kind", SAETZE)
def test_every_check_has_its_sentences_and_no_other_has(kind: str) -> None:
    assert {*SAETZE[kind]} == {check.name for k, check in CHECKS if k == kind}


def phrases(statement: str) -> list[str]:
    """Strings of a statement that hold more than one word (patterns are none), and columns that only sentences would fill."""
    tree = sqlglot.parse_one(statement, read="duckdb")
    texts = [str(literal.this) for literal in tree.find_all(exp.Literal) if literal.is_string]
    returned = [u for u in tree.find_all(exp.Union) if u.find_ancestor(exp.CTE) is None]
    parts = [part for union in returned for part in (union.left, union.right)] or [tree]
    names = [alias for part in parts for alias in part.named_selects]
    return [t for t in texts if "\\" not in t and re.search(r"\w\W*\s\W*\w", t)] + [n for n in names if n in WORDED]


@pytest.mark.parametrize(("kind", "check"), CHECKS, ids=[f"{kind}-{check.name}" for kind, check in CHECKS])
def test_no_statement_words_anything(kind: str, check: CheckFile) -> None:
    assert phrases(check.text) == []


def test_a_worded_statement_is_found() -> None:
    assert phrases("select 'Maßnahme ' || nr || ' hat keine Stelle' as was, 'x' as vorschlag from t") == [
        " hat keine Stelle", "was", "vorschlag",
    ]  # fmt: skip
    assert phrases(r"select regexp_matches(a, '\d [,.] \d') as b from t union all select 'x' as was") == ["was"]


@pytest.mark.parametrize(
    ("fest", "text"),
    [(0, "0"), (1_234_500_000_000, "1.234,5"), (-500_000_000, "-0,5"), (7_000_000_001, "7,000000001"),
     (-1_000_000_000_000, "-1.000")],
)  # fmt: skip
def test_billionths_are_written_as_printed(fest: int, text: str) -> None:
    assert zahl(fest) == text


@pytest.mark.parametrize(
    ("ziffern", "stellen", "text"), [(141, 1, "14,1"), (5, 3, "0,005"), (-12, 0, "-12"), (123456, 2, "1.234,56")]
)
def test_digits_keep_their_decimals(ziffern: int, stellen: int, text: str) -> None:
    assert nachkommazahl(ziffern, stellen) == text


@pytest.mark.parametrize(
    ("text", "kennzeichen", "wort"),
    [("12345", None, "12.345"), ("-1234", None, "-1.234"), ("12.50", None, "12,50"), (None, "/", "/"), (None, None, "leer"),
     ("1234567890123456", None, "1234567890123456")],
)  # fmt: skip
def test_what_was_printed_is_told_as_printed(text: str | None, kennzeichen: str | None, wort: str) -> None:
    assert gedruckt({"gedruckt": text, "kennzeichen": kennzeichen}) == wort


def test_a_figure_is_named_by_what_is_not_total() -> None:
    spalte = {"titel": "Kinder", "zusatz": INSGESAMT | {"groesse": "zaehler", "geschlecht": "x", "altersgruppe": "0-2"}}
    assert spaltenname(spalte) == "Kinder, Zähler, Geschlecht ohne Angabe, Alter 0-2"
    wovon = {"spalte": spalte | {"zusatz": INSGESAMT | {"staat": "000"}}, "gebiet": "Süd", "stichtag": date(2020, 2, 1)}
    assert figur(wovon) == "Kinder in Süd am 01.02.2020, Staat 000"


@pytest.mark.parametrize(
    ("fest", "aenderung", "text"),
    [(0, -9.0, "fällt auf null"), (1, log(110), "etwa das Hundertfache"), (1, -log(9.5), "etwa ein Zehntel"),
     (1, log(2), "Faktor 2,00")],
)  # fmt: skip
def test_a_jump_is_told_as_a_multiple(fest: int, aenderung: float, text: str) -> None:
    assert sprung(fest, aenderung) == text


def test_a_share_that_follows_from_nothing_is_not_interpreted() -> None:
    assert deutung({"art": None}) == ""
    zeile = {"art": "zeile", "gebiet": "Süd", "wert": 10**10, "nenner": 2 * 10**10}
    assert deutung(zeile) == "; folgt aus den Zahlen von »Süd« (10 von 20)"


def test_a_printed_sign_is_told_where_a_share_has_no_number() -> None:
    fall = {"gebiet": "Süd", "quote": {"gedruckt": None, "kennzeichen": "-"}, "einheit": "prozent", "zaehler": 5 * 10**9,
            "nenner": 10**10, "richtig": 50, "stellen": 0, "deutung": {"art": None}}  # fmt: skip
    zeile = {"spaltenname": {"titel": "Quote", "zusatz": INSGESAMT}, "stichtag": date(2020, 12, 31), "faelle": [fall]}
    worte = tabelle.word("anteil_folgt", zeile)
    assert worte.was == "Quote am 31.12.2020: in Süd gedruckt - %, aus 5 von 10 folgt 50 %"
    assert worte.vorschlag == "50 %"


def test_a_list_says_how_many_more_there_are() -> None:
    assert liste(["a", "b"], 2) == "a; b"
    assert liste(["a", "b", "c", "d"], 2, ", ") == "a, b, und 2 weitere"
    assert ganz(-1234567) == "-1.234.567"


@pytest.mark.parametrize("room", [massnahmen, open_sdg, tabelle])
def test_a_check_without_a_sentence_is_an_error(room: object) -> None:
    with pytest.raises(KeyError, match="gibt_es_nicht"):
        room.word("gibt_es_nicht", {})  # type: ignore[attr-defined]
