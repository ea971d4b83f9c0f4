"""Sentences of the checks of measures: kinds of rows, facts, proposals. What holds for every delivery: test_saetze.py."""

import re
from datetime import date

import pytest

from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.eingang.massnahmen.sentences import DERIVED, ERWARTET, SAETZE, VORSCHLAEGE, fill, word

FEST = {"massnahme_nr": "1.1", "titel": "Sprachkurs"}


def test_only_checks_know_more_than_their_sentence() -> None:
    assert {*DERIVED, *ERWARTET, *VORSCHLAEGE} <= {p.name for p in load_massnahmen_checks()}


def test_every_kind_of_row_has_its_sentence() -> None:
    kinds = {p.name: {*re.findall(r"'(\w+)' as art\b", p.text)} for p in load_massnahmen_checks()}
    for name, satz in SAETZE.items():
        if not isinstance(satz, str):
            text = next(p.text for p in load_massnahmen_checks() if p.name == name)
            assert kinds[name] <= {*satz}, name
            assert [art for art in satz if f"'{art}'" not in text] == [], name


@pytest.mark.parametrize(
    ("satz", "fakt", "text"),
    [
        ("{x:euro}", -1234.5, "-1.234,50 €"),
        ("{x:euro}", 0.125, "0,13 €"),
        ("{x:zahl}", 12.0, "12"),
        ("{x:zahl}", 12.5, "12,5"),
        ("{x:tag}", date(2020, 2, 1), "01.02.2020"),
        ("{x:wort}", "nicht_begonnen", "nicht begonnen"),
        ("{x:liste}", ["a", "b"], "a, b"),
        ("{x}", "{y}", "{y}"),
    ],
)  # fmt: skip
def test_facts_are_written_as_the_sentence_asks(satz: str, fakt: object, text: str) -> None:
    assert fill(satz, {"x": fakt}) == text


def test_a_long_title_is_cut() -> None:
    assert fill("{wer}", FEST | {"titel": "x" * 61}) == f"Maßnahme 1.1 »{'x' * 57}…«"
    assert fill("{wer}", FEST | {"titel": "x" * 60}) == f"Maßnahme 1.1 »{'x' * 60}«"


def test_without_something_alike_nothing_is_proposed() -> None:
    zeile = FEST | {"art": "unbekannt", "feldtext": "Sprache", "felder": ["S1 Sprache", "S2 Arbeit"]}
    ohne = word("handlungsfeld_unbekannt", zeile | {"aehnlicher_name": None, "aehnliches_feld": None})
    assert ohne.erwartet == "eines von: S1 Sprache, S2 Arbeit"
    assert ohne.vorschlag is None
    mit = word("handlungsfeld_unbekannt", zeile | {"aehnlicher_name": "Sprache", "aehnliches_feld": "S1"})
    assert mit.vorschlag == "»Sprache« (S1), wenn das gemeint ist"


def test_an_unknown_fact_is_an_error() -> None:
    with pytest.raises(KeyError, match="ende"):
        word("zeit_verdreht", FEST | {"beginn": date(2020, 1, 1)})
