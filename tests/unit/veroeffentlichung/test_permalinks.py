"""Addresses of indicators and numbers: shown as a link to itself, once on a page, the same when figures change."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.areas import WERTE, tabellen
from tests.unit.veroeffentlichung.test_bericht import publish

NEU = {k: tuple(None if w is None else w * 2 + 1 for w in paar) for k, paar in reversed(WERTE.items())}


def pages(
    ordner: Path, werte: dict[tuple[str, str, str, str, str], tuple[float | None, float | None]]
) -> dict[str, str]:
    ablage = publish(ordner, tabellen(werte))
    write_berichte(ablage)
    return {
        n: (ablage.marts / "bericht" / n).read_text(encoding="utf-8") for n in ("luenen.html", "luenen.gebiete.html")
    }


def links(seite: str) -> list[str]:
    return [unquote(z) for z in re.findall(r'class="anker" href="#([^"]+)"', seite)]


@pytest.fixture(scope="module")
def vorher(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages(tmp_path_factory.mktemp("vorher"), WERTE)


def test_every_indicator_and_every_number_of_it_has_an_address(vorher: dict[str, str]) -> None:
    da = links(vorher["luenen.html"])
    assert {"indikatoren", "indikator-dem_mh_anteil", "zahl-dem_mh_anteil.luenen_2021.insgesamt.insgesamt"} < {*da}
    assert {"gebiet-10", "gebiet-10-dem_mh_anteil"} < {*links(vorher["luenen.gebiete.html"])}


@pytest.mark.parametrize("name", ["luenen.html", "luenen.gebiete.html"])
def test_an_address_stands_once_on_its_page(vorher: dict[str, str], name: str) -> None:
    kennungen = re.findall(r'\sid="([^"]+)"', vorher[name])
    assert sorted(set(kennungen)) == sorted(kennungen)
    assert {*links(vorher[name])} <= {*kennungen}


def test_addresses_stay_when_figures_and_their_order_change(vorher: dict[str, str], tmp_path: Path) -> None:
    nachher = pages(tmp_path, NEU)
    for name, seite in vorher.items():
        assert {*links(seite)} == {*links(nachher[name])}
        assert seite != nachher[name]
