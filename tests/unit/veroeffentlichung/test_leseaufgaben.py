"""What readers ask first, answered from the start page by clicks alone, at both widths; after the last one the answer is seen.

Belongs here: the three tasks of docs/ueberblick.md. Without Chromium these tests are skipped.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.veroeffentlichung.bericht.massnahmen.tables import OHNE_BEGINN
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib.browser import CHROMIUM, Browser, BrowserError, browse
from tests.unit.veroeffentlichung.areas import tabellen
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_aussagen import KONZEPT
from tests.unit.veroeffentlichung.test_im_browser import BREITEN
from tests.unit.veroeffentlichung.test_nebeneinander import FRUEHER, make_file, row

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
VORJAHR = date(2020, 6, 30)


def a_year_earlier(zeilen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose earlier day is the same day of the year, so that areas can be compared."""
    tausch = {date(2020, 12, 31): VORJAHR}
    return [
        z | {s: tausch[z[s]] for s in ("stichtag", "zeitraum") if isinstance(z.get(s), date) and z[s] in tausch} for z in zeilen
    ]  # fmt: skip


@pytest.fixture(scope="module")
def bericht(tmp_path_factory: pytest.TempPathFactory) -> Path:
    daten = tabellen()
    for name in ("marts.indikator_zeitreihe", "marts.migrationshintergrund"):
        daten[name] = a_year_earlier(daten[name])
    daten |= {n: KONZEPT[n] for n in ("dim.handlungsfeld", "dim.leitziel", "marts.massnahme")}
    ablage = publish(tmp_path_factory.mktemp("aufgaben"), daten)
    write_berichte(ablage)
    return ablage.marts / "bericht"


@pytest.fixture(scope="module")
def orte(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ablage = make_file(tmp_path_factory.mktemp("orte"), row("a", 10.0), row("b", 12.0), row("c", 9.0, FRUEHER))
    write_berichte(ablage)
    return ablage.marts / "bericht"


@pytest.fixture(scope="module", params=list(BREITEN))
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with browse(request.param, BREITEN[request.param]) as fenster:
        yield fenster


def start(browser: Browser, ordner: Path) -> None:
    browser.open((ordner / "index.html").as_uri())
    browser.clicks = 0


def test_where_did_the_share_rise_most(browser: Browser, bericht: Path) -> None:
    start(browser, bericht)
    browser.click(".ortskacheln h3 a", "Lünen")
    browser.click("a.mehr", "Wo am stärksten")
    erste = browser.run("document.querySelector('#gebietsaenderung tbody tr').innerText").split()
    assert (erste[0], erste[-2:]) == ("Ährenfeld", ["+1,0", "Prozentpunkte"])
    assert browser.is_in_view("Ährenfeld & Söhne")
    assert browser.clicks == 2


def test_which_measures_have_not_begun_and_why(browser: Browser, bericht: Path) -> None:
    start(browser, bericht)
    browser.click(".ortskacheln h3 a", "Lünen")
    browser.click("a.mehr", "Welche, und warum")
    ohne = next(m for m in KONZEPT["marts.massnahme"] if m["status"] in OHNE_BEGINN and m["stand_letzter"])
    assert browser.is_in_view(ohne["titel"])
    assert browser.is_in_view(ohne["begruendung"] or "ohne Begründung")
    assert browser.clicks == 2


@pytest.mark.parametrize(
    ("ort", "antwort"),
    [("A", "A und B: 1 von 1 gemeinsamen Zahlen dürfen nebeneinander stehen."),
     ("C", "C und B: 0 von 1 gemeinsamen Zahlen dürfen nebeneinander stehen.")],
)  # fmt: skip
def test_may_two_places_be_compared(browser: Browser, orte: Path, ort: str, antwort: str) -> None:
    start(browser, orte)
    browser.click("main a", "Ort neben Ort")
    browser.choose("#ort-a", ort)
    browser.choose("#ort-b", "B")
    assert browser.is_in_view(antwort)
    assert browser.is_in_view("nein: " if ort == "C" else ": ja (")
    assert browser.clicks == 5


def test_no_page_on_the_way_fails_or_loads_anything(browser: Browser, bericht: Path, orte: Path) -> None:
    for ordner in (bericht, orte):
        for seite in sorted(ordner.glob("*.html")):
            browser.open(seite.as_uri())
    assert (browser.errors, browser.requests) == ([], [])


def test_what_is_not_there_cannot_be_clicked(browser: Browser, bericht: Path) -> None:
    start(browser, bericht)
    with pytest.raises(BrowserError, match="nothing to click"):
        browser.click("a", "Das gibt es nicht")
    assert browser.clicks == 0
