"""Profiles of areas: published figures against the town, hidden ones as signs, each with definition, day and source."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.atlas.check import check_atlas, read_embedded
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl
from pipelines.veroeffentlichung.bericht.gebietsprofil.alter import choose_disjoint
from pipelines.veroeffentlichung.bericht.indikatoren.words import is_unnamed
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.areas import GEBIETE, tabellen
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


def delivered(indikator: str, gebiet: str, tag: date, wert: float | None, quelle: str, **mehr: Any) -> dict[str, Any]:
    """A row of an indicator as a source other than the register has it; without a figure the source has it of others."""
    fehlt = {} if wert is not None else {"status": "keine_daten", "hinweise": ["keine_daten"]}
    vorlage = tabellen()["marts.indikator_zeitreihe"][0] | {
        "lage_rang": None,
        "lage_gebiete": None,
        "abschnitt_grund": None,
    }
    return vorlage | {
        "indikator": indikator, "gebiet_id": gebiet, "gebiet": "Lünen" if gebiet == AGS else GEBIETE[gebiet][0],
        "zeitraum": tag, "stichtag": tag, "wert": wert, "status": "ok", "hinweise": [], "quelle": quelle,
        "herkunft": f"Amt, Tabelle {quelle}", "fundstelle": None if wert is None else "Blatt!A1", "bevoelkerung": None,
    } | fehlt | mehr  # fmt: skip


def publish_deliveries(ordner: Path) -> Ablage:
    """Niederaden is in the yearbook, Wethmar is not; the town is, a year later, in another source."""
    daten = tabellen()
    frueher, spaeter, uralt = date(2023, 12, 31), date(2024, 12, 31), date(2010, 12, 31)
    katalog = daten["dim.indikator"][0] | {"indikator": "dem_ausl", "nummer": 3, "name": "Ausländer"}
    return publish(ordner, daten | {
        "dim.indikator": [*daten["dim.indikator"], katalog],
        "marts.indikator_zeitreihe": [
            *daten["marts.indikator_zeitreihe"],
            delivered("dem_ausl", "10", frueher, 300, "jahrbuch"), delivered("dem_ausl", "07", frueher, 500, "jahrbuch"),
            delivered("dem_ausl", "13", frueher, None, "jahrbuch"), delivered("dem_ausl", AGS, uralt, 7000, "zeitung"),
            delivered("dem_ausl", AGS, frueher, None, "zeitung"),
            delivered("dem_ausl", AGS, spaeter, 9000, "azr", status="geschaetzt", hinweise=["geschaetzt"]),
        ],
    })  # fmt: skip


def test_an_area_without_a_figure_names_no_source_and_stands_beside_the_newest_of_the_town(tmp_path: Path) -> None:
    ablage = publish_deliveries(tmp_path)
    write_berichte(ablage)
    ohne, mit = (words(section(ablage, g).split(f'id="gebiet-{g}-dem_ausl"')[1]) for g in ("13", "10"))
    assert "Quelle keine; diese Zahl steht in keiner Lieferung" in ohne
    assert "jahrbuch" not in ohne
    assert "Lünen am 31.12.2024: 9.000 s ;" in ohne
    assert "Quelle für Lünen 31.12.2024: Amt, Tabelle azr; Fundstelle Blatt!A1 (geschätzt)" in ohne
    assert "Lünen insgesamt (gestrichelt)" not in section(ablage, "13").split('id="gebiet-13-dem_ausl"')[1]
    assert "Quelle Amt, Tabelle jahrbuch; Fundstelle Blatt!A1" in mit
    assert "Lünen am 31.12.2024: 9.000 s ;" in mit
    gleich = words(section(ablage, "10").split('id="gebiet-10-dem_einw"')[1].split("</details>")[0])
    assert "Quelle für Lünen" not in gleich, "of the same source it is not said twice"


def test_a_row_without_a_figure_has_a_source_only_where_one_was_read_counted_or_hidden() -> None:
    row = {"wert": None, "fundstelle": None, "quelle": "jahrbuch", "status": "keine_daten"}
    assert is_unnamed(row)
    assert not any(
        is_unnamed(row | mehr)
        for mehr in ({"wert": 1.0}, {"fundstelle": "Blatt!A1"}, {"quelle": "melderegister"}, {"status": "geheim"})
    )


def test_the_atlas_has_the_newest_figure_of_the_town_and_no_source_of_another_area(tmp_path: Path) -> None:
    ablage = publish_deliveries(tmp_path)
    write_berichte(ablage)
    daten = read_embedded(page(ablage, "luenen.atlas"))
    (reihe,) = (r for r in daten["reihen"] if r["indikator"] == "dem_ausl")
    assert reihe["neuester"] == ["2024-12-31", 9000.0, "9.000"]
    assert daten["woerter"][reihe["werte"]["13"][0][4]] == "keine; diese Zahl steht in keiner Lieferung"
    assert "jahrbuch" in daten["woerter"][reihe["werte"]["10"][0][4]]
    assert daten["tage"]["2024-12-31"] == "31.12.2024"
    fremd = page(ablage, "luenen.atlas").replace("&#34;9.000&#34;", "&#34;9.001&#34;").replace('"9.000"', '"9.001"')
    with duckdb.connect(str(ablage.publikation), read_only=True) as con, pytest.raises(FremdeZahl):
        check_atlas(fremd, con, "luenen")


def test_what_only_the_kreis_has_stands_on_the_profile_of_each_of_its_towns(tmp_path: Path) -> None:
    tag = date(2024, 12, 31)
    daten = tabellen()
    kreis = "05158"
    namen = {"10": ("05158004", "Erkrath"), "07": ("05158028", "Ratingen")}
    katalog = [
        daten["dim.indikator"][0] | {"indikator": i, "nummer": n, "name": name, "einheit": "prozent"}
        for n, (i, name) in enumerate({"dem_einw": "Einwohner", "dem_jugendq": "Jugendquotient"}.items())
    ]

    def row(indikator: str, gebiet: str, wert: float) -> dict[str, Any]:
        gebiet_id, name = namen.get(gebiet, (kreis, "Kreis Mettmann"))
        ebene = "kreis" if gebiet_id == kreis else "gemeinde"
        orte = {"gebiet_id": gebiet_id, "gebiet": name, "ebene": ebene, "einheit": "prozent"}
        return delivered(indikator, "10", tag, wert, "amt") | orte

    ablage = publish(tmp_path, daten | {
        "dim.kommune": [daten["dim.kommune"][0] | {"ags": kreis, "name": "Kreis Mettmann"}],
        "dim.indikator": katalog, "marts.massnahme": [], "marts.migrationshintergrund": [],
        "dim.gebiet": [
            {"kommune": "luenen", "gebiet_id": i, "gebiet": n, "ebene": "kreis" if i == kreis else "gemeinde",
             "uebergeordnet": "" if i == kreis else kreis}
            for i, n in (*namen.values(), (kreis, "Kreis Mettmann"))
        ],
        "marts.indikator_zeitreihe": [
            row("dem_einw", "10", 40), row("dem_einw", "07", 60), row("dem_einw", "kreis", 100),
            row("dem_jugendq", "07", 30), row("dem_jugendq", "kreis", 33.1),
        ],
    })  # fmt: skip
    write_berichte(ablage)
    erkrath = Seite(page(ablage)).tabelle("Nur für den Kreis Mettmann, nicht für Erkrath")
    assert erkrath == {"Indikator": ["Wert für den Kreis Mettmann", "Stichtag", "Quelle"],
                       "Jugendquotient": ["33,1 %", "31.12.2024", "Amt, Tabelle amt"]}  # fmt: skip
    assert "Keine Quelle nennt diese Zahlen für Erkrath." in words(section(ablage, "05158004"))
    assert "Nur für den Kreis" not in section(ablage, "05158028"), "Ratingen has both figures"
