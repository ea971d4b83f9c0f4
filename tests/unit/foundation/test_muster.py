"""Regular expressions of a layout: wrong, too large and endless ones are told, and the reading ends.

Here belong tests of an expression's bounds; what its groups mean is tested with the tables (unit/eingang/test_tabelle.py, spec).
"""

import time
from datetime import date
from itertools import repeat
from pathlib import Path

import pytest

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.read import read_tabelle
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen
from pipelines.foundation.patterns import Muster, MusterZuLangsam, check_pattern
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.stamm.quellen.layout import Layout

TAG = date(2024, 12, 31)
ENDLOS = r"(a|aa)+b"  # on a text of many a this tries every way to write them as ones and twos
LANG = "a" * 80


def read(ordner: Path, text: str, **layout: object) -> list[Befund]:
    """Findings of a refused table without a municipality."""
    pfad = ordner / "zahlen_2024-12-31.csv"
    pfad.write_text(text, encoding="utf-8")
    form = Layout.model_validate(
        {"id": "zahlen", "titel": "Zahlen", "herkunft": "Test", "lizenz": "Test", "datei": "zahlen_{stichtag}.csv"}
        | layout
    )
    ablage = Ablage(ordner / "data").create_folders()
    ablage.referenz.mkdir(parents=True, exist_ok=True)
    (ablage.referenz / "staaten.csv").write_bytes((WURZEL / "data/raw/referenz/staaten.csv").read_bytes())
    with pytest.raises(LieferungAbgewiesen) as abgewiesen:
        read_tabelle(ablage, None, form, Lieferung("x", "zahlen", "tabellen", pfad, TAG, TAG, "0" * 64, ""))
    return list(abgewiesen.value.befunde)


@pytest.mark.parametrize(
    ("text", "layout", "schluessel"),
    [
        (f"{LANG};x\n1;2\n", {"werte": [{"merkmal": "einwohner", "muster": ENDLOS}]}, "werte[0].muster"),
        (f"Jahr;Zahl\n{LANG};2\n", {"spalten": {"einwohner": "Zahl"}, "zeit": {"spalte": "Jahr", "muster": ENDLOS}},
         "zeit.muster"),
        (f"{LANG};\nJahr;Zahl\n2024;2\n",
         {"spalten": {"einwohner": "Zahl"}, "kopfzeile": 2, "zeit": {"zelle": "A1", "muster": ENDLOS}}, "zeit.muster"),
    ],
)  # fmt: skip
def test_an_endless_expression_ends_the_reading_and_is_named_by_layout_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, layout: dict[str, object], schluessel: str
) -> None:
    monkeypatch.setattr("pipelines.foundation.patterns.HOECHSTENS_SEKUNDEN", 0.2)
    beginn = time.monotonic()
    (befund,) = read(tmp_path, text, **layout)
    assert time.monotonic() - beginn < 300  # it ends at all, also on a busy machine
    assert befund.code is Code.layout
    assert befund.text() == (
        f"zahlen_2024-12-31.csv, kommune.yaml, Layout zahlen: das Muster »(a|aa)+b« ({schluessel}) kam in 0.2 Sekunden zu keinem "
        "Ende. Erwartet: ein Muster ohne Wiederholung in der Wiederholung, etwa a+ statt (a+)+."
    )


def test_many_slow_cells_share_the_seconds_of_one_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.foundation.patterns.HOECHSTENS_SEKUNDEN", 0.2)
    muster = Muster(ENDLOS, "zeit.muster")
    beginn = time.monotonic()
    with pytest.raises(MusterZuLangsam, match="zu keinem Ende"):
        list(map(muster.angabe, repeat("a" * 22, 1_000_000)))
    assert time.monotonic() - beginn < 300  # a million cells at 0.2 s each would take days


@pytest.mark.parametrize(
    ("muster", "wort"),
    [("E_(", "kein gültiger regulärer Ausdruck (Stelle 2)"), ("a" * 301, "301 Zeichen"),
     ("((a{1000}){1000}){1000}", "zählt ineinander zu viele Wiederholungen"), ("a{99999999999}", "zählt zu weit"),
     ("a{1000000}", "zählt ineinander zu viele"), (f"{'(' * 149}{')' * 149}", None), ("a{x}{,}", None)],
)  # fmt: skip
def test_an_expression_too_large_to_prepare_is_refused_as_configuration(muster: str, wort: str | None) -> None:
    if wort is None:
        check_pattern(muster)
        Muster(muster, "")
        return
    with pytest.raises(ValueError, match="Muster") as grund:
        check_pattern(muster)
    assert wort in str(grund.value)


def test_usual_expressions_find_what_they_found() -> None:
    alter = Muster(r"E_E(?P<von>\d\d)_(?P<bis>\d\d)", "werte[0].muster").ganz("E_E03_06")
    assert alter is not None
    assert alter.groupdict() == {"von": "03", "bis": "06"}
    assert Muster(r"Stand: (\d{4})", "zeit.muster").angabe("Stand: 2024, vorläufig") == "2024"
    assert Muster(r"\d{4}", "zeit.muster").angabe("Jahr 2024") == "2024"
    assert Muster(r"\d{4}", "zeit.muster").angabe("ohne") == "ohne"
    assert Muster(r"(?P<geschlecht>\w+)", "werte[0].muster").ganz("männlich") is not None
