"""Printed numbers and value signs: every sign, every way of printing a number, and what must be refused.

Here belong tests of one cell's text; whether a column may hold such a number is tested in test_tabelle.py.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.eingang.tabelle.numbers import DIN_ZEICHEN, Zahl, Zahlformat, read_number, write_number
from schemas.spalten.lieferung import KENNZEICHEN

DEUTSCH = Zahlformat()
PUNKT = Zahlformat(".", "")
KOMMA = Zahlformat(",", "")
ENGLISCH = Zahlformat(".", ",")
LEER = Zahlformat(",", " ")
SCHWEIZ = Zahlformat(".", "'")
FORMATE = (DEUTSCH, PUNKT, KOMMA, ENGLISCH, LEER, SCHWEIZ)
VIELE = settings(max_examples=400, deadline=None, derandomize=True)
WOERTER = {**DIN_ZEICHEN, "gesperrt": ".", "nicht veröffentlicht": ".", "statistisch unsicher": "/", "k. A.": "."}


@pytest.mark.parametrize(
    ("zelle", "wert", "kennzeichen"),
    [
        ("-", 0.0, "-"), ("–", 0.0, "-"), ("—", 0.0, "-"), (".", None, "."), ("•", None, "."), ("·", None, "."),
        ("*", None, "."), ("...", None, "..."), ("…", None, "..."), ("x", None, "x"), ("X", None, "x"),
        ("/", None, "/"), ("|", None, "|"), ("", None, "leer"), ("  ", None, "leer"), ("()", None, "()"),
    ],
)  # fmt: skip
def test_a_sign_keeps_its_meaning(zelle: str, wert: float | None, kennzeichen: str) -> None:
    assert read_number(zelle, DEUTSCH) == Zahl(wert, None, 0, kennzeichen)
    assert kennzeichen in KENNZEICHEN


@pytest.mark.parametrize(
    ("zelle", "gedruckt", "kennzeichen"),
    [
        ("(123)", "123", "()"), ("( 8,4 )", "8.4", "()"), ("(-0,8)", "-0.8", "()"), ("1234p", "1234", "p"),
        ("1.234 r", "1234", "r"), ("s 78.500", "78500", "s"), ("p1,5", "1.5", "p"), ("s ,5", "0.5", "s"),
    ],
)  # fmt: skip
def test_a_number_with_a_sign_keeps_both(zelle: str, gedruckt: str, kennzeichen: str) -> None:
    zahl = read_number(zelle, DEUTSCH)
    assert (zahl.wert, zahl.gedruckt, zahl.kennzeichen) == (float(gedruckt), gedruckt, kennzeichen)


@pytest.mark.parametrize(
    ("zelle", "gedruckt"),
    [
        ("0", "0"), ("0,0", "0.0"), ("-0,0", "0.0"), ("1234", "1234"), ("1.234", "1234"), ("1.234.567,89", "1234567.89"),
        ("1439,00", "1439.00"), ("-,8", "-0.8"), (",5", "0.5"), ("+33654", "33654"), ("+66,67", "66.67"), ("−5", "-5"),
        ("–5", "-5"), ("1 234", "1234"), ("1\u00a0234", "1234"), ("1\u202f234,5", "1234.5"), ("6.42E-02", "0.0642"),
        ("6,42E-02", "0.0642"), ("6.42e+02", "642"), ("1E3", "1000"), ("-1,5E−1", "-0.15"), ("007", "7"), ("12¹", "12"),
        ("12 1)", "12"), ("1.234²", "1234"), ("8,4¹, ²", "8.4"), ("0,10", "0.10"), (" 8,4\u00a0", "8.4"),
    ],
)  # fmt: skip
def test_german_numbers_are_read_as_printed(zelle: str, gedruckt: str) -> None:
    stellen = len(gedruckt.partition(".")[2])
    assert read_number(zelle, DEUTSCH) == Zahl(float(gedruckt), gedruckt, stellen, None)


@pytest.mark.parametrize(
    ("zelle", "format", "gedruckt"),
    [
        ("1.234", PUNKT, "1.234"), ("37.70952052143957", PUNKT, "37.70952052143957"), ("6.42E-02", KOMMA, "0.0642"),
        ("1,234", KOMMA, "1.234"), ("1,234.5", ENGLISCH, "1234.5"), ("1 234,5", LEER, "1234.5"), (".5", PUNKT, "0.5"),
        ("1\u2009234", LEER, "1234"), ("1'234.5", SCHWEIZ, "1234.5"), ("1’234", SCHWEIZ, "1234"), ("1234.0", SCHWEIZ, "1234.0"),
    ],
)  # fmt: skip
def test_other_formats_are_read_as_declared(zelle: str, format: Zahlformat, gedruckt: str) -> None:
    assert read_number(zelle, format).gedruckt == gedruckt


@pytest.mark.parametrize("zelle", ["8,4 %", "8,4%", "8,4\u00a0%"])
def test_a_percent_sign_is_reported(zelle: str) -> None:
    assert read_number(zelle, DEUTSCH) == Zahl(8.4, "8.4", 1, None, True)


def test_percent_sign_and_brackets_may_stand_in_either_order() -> None:
    assert read_number("(8,4 %)", DEUTSCH) == read_number("(8,4) %", DEUTSCH) == Zahl(8.4, "8.4", 1, "()", True)


@pytest.mark.parametrize(
    ("zelle", "format", "grund"),
    [
        ("1.234", KOMMA, "ist mehrdeutig: 1.234 wäre mit Tausenderpunkt 1234, mit Dezimalpunkt 1,234"),
        ("1.234", LEER, "ist mehrdeutig: 1.234 wäre mit Tausenderpunkt 1234, mit Dezimalpunkt 1,234"),
        ("1,234", PUNKT, "ist mehrdeutig: 1,234 wäre mit Tausenderkomma 1234, mit Dezimalkomma 1.234"),
        ("8.4", KOMMA, "hat einen Dezimalpunkt statt Dezimalkomma"),
        ("8,4", PUNKT, "hat ein Dezimalkomma statt Dezimalpunkt"),
        ("1.23", DEUTSCH, "hat eine falsch gesetzte Tausendertrennung"),
        ("0.123", DEUTSCH, "hat eine falsch gesetzte Tausendertrennung"),
        ("12.345.6", DEUTSCH, "hat eine falsch gesetzte Tausendertrennung"),
        ("1.234 567", DEUTSCH, "hat eine falsch gesetzte Tausendertrennung"),
        ("1234.567", DEUTSCH, "hat eine falsch gesetzte Tausendertrennung"),
        ("1 234", PUNKT, "hat eine falsch gesetzte Tausendertrennung"),
        ("31.12.2024", DEUTSCH, "ist ein Datum, keine Zahl"),
        ("#NV", DEUTSCH, "ist ein Fehlerwert der Tabellenkalkulation"),
        ("12)", DEUTSCH, "ist mehrdeutig: die letzte Ziffer kann zur Zahl oder zur Fußnote gehören"),
        ("(12p)", DEUTSCH, "ist keine Zahl"),
        ("(12) p", DEUTSCH, "trägt mehrere Zeichen (p und ())"),
        ("8,4 % %", DEUTSCH, "ist keine Zahl"),
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused_with_the_reason(zelle: str, format: Zahlformat, grund: str) -> None:
    with pytest.raises(ValueError) as fehler:  # noqa: PT011 - the text is compared whole
        read_number(zelle, format)
    assert str(fehler.value) == grund


@pytest.mark.parametrize(
    "zelle",
    ["abc", "1,2,3", "5,", "(123", "123)", "--5", "- 5", "1e999", "٣", "１２", "12a", "p", "¹", "%", "E5", "1 2", "5-", "1/2",
     "+", ",", "1.234,", "nan", "inf", "9" * 61, "1_000", "0x10"],
)  # fmt: skip
def test_what_is_no_number_is_refused(zelle: str) -> None:
    with pytest.raises(ValueError, match=r"ist keine Zahl|Tausendertrennung|mehrdeutig"):
        read_number(zelle, DEUTSCH)


def test_zero_is_less_than_half_a_unit_only_where_the_source_says_so() -> None:
    assert read_number("0,0", DEUTSCH, DIN_ZEICHEN).kennzeichen is None
    halb = {**DIN_ZEICHEN, "0": "0"}
    assert read_number("0", DEUTSCH, halb) == Zahl(0.0, "0", 0, "0")
    assert read_number("0,0", DEUTSCH, halb) == Zahl(0.0, "0.0", 1, "0")
    assert read_number(0, DEUTSCH, halb).kennzeichen == "0"
    assert read_number("10", DEUTSCH, halb).kennzeichen is None
    assert read_number("-", DEUTSCH, halb) == Zahl(0.0, None, 0, "-")


@pytest.mark.parametrize(
    ("wort", "kennzeichen"),
    [
        ("gesperrt", "."),
        ("Gesperrt", "."),
        ("nicht  veröffentlicht", "."),
        ("Statistisch unsicher", "/"),
        ("k.A.", "."),
    ],
)
def test_words_mean_what_the_layout_says(wort: str, kennzeichen: str) -> None:
    assert read_number(wort, DEUTSCH, WOERTER) == Zahl(None, None, 0, kennzeichen)
    with pytest.raises(ValueError, match="ist keine Zahl"):
        read_number(wort, DEUTSCH)


@pytest.mark.parametrize(
    ("zelle", "gedruckt"),
    [(1234, "1234"), (0, "0"), (-3, "-3"), (8.4, "8.4"), (0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (1439.0, "1439"),
     (-0.0, "0"), (1e20, "100000000000000000000")],
)  # fmt: skip
def test_typed_numbers_need_no_format(zelle: float, gedruckt: str) -> None:
    for format in FORMATE:
        assert read_number(zelle, format) == Zahl(
            float(gedruckt), gedruckt, len(gedruckt.partition(".")[2]), None
        )  # fmt: skip


@pytest.mark.parametrize("zelle", [True, False, date(2024, 12, 31), float("nan"), float("inf"), None, 1e200, 10**100])
def test_typed_values_that_are_no_numbers_are_refused(zelle: Any) -> None:
    with pytest.raises(ValueError, match="Zahl"):
        read_number(zelle, DEUTSCH)


@VIELE
@given(
    ganz=st.integers(-(10**12), 10**12),
    stellen=st.integers(0, 6),
    format=st.sampled_from(FORMATE),
    tausender=st.booleans(),
)
def test_a_printed_number_reads_back_as_itself(ganz: int, stellen: int, format: Zahlformat, tausender: bool) -> None:
    wert = Decimal(ganz).scaleb(-stellen)
    gedruckt = write_number(wert, stellen, format if tausender else Zahlformat(format.dezimal, ""))
    zahl = read_number(gedruckt, format)
    assert Decimal(zahl.gedruckt or "x") == wert
    assert (zahl.wert, zahl.stellen, zahl.kennzeichen) == (float(wert), stellen, None)


@VIELE
@given(wert=st.floats(-1e15, 1e15, allow_nan=False))
def test_typed_floats_keep_fifteen_digits(wert: float) -> None:
    zahl = read_number(wert, DEUTSCH)
    assert zahl.wert == float(f"{wert:.15g}")
    assert float(zahl.gedruckt or "x") == zahl.wert


@VIELE
@given(
    text=st.one_of(st.text(max_size=80), st.text("0123456789.,-–+ ()%eEprs¹²'’\u00a0x/|*", max_size=14)),
    format=st.sampled_from(FORMATE),
)
def test_any_text_is_a_number_a_sign_or_a_value_error(text: str, format: Zahlformat) -> None:
    try:
        zahl = read_number(text, format, WOERTER)
    except ValueError as fehler:
        grund = str(fehler)
        assert grund.startswith(("ist ", "hat ", "trägt ")) and not grund.endswith(".")  # noqa: PT018
        return
    assert zahl.kennzeichen is None or zahl.kennzeichen in KENNZEICHEN
    assert (zahl.wert is None) <= (zahl.kennzeichen is not None)
    if zahl.gedruckt is not None:
        assert zahl.wert == float(zahl.gedruckt)


@pytest.mark.parametrize(
    ("wert", "stellen", "format", "text"),
    [(1234.5, 1, DEUTSCH, "1.234,5"), (-0.85, 1, DEUTSCH, "-0,9"), ("1234567", 0, LEER, "1 234 567"), (-0.01, 1, PUNKT, "0.0"),
     (1234, 2, SCHWEIZ, "1'234.00")],
)  # fmt: skip
def test_numbers_are_printed_in_the_format(wert: float, stellen: int, format: Zahlformat, text: str) -> None:
    assert write_number(wert, stellen, format) == text
