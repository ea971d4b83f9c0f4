"""Profiles of areas: published figures against the town, hidden ones as signs, each with definition, day and source."""

import re
from html import unescape
from pathlib import Path

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.gebietsprofil.alter import choose_disjoint
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.areas import tabellen
from tests.unit.veroeffentlichung.test_bericht import AGS, Seite, publish


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("profile"), tabellen())
    write_berichte(ablage)
    return ablage


def page(ablage: Ablage, name: str = "luenen.gebiete") -> str:
    return (ablage.marts / "bericht" / f"{name}.html").read_text(encoding="utf-8")


def section(ablage: Ablage, gebiet_id: str) -> str:
    return page(ablage).split(f'id="gebiet-{gebiet_id}"')[1].split("</section>")[0]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_an_area_stands_against_the_town_with_its_place_and_proof(ablage: Ablage) -> None:
    text = words(section(ablage, "10"))
    assert "Anteil MH 14,2 % Lünen: 34,4 % ; Rang 3 von 3" in text.replace("34,4 %;", "34,4 % ;")
    assert "Definition A · Lünen 2021 Stichtag 30.06.2021 Quelle Melderegister; Registerzählung; Stadt Lünen" in text
    assert "Gebiete zwischen 14,2 % (Niederaden) und 41,0 % (Ährenfeld &amp; Söhne)" in section(ablage, "10")


def test_a_town_without_a_figure_of_that_day_says_the_day(tmp_path: Path) -> None:
    """It may have one of another day or count, which the report tells."""
    daten = tabellen()
    fehlt = {
        "wert": None,
        "status": "keine_daten",
        "hinweise": ["keine_daten"],
        "lage_rang": None,
        "lage_gebiete": None,
    }
    daten["marts.indikator_zeitreihe"] = [
        z | (fehlt if z["gebiet_id"] == AGS else {}) for z in daten["marts.indikator_zeitreihe"]
    ]
    ohne = publish(tmp_path, daten)
    write_berichte(ohne)
    assert "Lünen am 30.06.2021: – keine Daten" in words(section(ohne, "10"))


def test_a_protected_figure_is_drawn_as_such_and_said(ablage: Ablage) -> None:
    html = section(ablage, "13")
    assert "Wethmar: geschützt; Lünen insgesamt (gestrichelt): 34,4 %" in html
    assert 'fill="url(#schraffur)"' in html
    assert "kein Rang" in html
    assert "28,1" not in html, "the figure of an earlier day does not stand for the protected one"


def test_age_is_drawn_without_groups_that_hold_others_and_hides_what_is_hidden(ablage: Ablage) -> None:
    alter = Seite(page(ablage)).tabelle("Niederaden: Alter und Geschlecht")
    assert [k for k in alter if "Jahre" in k] == ["0–2 Jahre", "3–17 Jahre", "ab 75 Jahre"]
    assert alter["ab 75 Jahre"][:2] == ["•geschützt", "77"]
    assert "Geschützt (schraffiert): 1." in section(ablage, "10")


@pytest.mark.parametrize(
    ("gruppen", "ohne"), [(["00-17", "00-05", "06-17", "18+"], ["00-05", "06-17", "18+"]), (["75+", "65+"], ["75+"])]
)
def test_a_group_that_holds_another_is_left_out(gruppen: list[str], ohne: list[str]) -> None:
    assert choose_disjoint(gruppen) == ohne


def test_nationalities_are_groups_beside_the_town(ablage: Ablage) -> None:
    staaten = Seite(page(ablage)).tabelle("Niederaden: Staatsangehörigkeiten")
    assert staaten["EU"] == ["20", "nicht berechnet", "nicht berechnet", "0,9 %", "3,6 %"]
    assert staaten["Asien"][0] == "•geschützt"


def test_measures_stand_at_their_area_only(ablage: Ablage) -> None:
    assert "Sprachcafé im Ort laufend" in words(section(ablage, "10"))
    assert "Keine nennt dieses Gebiet als Sozialraum" in section(ablage, "13")


def test_tables_of_the_report_and_the_search_lead_to_the_profile(ablage: Ablage) -> None:
    assert '<th scope="row"><a href="luenen.gebiete.html#gebiet-10">Niederaden</a></th>' in page(ablage, "luenen")
    assert '["Niederaden", "Gebiet", "L\\u00fcnen", "luenen.gebiete.html#gebiet-10"]' in page(ablage, "index")
