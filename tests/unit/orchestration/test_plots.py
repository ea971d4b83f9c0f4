"""Pictures of a release in the UI: they show what is published, in steps, and never a count."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.orchestration import plots
from pipelines.orchestration.publication_assets import show_plots
from pipelines.veroeffentlichung.published_file import create_view
from schemas.tabellen.ansichten import ANSICHTEN
from tests.unit.veroeffentlichung.test_ansichten import GEBIETE, figures
from tests.unit.veroeffentlichung.test_bericht import mustertabellen, publish, zeile

HAUPT = {"ist_hauptdefinition": True, "beispieldaten": False}
LIEFERUNGEN = [
    {"lieferung_id": f"l{n}", "kommune": "luenen", "quelle": q, "datei": f"{n}.csv", "stichtag": date(jahr, 12, 31),
     "zeilen_gelesen": gelesen, "zeilen_abgewiesen": abgewiesen, "status": "uebernommen", "synthetisch": False}
    for n, (q, jahr, gelesen, abgewiesen) in enumerate(
        [("melderegister", 2020, 4000, 7), ("t", 2020, 1000, 0), ("melderegister", 2021, 4000, 400), ("t", 2022, 1000, None)]
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    gebiete = [*GEBIETE, GEBIETE[2] | {"gebiet_id": "13", "gebiet": "Wethmar"}]
    zahlen = [*figures(), zeile("13", "Wethmar", 1234, 77, None) | HAUPT]
    daten = mustertabellen() | {
        "marts.migrationshintergrund": zahlen,
        "dim.gebiet": gebiete,
        "protokoll.lieferung": LIEFERUNGEN,
    }
    ablage = publish(tmp_path_factory.mktemp("plots"), daten)
    with duckdb.connect(str(ablage.publikation)) as con:
        for ansicht in ANSICHTEN:
            create_view(con, ansicht)
    return ablage


@pytest.fixture(scope="module")
def charts(ablage: Ablage) -> dict[str, tuple[dict[str, Any], str]]:
    """What each picture is drawn from, and the sentence below it."""
    gezeichnet: list[tuple[dict[str, Any], str]] = []

    def note(diagramm: Any, satz: str) -> str:
        gezeichnet.append((diagramm.to_dict(), satz))
        return satz

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "_as_markdown", note)
        namen = list(plots.draw_plots(ablage))
    return dict(zip(namen, gezeichnet, strict=True))


def test_a_share_is_drawn_as_the_step_it_lies_in_and_a_protected_one_as_a_word(
    ablage: Ablage, charts: dict[str, tuple[dict[str, Any], str]]
) -> None:
    bild, satz = charts["Anteil je Gebiet: Lünen"]
    gezeigt = {z["gebiet"]: z["text"] for z in bild["data"]["values"]}
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        veroeffentlicht = con.execute(
            "select gebiet, anteil_mh from marts.heute_gebiete where kommune = 'luenen'"
        ).fetchall()
    assert gezeigt == {"Ährenfeld": "40 bis unter 45 %", "Niederaden": "15 bis unter 20 %", "Wethmar": "geschützt"}
    assert set(gezeigt) == {g for g, _ in veroeffentlicht}
    for gebiet, anteil in veroeffentlicht:
        stufe = re.match(r"(\d+) bis unter (\d+)", gezeigt[gebiet])
        assert (stufe is None) == (anteil is None)
        assert stufe is None or int(stufe[1]) <= 100 * anteil < int(stufe[2])
    assert satz.endswith("in Stufen von 5 Punkten, geschützt in 1 von 3 Gebieten")


def test_no_count_of_persons_and_no_exact_share_is_in_a_picture(charts: dict[str, tuple[dict[str, Any], str]]) -> None:
    for bild, satz in charts.values():
        zahlen = set(re.findall(r"\d+(?:\.\d+)?", str(bild["data"]) + satz))
        assert not zahlen & {
            "5000",
            "2000",
            "3000",
            "1500",
            "1200",
            "300",
            "550",
            "600",
            "1234",
            "77",
            "4000",
            "400",
            "7",
            "0.15",
        }


def test_rejected_lines_are_whole_per_cents_of_what_is_published(charts: dict[str, tuple[dict[str, Any], str]]) -> None:
    bild, _ = charts["Abgewiesene Zeilen"]
    assert [(z["tag"], z["prozent"]) for z in bild["data"]["values"]] == [("2020-12-31", 1), ("2021-12-31", 10)]


def test_the_order_of_areas_tells_nothing_that_the_steps_do_not(
    ablage: Ablage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "STUFE", 100)
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        assert [g["gebiet"] for g in plots.areas(con) if g["kommune"] == "Lünen"] == [
            "Niederaden",
            "Ährenfeld",
            "Wethmar",
        ]


def test_a_picture_stands_inside_the_text(ablage: Ablage) -> None:
    text = plots.draw_plots(ablage)["Anteil je Gebiet: Lünen"]
    assert re.match(r"!\[[^]]+\]\(data:image/png;base64,iVBOR[\w+/=]+\)\n\nAnteil mit", text)
    assert len(text) < 150_000


def test_more_areas_than_a_picture_holds_have_none(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "GEBIETE_HOECHSTENS", 2)
    assert list(plots.draw_plots(ablage)) == ["Abgewiesene Zeilen"]


def test_pictures_that_cannot_be_drawn_stop_no_release(ablage: Ablage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(show_plots(ablage)) == ["Anteil je Gebiet: Lünen", "Abgewiesene Zeilen"]

    def fail(*_: Any) -> None:
        raise duckdb.IOException("no such file: 4711")

    monkeypatch.setattr("pipelines.orchestration.publication_assets.draw_plots", fail)
    gezeigt = show_plots(ablage)
    assert list(gezeigt) == ["Warnung"]
    assert "IOException" in gezeigt["Warnung"]
    assert "4711" not in gezeigt["Warnung"]


def test_nothing_published_has_no_picture(tmp_path: Path) -> None:
    leer = publish(tmp_path, {})
    with duckdb.connect(str(leer.publikation)) as con:
        for ansicht in ANSICHTEN:
            create_view(con, ansicht)
    assert plots.draw_plots(leer) == {}
