"""A step that cannot be computed with one municipality's rows: it is found out and held back, the others are published.

Here belongs what a whole refresh does about it; the fault is put into the step's own statement, over the rows as they are.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.steps import checks as pruefungen
from pipelines.steps import unchanged
from pipelines.steps.left_out import ausgelassene
from pipelines.steps.sql_step import SqlStep
from pipelines.steps.step import Written
from pipelines.veroeffentlichung import korrektur, revision
from pipelines.veroeffentlichung.bericht import write as bericht
from tests.conftest import monitoring_im_prozess
from tests.lib.published import create_published
from tests.lib.small_town import TABELLE, zahlen

pytestmark = pytest.mark.e2e

# DuckDB quotes the row in its message, as with any failed conversion.
ABSTURZ = "case when {wann} then error('Zeile mit 4711 Personen') else wert end"


def crash(m: pytest.MonkeyPatch, tabelle: str, wann: str) -> None:
    """Let the step of a table fail on certain rows."""
    echt = SqlStep.write

    def write(step: SqlStep, ablage: Ablage) -> Written:
        if f"{step.schema}.{step.name}" == tabelle:
            text = f"select * replace ({ABSTURZ.format(wann=wann)} as wert) from ({step.text})"
            step = replace(step)
            step.__dict__["text"] = text
        return echt(step, ablage)

    m.setattr(SqlStep, "write", write)


@pytest.fixture
def daten(tmp_path: Path) -> Path:
    return create_published(tmp_path / "data", "erste", "zweite", "dritte")


def neue_zahlen(daten: Path) -> None:
    for kommune in ("erste", "zweite", "dritte"):
        text = f"Gebiet;Einwohner\n{kommune.title()};{4711 if kommune == 'zweite' else 2000}\n"
        (daten / "raw" / kommune / "tabellen" / TABELLE).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("tabelle", ["bevoelkerung.tabellenwert", "marts.tabellenwert"])
def test_the_municipality_keeps_its_figures_and_the_others_are_published(
    daten: Path, monkeypatch: pytest.MonkeyPatch, tabelle: str
) -> None:
    alt = json.loads((daten / "marts" / "manifest.json").read_text())["veroeffentlichung"]
    neue_zahlen(daten)
    with monkeypatch.context() as m:
        crash(m, tabelle, "wert = 4711")
        aufruf = monitoring_im_prozess(daten, "refresh")
        assert aufruf.code == 1
        assert zahlen(daten) == {"dritte": 2000, "erste": 2000, "zweite": 1000}
        assert "4711" not in aufruf.output, "no row is quoted"
        (zeile,) = [z for z in aufruf.lines if z.startswith("zweite: ")]
        assert zeile.startswith(
            f"zweite: Beim Schritt »Tabelle {tabelle} rechnen und prüfen« führten Zeilen von zweite zu einem unerwarteten Fehler "
            "(InvalidInputException)."
        )
        assert any(z.startswith("ZURÜCKGEHALTEN: zweite") and alt in z for z in aufruf.lines), aufruf.stdout
        manifest = json.loads((daten / "marts" / "manifest.json").read_text())
        assert manifest["zurueckgehalten"] == {"zweite": {"zahlen_aus": alt, "pruefungen": ["unerwartet"]}}
        with duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True) as con:
            frage = "select kommune from dim.kommune order by 1"
            assert con.execute(frage).fetchall() == [("dritte",), ("erste",), ("zweite",)]
        # It is tried again by the next plain refresh, and fails as long as nothing is mended.
        assert monitoring_im_prozess(daten, "refresh").code == 1
    heilend = monitoring_im_prozess(daten, "refresh")
    assert (heilend.code, "Nichts Neues" in heilend.stdout) == (0, False)
    assert zahlen(daten) == {"dritte": 2000, "erste": 2000, "zweite": 4711}
    assert ausgelassene(Ablage(daten)) == []


def test_a_step_that_fails_for_everybody_is_nobodys_fault(daten: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    neue_zahlen(daten)
    with monkeypatch.context() as m:
        crash(m, "bevoelkerung.tabellenwert", "wert > 0")
        aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert set(zahlen(daten).values()) == {1000}
    assert ausgelassene(Ablage(daten)) == []
    assert any("trat ein unerwarteter Fehler auf" in z for z in aufruf.lines), aufruf.stdout


def test_rows_that_only_together_are_impossible_hold_back_all_of_them(
    daten: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neue_zahlen(daten)
    (daten / "raw" / "dritte" / "tabellen" / TABELLE).write_text("Gebiet;Einwohner\nDritte;3000\n", encoding="utf-8")
    with monkeypatch.context() as m:
        crash(m, "bevoelkerung.tabellenwert", "sum(wert) filter (where wert in (3000, 4711)) over () = 7711")
        aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert zahlen(daten) == {"dritte": 1000, "erste": 2000, "zweite": 1000}


def test_a_check_that_fails_on_one_municipalitys_rows_holds_back_that_one(
    daten: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neue_zahlen(daten)
    echt = unchanged.run_check

    def check(ablage: Ablage, p: Any) -> Any:
        if p.name == "indikator_endlich":
            text = "select kommune, '' as ort from marts.tabellenwert where wert = 4711 and error('Zeile') is null"
            p = replace(p, text=text)
        return echt(ablage, p)

    with monkeypatch.context() as m:
        m.setattr(unchanged, "run_check", check)
        aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 1
    assert zahlen(daten) == {"dritte": 2000, "erste": 2000, "zweite": 1000}
    assert len([z for z in aufruf.lines if z.startswith("zweite: ")]) == 1


def _nur_zweite(m: pytest.MonkeyPatch, modul: Any, name: str, ist_zweite: Any) -> None:
    """Let a function of a module fail whenever its arguments hold a row of the municipality `zweite`."""
    echt = getattr(modul, name)

    def kaputt(*werte: Any, **weitere: Any) -> Any:
        if ist_zweite(*werte):
            raise ZeroDivisionError("Zeile mit 4711 Personen")
        return echt(*werte, **weitere)

    m.setattr(modul, name, kaputt)


def _is_held_and_healed(daten: Path, aufruf: Any) -> None:
    """What every crash on one municipality's rows leads to: that one is held back, with one message."""
    assert aufruf.code == 1, aufruf.output
    assert zahlen(daten) == {"dritte": 2000, "erste": 2000, "zweite": 1000}
    assert "4711" not in aufruf.output, "no row is quoted"
    assert len([z for z in aufruf.lines if z.startswith("zweite: ")]) == 1, aufruf.stdout
    heilend = monitoring_im_prozess(daten, "refresh")
    assert heilend.code == 0, heilend.output
    assert zahlen(daten) == {"dritte": 2000, "erste": 2000, "zweite": 4711}


