"""The atlas: what is embedded is what was published, nothing protected is a number, nothing is asked of the network."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.atlas.check import check_atlas, read_embedded, says
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl
from pipelines.veroeffentlichung.bericht.page import load_asset
from pipelines.veroeffentlichung.bericht.write import BerichteFehlen, write_berichte
from pipelines.veroeffentlichung.withdraw import remove_reports
from tests.unit.veroeffentlichung.areas import WERTE, tabellen
from tests.unit.veroeffentlichung.test_bericht import AGS, publish


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("atlas"), tabellen())
    write_berichte(ablage)
    return ablage


def page(ablage: Ablage) -> str:
    return (ablage.marts / "bericht" / "luenen.atlas.html").read_text(encoding="utf-8")


def test_every_published_value_of_an_area_is_embedded_and_no_other(ablage: Ablage) -> None:
    daten = read_embedded(page(ablage))
    gefunden = {
        (r["indikator"], r["profil"], r["geschlecht"], r["altersgruppe"], AGS if g == "stadt" else g):
            tuple(w[0] for w in werte)
        for r in daten["reihen"] for g, werte in r["werte"].items()
    }  # fmt: skip
    assert gefunden == WERTE
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        assert check_atlas(page(ablage), con, "luenen") == 2 * len(WERTE)


def test_a_protected_value_is_a_sign_and_no_number(ablage: Ablage) -> None:
    (reihe,) = [r for r in read_embedded(page(ablage))["reihen"] if "13" in r["werte"]]
    assert reihe["werte"]["13"][1][:3] == [None, "•", "g"]


def test_a_break_is_told_with_its_day_and_separates_the_stretches(ablage: Ablage) -> None:
    reihe = read_embedded(page(ablage))["reihen"][0]
    assert reihe["brueche"] == [["2021-06-30", "Quelle gewechselt"]]
    assert [w[3] for w in reihe["werte"]["10"]] == [1, 2]


def test_the_map_has_the_places_of_the_areas(ablage: Ablage) -> None:
    gebiete = {g["id"]: (g["x"], g["y"]) for g in read_embedded(page(ablage))["gebiete"]}
    assert gebiete == {"10": (5, 5), "07": (3, 3), "13": (None, None)}


def test_nothing_is_loaded_from_anywhere(ablage: Ablage) -> None:
    assert "default-src 'none'" in page(ablage)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//|url\((?!#)|@import|fetch\(|XMLHttpRequest', page(ablage))


def _changed(text: str, change: Any) -> str:
    daten = read_embedded(text)
    change(daten["reihen"])
    neu = json.dumps(daten, ensure_ascii=True).replace("<", "\\u003c")
    return re.sub(r'(id="daten">).*?(</script>)', lambda t: t[1] + neu + t[2], text, flags=re.DOTALL)


def _set(stelle: int, wert: Any) -> Any:
    def change(reihen: list[dict[str, Any]]) -> None:
        next(r for r in reihen if r["indikator"] == "dem_mh_anteil" and r["geschlecht"] == "w")["werte"]["10"][0][
            stelle
        ] = wert

    return change


@pytest.mark.parametrize("change", [_set(0, 12.2), _set(1, "12,2 %"), _set(0, None), _set(1, "•")])
def test_a_number_or_text_the_file_does_not_have_is_found(ablage: Ablage, change: Any) -> None:
    with (
        duckdb.connect(str(ablage.publikation), read_only=True) as con,
        pytest.raises(FremdeZahl, match="dem_mh_anteil"),
    ):
        check_atlas(_changed(page(ablage), change), con, "luenen")


def test_a_number_in_the_place_of_a_protected_one_is_found(ablage: Ablage) -> None:
    def change(reihen: list[dict[str, Any]]) -> None:
        next(r for r in reihen if "13" in r["werte"])["werte"]["13"][1][:2] = [28.4, "28,4 %"]

    with duckdb.connect(str(ablage.publikation), read_only=True) as con, pytest.raises(FremdeZahl, match="/ 13 /"):
        check_atlas(_changed(page(ablage), change), con, "luenen")


@pytest.mark.parametrize(
    ("text", "zahl", "stimmt"),
    [
        ("ab 14,2 %", 14.15, True),
        ("14,1 %", 14.16, False),
        ("87.815", 87815, True),
        ("−0,5", -0.5, True),
        ("•", 1, False),
    ],
)
def test_a_german_text_says_its_number(text: str, zahl: float, stimmt: bool) -> None:
    assert says(text, zahl) == stimmt


def test_an_atlas_that_says_something_else_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ablage = publish(tmp_path, tabellen())
    words = "pipelines.veroeffentlichung.bericht.indikatoren.words.exakt"
    monkeypatch.setattr(words, lambda _: Fraction(1))
    with pytest.raises(BerichteFehlen, match="so nicht in der veröffentlichten Datei"):
        write_berichte(ablage)
    assert not (ablage.marts / "bericht" / "luenen.atlas.html").exists()


def test_it_is_linked_from_report_and_search_and_goes_with_them(tmp_path: Path) -> None:
    ablage = publish(tmp_path, tabellen())
    pfade = {p.name for p in write_berichte(ablage)}
    ordner = ablage.marts / "bericht"
    assert {"luenen.atlas.html", "luenen.gebiete.html"} < pfade
    assert "leerstadt.atlas.html" not in pfade
    assert 'href="luenen.atlas.html"' in (ordner / "luenen.html").read_text(encoding="utf-8")
    assert '"luenen.atlas.html"' in (ordner / "index.html").read_text(encoding="utf-8")
    remove_reports(ablage, {"index", "luenen"})
    assert (ordner / "luenen.atlas.html").exists()
    remove_reports(ablage)
    assert list(ordner.iterdir()) == []


def test_pages_of_areas_that_are_no_more_are_removed(tmp_path: Path) -> None:
    ablage = publish(tmp_path, tabellen())
    write_berichte(ablage)
    with duckdb.connect(str(ablage.publikation)) as con:
        con.execute("delete from dim.gebiet; delete from marts.indikator_zeitreihe")
    write_berichte(ablage, ("luenen",))
    assert sorted(p.name for p in (ablage.marts / "bericht").glob("luenen*")) == [
        "luenen.html",
        "luenen.xlsx",
        "luenen.zip",
    ]


def luminance(farbe: str) -> float:
    """Of a colour such as #12436d, by WCAG."""
    kanaele = [int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [k / 12.92 if k <= 0.03928 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaele]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_name_can_be_read_on_every_colour_of_the_map() -> None:
    farben = re.findall(r"\.(k\d) \{ background: (#\w{6}); color: (#\w{3,6}); \}", load_asset("atlas.css"))
    assert [k for k, *_ in farben] == ["k0", "k1", "k2", "k3", "k4"]
    for klasse, grund, schrift in farben:
        hell, dunkel = sorted((luminance(grund), luminance(schrift.replace("#fff", "#ffffff"))), reverse=True)
        assert (hell + 0.05) / (dunkel + 0.05) >= 4.5, klasse
