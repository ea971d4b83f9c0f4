"""The start page: tiles with the latest figures and the kind of their data, what is new, a search that needs no network."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorreihe
from pipelines.veroeffentlichung.bericht.start.news import NICHTS, load_news, release_before
from pipelines.veroeffentlichung.bericht.start.tile import PRESSE, weight_series
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import Seite, publish
from tests.unit.veroeffentlichung.test_bericht_aussagen import KONZEPT
from tests.unit.veroeffentlichung.test_bericht_indikatorseite import tabellen
from tests.unit.veroeffentlichung.test_bericht_saetze import LEER, NUR_TABELLEN

DATEN = tabellen() | {
    k: v for k, v in KONZEPT.items() if k.startswith("dim.l") or k in ("dim.handlungsfeld", "marts.massnahme")
}


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("start"), DATEN)
    write_berichte(ablage)
    return ablage


def page(ablage: Ablage, name: str = "index") -> str:
    return (ablage.marts / "bericht" / f"{name}.html").read_text(encoding="utf-8")


def tiles(roh: str) -> dict[str, str]:
    """Municipality → text of its tile."""
    liste = roh.split('<ul class="ortskacheln">')[1].split("</ul>")[0]
    texte = [" ".join(re.sub(r"<[^>]+>", " ", t).split()) for t in liste.split("<li>")[1:]]
    return {t.split()[0]: t for t in texte}


def search_list(roh: str) -> list[list[str]]:
    eintraege: list[list[str]] = json.loads(roh.split('id="suchliste">')[1].split("</script>")[0])
    return eintraege


def test_a_tile_shows_the_latest_figures_the_kind_of_data_and_a_picture(ablage: Ablage) -> None:
    kacheln = tiles(page(ablage))
    assert "34,4 % der 87.815 Einwohner:innen in Lünen" in kacheln["Lünen"]
    assert "synthetisch" in kacheln["Lünen"]
    assert "4.711" in kacheln["Leerstadt"]
    assert page(ablage).count('class="verlauf"') == 1, "one value alone is no line"


def test_a_town_without_anything_has_a_tile_that_says_so(tmp_path: Path) -> None:
    ablage = publish(tmp_path, LEER)
    write_berichte(ablage)
    assert "ohne Daten Keine Daten: Es ist noch keine Zahl veröffentlicht" in tiles(page(ablage))["Lünen"]


@pytest.mark.parametrize(
    ("quelle", "presse"),
    [("Westdeutsche Zeitung (wz.de)", True), ("Holsteinischer Courier, Februar 2017", True), ("Pressemitteilung", True),
     ("IT.NRW, Landesdatenbank, Tabelle 12411-15i", False), ("Stadt Neuss, eigene Zählung", False), ("Postamt-Statistik", False)],
)  # fmt: skip
def test_press_is_told_by_the_name_of_its_source(quelle: str, presse: bool) -> None:
    assert bool(PRESSE.search(quelle)) == presse


def test_a_town_known_from_the_press_alone_is_not_called_real(tmp_path: Path) -> None:
    ablage = publish(tmp_path, NUR_TABELLEN)
    write_berichte(ablage)
    kachel = tiles(page(ablage))["Lünen"]
    assert "Presse" in kachel
    assert "echt" not in kachel


def test_the_search_finds_indicators_areas_measures_and_definitions_where_they_stand(ablage: Ablage) -> None:
    liste = search_list(page(ablage))
    arten = {art for _, art, _, _ in liste}
    assert {"Kommune", "Indikator", "Gebiet", "Maßnahme", "Definition", "Kapitel", "Kapitel ohne Zahlen"} <= arten
    ziel = {text: z for text, _, _, z in liste}
    assert ziel["Beschäftigtenquote"] == "luenen.html#indikator-quote"
    assert ziel["Niederaden"] == "luenen.html#gebiete"
    for z in ziel.values():
        datei, _, anker = z.partition("#")
        roh = page(ablage, datei.removesuffix(".html"))
        assert not anker or f'id="{anker}"' in roh, z


def test_the_script_of_the_start_page_is_its_own_and_text_of_the_data_cannot_end_it(ablage: Ablage) -> None:
    roh = page(ablage)
    assert len(re.findall(r"<script", roh)) == 2, "the list and the search, nothing from a name of an area"
    assert any("<script>" in text for text, *_ in search_list(roh)), "such a name is among the entries, as text"
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|innerHTML|\bsrc=", roh)
    assert [a for t, a in Seite(roh).attribute if t == "script" and "src" in a] == []


def read(pfad: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(pfad), read_only=True)


def before(ablage: Ablage, ordner: Path, **ohne: Any) -> Path:
    """The published file as it was: without some deliveries or municipalities."""
    frueher = ordner / "archiv" / "2021-07-01" / ablage.publikation.name
    frueher.parent.mkdir(parents=True)
    shutil.copyfile(ablage.publikation, frueher)
    with duckdb.connect(str(frueher)) as con:
        for tabelle, bedingung in ohne.items():
            con.execute(f"delete from {tabelle.replace('__', '.')} where {bedingung}")
    return frueher


def test_new_deliveries_and_changed_figures_since_the_release_before_are_told(tmp_path: Path) -> None:
    revision = {"tabelle": "marts.x", "schluessel": "a=1", "kommune": "luenen", "spalte": "einwohner", "alt": "1", "neu": "2",
                "veroeffentlichung": "2021-08-01.1", "veroeffentlichung_vorher": "2021-07-01",
                "grund": "neue_berechnung"}  # fmt: skip
    ablage = publish(tmp_path / "a", DATEN | {"protokoll.revision": [revision]})
    vorher = before(
        ablage, tmp_path, protokoll__lieferung="lieferung_id = 'luenen-tabelle'", dim__kommune="kommune = 'leerstadt'"
    )
    with read(ablage.publikation) as con:
        assert load_news(con, None, "luenen", "2021-08-01.1") == ("Erste Veröffentlichung im Archiv.",)
        assert load_news(con, vorher, "leerstadt", "2021-08-01.1") == ("Neu: erstmals veröffentlicht.",)
        assert load_news(con, vorher, "luenen", "2021-08-01.1") == (
            "Neue Lieferungen: tabellen/t.xlsx.", "1 früher veröffentlichte Zahl geändert.",
        )  # fmt: skip
        assert load_news(con, vorher, "luenen", "2021-09-01") == ("Neue Lieferungen: tabellen/t.xlsx.",)


def test_an_unchanged_release_is_said_to_bring_nothing(tmp_path: Path) -> None:
    ablage = publish(tmp_path / "a", DATEN)
    vorher = before(ablage, ablage.marts)
    assert release_before(ablage, "2021-08-01.1") == vorher
    assert release_before(ablage, "2021-07-01") is None
    with read(ablage.publikation) as con:
        assert load_news(con, vorher, "luenen", "2021-08-01.1") == (NICHTS,)


def test_the_picture_of_a_tile_is_a_series_that_forms_a_line() -> None:
    """Of two series without a share: the one with values after its last break goes before one full of gaps."""

    def series(*werte: tuple[int, float | None, int]) -> Indikatorreihe:
        zeilen = [{"stichtag": date(jahr, 12, 31), "wert": wert, "abschnitt": a} for jahr, wert, a in werte]
        return Indikatorreihe(("dem_einw", "-", "insgesamt", "insgesamt"), zeilen, {}, None, None, True)

    luecken = series((2010, 1.0, 1), (2011, None, 1), (2012, None, 1), (2024, 2.0, 2))
    linie = series((2016, 1.0, 1), (2018, 2.0, 1))
    dicht = series((2023, 1.0, 1), (2024, 2.0, 2))
    assert sorted([luecken, dicht, linie], key=weight_series, reverse=True) == [linie, dicht, luecken]
