"""Every indicator of the catalogue gives what its example says; the examples' own arithmetic is right."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROH
from tests.lib.yaml_text import load_yaml
from tests.spec.indikatoren.beispiele import (
    FAKTOR,
    SCHLUESSEL,
    Beispiel,
    Tabelle,
    alle_beispiele,
    erwartete,
    read,
    recompute,
)
from tests.spec.indikatoren.hilfe import Werk, compare
from tests.spec.indikatoren.tabelle import ZIEL, seite

BEISPIELE = alle_beispiele()
KATALOG = {
    i["id"]: i for i in load_yaml((ROH / "referenz" / "indikatoren.yaml").read_text(encoding="utf-8"))["indikatoren"]
}  # fmt: skip


@pytest.fixture(scope="module")
def reihen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    return Werk(tmp_path_factory.mktemp("indikatoren") / "data").compute(BEISPIELE)


@pytest.mark.parametrize("b", BEISPIELE, ids=lambda b: b.ort)
def test_example_holds(b: Beispiel, reihen: dict[str, list[dict[str, Any]]]) -> None:
    assert compare(b, reihen[b.ort]) == []


def test_every_indicator_of_the_catalogue_has_an_example() -> None:
    assert {b.indikator for b in BEISPIELE} == {*KATALOG}
    assert len({b.ort for b in BEISPIELE}) == len(BEISPIELE), "the examples of an indicator stand in one file"


@pytest.mark.parametrize("spalte", ["zaehler", "nenner", "wert", "status", "trend", "abstand", "abstand_fall"])
def test_a_wrong_expectation_is_noticed(spalte: str, reihen: dict[str, list[dict[str, Any]]]) -> None:
    """In each example that has the column, one cell changed is one difference found."""
    changed = 0
    for b in BEISPIELE:
        if spalte not in b.erwartet.spalten:
            continue
        n = b.erwartet.spalten.index(spalte)
        erste = b.erwartet.zellen[0]
        falsch = "1234,5" if spalte not in ("status", "trend", "abstand_fall") else "falsch"
        zeile = [falsch if i == n else z for i, z in enumerate(erste)]
        anders = replace(b, erwartet=Tabelle(b.erwartet.spalten, [zeile, *b.erwartet.zellen[1:]]))
        assert compare(anders, reihen[b.ort]), f"{b.ort}, {spalte}"
        changed += 1
    assert changed > 0


@pytest.mark.parametrize("b", [BEISPIELE[0], BEISPIELE[-1]], ids=lambda b: b.ort)
def test_a_row_too_many_or_too_few_is_noticed(b: Beispiel, reihen: dict[str, list[dict[str, Any]]]) -> None:
    zellen = b.erwartet.zellen
    zuviel = [("1999-01-01" if re.fullmatch(r"\d{4}-\d\d-\d\d", z) else z) for z in zellen[0]]
    assert compare(replace(b, erwartet=Tabelle(b.erwartet.spalten, [*zellen, zuviel])), reihen[b.ort])
    assert compare(b, [*reihen[b.ort], {**reihen[b.ort][0], "indikator": b.indikator, "ebene": "gemeinde",
                                           "altersgruppe": "insgesamt", "zeitraum": date(1999, 1, 1),
                                           "geschlecht": "insgesamt"}])  # fmt: skip


@pytest.mark.parametrize("b", [b for b in BEISPIELE if {"register", "staaten"} & {*b.eingabe}], ids=lambda b: b.ort)
def test_of_sexes_nobody_has_nothing_is_told(b: Beispiel, reihen: dict[str, list[dict[str, Any]]]) -> None:
    """No example has persons of sex d or x: their rows say zero or nothing."""
    zeilen = [z for z in reihen[b.ort] if z["indikator"] == b.indikator and z["geschlecht"] in ("d", "x")]
    assert all((z["wert"] or 0) == 0 and (z["zaehler"] or 0) == 0 for z in zeilen)


# --- the examples themselves, without the pipeline ---


@pytest.mark.parametrize(
    ("zeile", "ergebnis", "gedruckt"),
    [
        ("Ausländer: 30 / 120 × 100 = 25,0 %", "25.0", "25.0"),
        ("(200 − 270) / 7000 × 1000 = −10,0 ‰", "-10.0", "-10.0"),
        ("14500 / 400 = 36,3 Jahre", "36.3", "36.3"),
        ("2 / 3 = 0,6", "0.7", "0.6"),
    ],
)
def test_the_calculator_rounds_once_half_away_from_zero(zeile: str, ergebnis: str, gedruckt: str) -> None:
    assert recompute(zeile) == (Decimal(ergebnis), Decimal(gedruckt))


@pytest.mark.parametrize("b", BEISPIELE, ids=lambda b: b.ort)
def test_calculations_of_the_example_are_right(b: Beispiel) -> None:
    for zeile in b.rechnung:
        ergebnis, gedruckt = recompute(zeile)
        assert ergebnis == gedruckt, zeile


@pytest.mark.parametrize("b", BEISPIELE, ids=lambda b: b.ort)
def test_every_expected_number_follows_from_the_example(b: Beispiel) -> None:
    """A value is numerator by denominator in its unit, the result of a calculation shown, or a number that was delivered."""
    gezeigt = {float(recompute(z)[1]) for z in b.rechnung}
    geliefert = {w for t in b.eingabe.values() for z in t.rows() for w in z.values() if isinstance(w, float)}
    zeilen = erwartete(b)
    eintrag = KATALOG[b.indikator]
    faktor = eintrag["herleitung"].get("faktor", FAKTOR.get(eintrag["einheit"], 1))
    gegen = {"auslaender": "deutsche", "deutsche": "auslaender", "mit_mh": "ohne_mh", "ohne_mh": "mit_mh"}
    for z in zeilen.values():
        wert, zaehler, nenner = (z[s] for s in ("wert", "zaehler", "nenner"))
        if isinstance(wert, float) and isinstance(zaehler, float) and isinstance(nenner, float):
            assert Fraction(int(zaehler)) / Fraction(int(nenner)) * faktor == Fraction(str(wert)), z
        elif wert is not None:
            assert wert in gezeigt | geliefert, z
        if z.get("abstand") is not None:
            andere = zeilen[tuple(gegen[str(z[s])] if s == "gruppe" else z[s] for s in SCHLUESSEL)]["wert"]
            assert isinstance(wert, float)
            assert isinstance(andere, float)
            assert Fraction(str(wert)) - Fraction(str(andere)) == Fraction(str(z["abstand"])), z


@pytest.mark.parametrize("b", BEISPIELE, ids=lambda b: b.ort)
def test_women_and_men_and_both_groups_are_everybody(b: Beispiel) -> None:
    """The examples are plausible: where all parts are told and none is missing, they add up to the whole."""
    werte = erwartete(b)
    for schluessel, ganzes in werte.items():
        for n, ganz, teile in (
            (3, "insgesamt", ("m", "w")),
            (2, "insgesamt", ("auslaender", "deutsche")),
            (2, "insgesamt", ("mit_mh", "ohne_mh")),
        ):
            stuecke = [werte.get((*schluessel[:n], t, *schluessel[n + 1 :])) for t in teile]
            for spalte in ("zaehler", "nenner"):
                zahlen = [z[spalte] for z in stuecke if z and z[spalte] is not None]
                if schluessel[n] == ganz and len(zahlen) == 2 and ganzes[spalte] is not None:
                    assert sum(float(str(z)) for z in zahlen) == ganzes[spalte], (b.ort, schluessel, spalte)


@pytest.mark.parametrize(
    ("text", "meldung"),
    [
        ("- {indikator: a, eingabe: {}, erwartet: 'x', titel: t}", "titel"),
        ("- {indikator: a, eingabe: {tabelle: x}, erwartet: 'x'}", "tabelle"),
        ("- {indikator: a, eingabe: {}, erwartet: \"a b\\n1\"}", "row 1 has 1 cells, the header 2"),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_is_refused(text: str, meldung: str) -> None:
    with pytest.raises(ValueError, match=meldung):
        read(text, "x.yaml")


def test_page_is_current() -> None:
    assert Path(ZIEL).read_text(encoding="utf-8") == seite(), "bitte python -m tests.spec.indikatoren.tabelle"