def _has_second(rahmen: Any) -> bool:
    return "kommune" in rahmen.columns and "zweite" in set(rahmen["kommune"])


def test_a_crash_of_the_vocabulary_check_on_one_municipalitys_rows_holds_back_that_one(
    daten: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    neue_zahlen(daten)
    with monkeypatch.context() as m:
        _nur_zweite(m, pruefungen, "check_pandas", lambda t, r: t.voll == "marts.tabellenwert" and _has_second(r))
        aufruf = monitoring_im_prozess(daten, "refresh")
    _is_held_and_healed(daten, aufruf)


@pytest.mark.parametrize(("modul", "tabelle"), [(korrektur, "indikatorwert"), (revision, "tabellenwert")])
def test_a_crash_of_the_comparison_with_the_last_release_holds_back_that_one(
    daten: Path, monkeypatch: pytest.MonkeyPatch, modul: Any, tabelle: str
) -> None:
    neue_zahlen(daten)
    echt = modul._vergleich

    def vergleich(*werte: Any) -> Any:
        text = echt(*werte)
        if modul is korrektur:
            return text.replace("n.wert is not null", "if(n.wert = 4711, error('Zeile'), '') = ''")
        return text and text.replace("n.wert::varchar", "if(n.wert = 4711, error('Zeile'), n.wert::varchar)")

    with monkeypatch.context() as m:
        m.setattr(modul, "_vergleich", vergleich)
        aufruf = monitoring_im_prozess(daten, "refresh")
    _is_held_and_healed(daten, aufruf)


def test_a_report_that_cannot_be_written_is_one_message_and_the_others_are_written(
    daten: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seiten = daten / "marts" / "bericht"
    alt = (seiten / "zweite.html").read_text(encoding="utf-8")
    neue_zahlen(daten)
    with monkeypatch.context() as m:
        _nur_zweite(m, bericht, "render_seite", lambda _, teile, *__: teile.b.kommune["kommune"] == "zweite")
        aufruf = monitoring_im_prozess(daten, "refresh")
        assert aufruf.code == 1
        assert zahlen(daten) == {"dritte": 2000, "erste": 2000, "zweite": 4711}, "the figures are published"
        assert "NICHT VERÖFFENTLICHT" not in aufruf.stdout
        (zeile,) = [z for z in aufruf.lines if z.startswith("zweite: ")]
        assert zeile.startswith("zweite: Der Bericht von zweite ließ sich nicht schreiben (ZeroDivisionError).")
        assert (seiten / "zweite.html").read_text(encoding="utf-8") == alt
        assert "2.000" in (seiten / "dritte.html").read_text(encoding="utf-8")
        assert "Bericht von früher" in (seiten / "index.html").read_text(encoding="utf-8")
        assert monitoring_im_prozess(daten, "report").code == 1
    heilend = monitoring_im_prozess(daten, "refresh")
    assert heilend.code == 0, heilend.output
    assert "4.711" in (seiten / "zweite.html").read_text(encoding="utf-8")
