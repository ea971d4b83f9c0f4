"""Pages as axe judges them: it finds nothing on any page, at two widths.

Belongs here: that tool's verdict in a browser. Does not belong here: what is wider than the screen (test_im_browser.py). Without
Chromium these tests are skipped.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.nebeneinander.page import VERGLEICH
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib.browser import browse
from tests.unit.veroeffentlichung.areas import tabellen, with_outlines
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_im_browser import BREITEN, CHROMIUM, measured
from tests.unit.veroeffentlichung.test_mappe import DATEN as MIT_KONZEPT
from tests.unit.veroeffentlichung.test_nebeneinander import FRUEHER, make_file, row

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# After the page's own script: what axe finds, each rule with the first place that breaks it.
LAUF = """(async () => {
  const r = await axe.run(document, {resultTypes: ["violations"]});
  return r.violations.map((v) => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160)]);
})()"""


def violations(seite: Path, breite: int) -> Any:
    """What axe finds on a page so wide: [rule, places, the first of them]."""
    with browse(breite, BREITEN[breite]) as browser:
        browser.open(seite.as_uri())
        browser.run(f"{AXE}; 0")
        return browser.run(LAUF)


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("zugaenglich"), with_outlines(tabellen(), ohne=("13",)))
    write_berichte(ablage, sprachen=("en", "leicht"))
    return ablage


@pytest.mark.parametrize("breite", list(BREITEN))
@pytest.mark.parametrize("name", ["luenen", "luenen.atlas", "luenen.gebiete", "luenen.en", "luenen.leicht", "index"])
def test_axe_finds_nothing(ablage: Ablage, name: str, breite: int) -> None:
    assert violations(ablage.marts / "bericht" / f"{name}.html", breite) == []


def test_axe_finds_nothing_in_a_report_with_a_concept(tmp_path: Path) -> None:
    ablage = publish(tmp_path / "daten", MIT_KONZEPT)
    write_berichte(ablage)
    assert violations(ablage.marts / "bericht" / "luenen.html", 1300) == []


@pytest.fixture(scope="module")
def nebeneinander(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of towns beside each other: one that can be compared, one that cannot, a figure of the Kreis alone."""
    ablage = make_file(
        tmp_path_factory.mktemp("orte"), row("a", 10.0), row("b", 12.0), row("c", 9.0, FRUEHER), row("kreis", 11.0)
    )
    write_berichte(ablage)
    return ablage.marts / "bericht" / VERGLEICH


@pytest.mark.parametrize("breite", list(BREITEN))
def test_axe_finds_nothing_where_towns_stand_beside_each_other(nebeneinander: Path, breite: int) -> None:
    assert violations(nebeneinander, breite) == []


def test_towns_beside_each_other_are_not_wider_than_the_screen(nebeneinander: Path, tmp_path: Path) -> None:
    gemessen = measured(nebeneinander, tmp_path)
    for breite in BREITEN:
        m = gemessen[str(breite)]
        assert (m["ganz"], m["zu_breit"]) == (m["breite"], []), f"{breite} px"


def test_axe_finds_what_is_wrong(tmp_path: Path) -> None:
    seite = tmp_path / "schlecht.html"
    seite.write_text('<html><body><img src="x.png"><button></button></body></html>', encoding="utf-8")
    assert {"image-alt", "button-name", "html-has-lang"} <= {regel for regel, *_ in violations(seite, 1300)}
