"""Pages as a browser lays them out: nothing is cut or wider than the screen, and the first sentence is on the first screen.

Belongs here: what only a browser knows. Chromium measures the page in a frame of each width; without it these tests are skipped.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib.browser import CHROMIUM, browse
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_saetze import DATEN, Tabellen
from tests.unit.veroeffentlichung.test_mappe import DATEN as MIT_KONZEPT

BREITEN = {1300: 1000, 390: 844}
ALLE: dict[str, Tabellen] = {n: DATEN[n] for n in ("leer", "massnahmen", "tabellen", "geheim", "ein_tag")} | {
    "konzept": MIT_KONZEPT
}
# Each frame holds the page itself; what is wider than its own box or than the screen is named.
RAHMEN = """<!DOCTYPE html><meta charset="utf-8"><body><pre id="messung"></pre><script>
const seite = %s, breiten = %s, messung = {};
function measure(doc) {
  const zu_breit = [], breite = doc.documentElement.clientWidth;  // without the scroll bar
  const name = (e) => e.outerHTML.slice(0, 80);
  for (const e of doc.querySelectorAll("body *")) {
    if (e.closest("svg, .nur-vorlesen, .sprung") || e.closest("details:not([open]) > :not(summary)")) continue;
    const scrollt = doc.defaultView.getComputedStyle(e).overflowX !== "visible";
    if (scrollt && e.scrollWidth > e.clientWidth + 1) zu_breit.push(name(e));
    if (e.getBoundingClientRect().right > breite + 1) zu_breit.push(name(e));
  }
  const erste = doc.querySelector(".aussagen li, .botschaft .keine-daten, .ortskacheln li h3");
  const unten = erste ? Math.round(erste.getBoundingClientRect().bottom) : null;
  return {breite, ganz: doc.documentElement.scrollWidth, zu_breit, erste: unten};
}
for (const [breite, hoehe] of Object.entries(breiten)) {
  const rahmen = document.createElement("iframe");
  rahmen.style = `width:${breite}px;height:${hoehe}px;border:0`;
  rahmen.onload = () => {
    messung[breite] = measure(rahmen.contentDocument);
    document.getElementById("messung").textContent = JSON.stringify(messung);
  };
  rahmen.srcdoc = seite;
  document.body.append(rahmen);
}
</script>"""


def measured(seite: Path, ordner: Path) -> dict[str, Any]:
    """Width → what a browser says of the page in a frame so wide."""
    text = json.dumps(seite.read_text(encoding="utf-8")).replace("<", "\\u003c")
    rahmen = ordner / f"rahmen_{seite.stem}.html"
    rahmen.write_text(RAHMEN % (text, json.dumps(BREITEN)), encoding="utf-8")
    with browse() as browser:
        browser.open(rahmen.as_uri())
        gemessen: dict[str, Any] = json.loads(browser.run("document.getElementById('messung').textContent"))
    return gemessen


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("daten", list(ALLE))
def test_nothing_is_wider_than_the_screen_and_the_first_sentence_is_on_it(tmp_path: Path, daten: str) -> None:
    ablage = publish(tmp_path / "daten", ALLE[daten])
    write_berichte(ablage)
    for name in ("luenen", "index"):
        gemessen = measured(ablage.marts / "bericht" / f"{name}.html", tmp_path)
        assert set(gemessen) == {str(b) for b in BREITEN}
        for breite, hoehe in BREITEN.items():
            m = gemessen[str(breite)]
            assert (m["ganz"], m["zu_breit"]) == (m["breite"], []), f"{name}, {breite} px"
            assert 0 < m["erste"] <= hoehe, f"{name}, {breite} px"


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_measure_finds_what_is_too_wide(tmp_path: Path) -> None:
    seite = tmp_path / "breit.html"
    seite.write_text(
        '<ol class="aussagen"><li>Satz</li></ol><p style="width:900px;overflow:hidden">x</p>', encoding="utf-8"
    )
    gemessen = measured(seite, tmp_path)
    assert gemessen["1300"]["zu_breit"] == []
    assert len(gemessen["390"]["zu_breit"]) == 1
