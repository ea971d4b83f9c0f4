"""Pages of areas as a browser runs them: each choice changes the picture, keys work, nothing is cut, no error.

Belongs here: what only a browser knows. Chromium runs the page in a frame of each width; without it these tests are skipped.
"""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib.browser import browse
from tests.unit.veroeffentlichung.areas import tabellen
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_im_browser import BREITEN, CHROMIUM, measured

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
# Runs in the page behind its own script: what is seen after each step is written down.
SCHRITTE = """<script>
const gesehen = {fehler: []};
addEventListener("error", (e) => gesehen.fehler.push(e.message));
const look = (name) => gesehen[name] = {
  titel: document.getElementById("titel").textContent,
  karte: Object.fromEntries([...document.querySelectorAll("#karte button")].map(
    (b) => [b.dataset.gebiet, [b.querySelector("b").textContent, b.className]])),
  raenge: [...document.querySelectorAll("#raenge button")].map((b) => b.dataset.gebiet),
  punkte: document.querySelectorAll("#raenge .punkt").length, verlauf: document.querySelector("#verlauf svg").outerHTML,
  brueche: document.querySelectorAll("#verlauf .bruch").length, satz: document.getElementById("brueche").textContent,
  beleg: document.getElementById("beleg").textContent, adresse: location.hash,
};
const pick = (feld, wert) => {
  const s = document.getElementById("wahl-" + feld);
  s.value = wert; s.dispatchEvent(new Event("change"));
};
const later = (ms) => new Promise((f) => setTimeout(f, ms));
(async () => {
  look("anfang");
  pick("geschlecht", "w"); look("frauen");
  pick("geschlecht", "insgesamt"); pick("alter", "00-02"); look("alter");
  pick("alter", "insgesamt"); pick("definition", "kosis_like"); look("definition");
  pick("definition", "luenen_2021"); pick("stichtag", "2020-12-31"); look("stichtag");
  document.querySelector('#karte button[data-gebiet="10"]').click(); look("gebiet");
  document.querySelector('#raenge button').focus();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true}));
  gesehen.taste = [document.activeElement.dataset.gebiet, document.querySelectorAll(".hier").length];
  pick("indikator", "dem_einw"); look("indikator");
  location.hash = "indikator=dem_mh_anteil&geschlecht=w&stichtag=2020-12-31&gebiet=07"; await later(200); look("adresse");
  location.hash = "indikator=unsinn&gebiet=99&stichtag=morgen"; await later(200); look("unsinn");
  const pre = document.createElement("pre");
  pre.id = "gesehen"; pre.textContent = JSON.stringify(gesehen); document.body.append(pre);
})();
</script></body>"""


def seen(atlas: Path, schritte: str, ordner: Path) -> dict[str, Any]:
    """What the steps wrote down when a browser ran the page with them."""
    seite = ordner / "atlas.html"
    seite.write_text(atlas.read_text(encoding="utf-8").replace("</body>", schritte), encoding="utf-8")
    befehl = [str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={ordner}/profil",
              "--virtual-time-budget=10000", "--dump-dom", seite.as_uri()]  # fmt: skip
    lauf = subprocess.run(befehl, capture_output=True, text=True, timeout=600)
    treffer = re.search(r'<pre id="gesehen">(.*?)</pre>', lauf.stdout, re.DOTALL)
    assert treffer, lauf.stdout[-300:] + lauf.stderr[-500:]
    ergebnis: dict[str, Any] = json.loads(unescape(treffer[1]))
    return ergebnis


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("atlas"), tabellen())
    write_berichte(ablage)
    return ablage


@pytest.fixture(scope="module")
def gesehen(ablage: Ablage, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return seen(ablage.marts / "bericht" / "luenen.atlas.html", SCHRITTE, tmp_path_factory.mktemp("browser"))


def test_no_script_fails(gesehen: dict[str, Any]) -> None:
    assert gesehen["fehler"] == []


def test_it_begins_with_the_share_at_the_latest_day_and_draws_protected_values_as_such(gesehen: dict[str, Any]) -> None:
    a = gesehen["anfang"]
    assert a["titel"] == "Anteil MH am 30.06.2021, A · Lünen 2021"
    assert a["karte"] == {"10": ["14,2 %", "k0"], "07": ["41,0 %", "k4"], "13": ["•", "geschuetzt"]}
    assert (a["raenge"], a["punkte"]) == (["07", "10", "13"], 2)
    assert "Wert41,0 %Lünen34,4 %" in a["beleg"]


@pytest.mark.parametrize(
    ("schritt", "titel", "niederaden"),
    [
        ("frauen", "Anteil MH am 30.06.2021, A · Lünen 2021, weiblich", "12,5 %"),
        ("alter", "Anteil MH am 30.06.2021, A · Lünen 2021, 0–2 Jahre", "22,4 %"),
        ("definition", "Anteil MH am 30.06.2021, B · Nachbildung", "18,2 %"),
        ("stichtag", "Anteil MH am 31.12.2020, A · Lünen 2021", "13,9 %"),
        ("indikator", "Einwohner am 31.12.2020", "2.200"),
        ("adresse", "Anteil MH am 31.12.2020, A · Lünen 2021, weiblich", "12,1 %"),
    ],
)
def test_each_choice_changes_map_dots_and_line(
    gesehen: dict[str, Any], schritt: str, titel: str, niederaden: str
) -> None:
    s, anfang = gesehen[schritt], gesehen["anfang"]
    assert (s["titel"], s["karte"]["10"][0]) == (titel, niederaden)
    assert s["verlauf"] != anfang["verlauf"]
    assert s["beleg"] != anfang["beleg"]


def test_a_day_where_nothing_is_protected_has_a_dot_for_each_area(gesehen: dict[str, Any]) -> None:
    assert gesehen["stichtag"]["punkte"] == 3


def test_an_area_chosen_on_the_map_is_the_one_of_line_and_proof(gesehen: dict[str, Any]) -> None:
    assert 'aria-label="Niederaden: 31.12.2020 13,9 %; 30.06.2021 14,2 %"' in gesehen["gebiet"]["verlauf"]
    assert gesehen["gebiet"]["beleg"].startswith("GebietNiederaden")
    assert "gebiet=10" in gesehen["gebiet"]["adresse"]


def test_arrows_move_in_the_list_and_mark_the_area_in_every_picture(gesehen: dict[str, Any]) -> None:
    assert gesehen["taste"] == ["13", 2]


def test_a_break_is_a_line_with_its_reason_and_parts_the_series(gesehen: dict[str, Any]) -> None:
    assert (gesehen["indikator"]["brueche"], gesehen["anfang"]["brueche"]) == (1, 0)
    assert gesehen["indikator"]["satz"] == "Ab 30.06.2021 nicht fortgesetzt (rote Linie): Quelle gewechselt"
    assert "polyline" in gesehen["anfang"]["verlauf"]
    assert not re.findall(r'<polyline points="[^" ]+ [^"]+"', gesehen["indikator"]["verlauf"])


def test_an_address_that_says_nothing_known_shows_the_beginning(gesehen: dict[str, Any]) -> None:
    assert {k: v for k, v in gesehen["unsinn"].items() if k != "adresse"} == {
        k: v for k, v in gesehen["anfang"].items() if k != "adresse"
    }


@pytest.mark.parametrize("name", ["luenen.atlas", "luenen.gebiete"])
def test_nothing_is_wider_than_the_screen(ablage: Ablage, tmp_path: Path, name: str) -> None:
    gemessen = measured(ablage.marts / "bericht" / f"{name}.html", tmp_path)
    for breite in BREITEN:
        m = gemessen[str(breite)]
        assert (m["ganz"], m["zu_breit"]) == (m["breite"], []), f"{name}, {breite} px"


def test_the_name_of_an_area_is_not_broken_in_a_small_tile(ablage: Ablage, tmp_path: Path) -> None:
    """The longest word decides how large its letters are."""
    roh = (ablage.marts / "bericht" / "luenen.atlas.html").read_text(encoding="utf-8")
    seite = tmp_path / "atlas.html"
    seite.write_text(roh.replace("Niederaden", "Schwarzwaldort"), encoding="utf-8")
    zeilen = """[...document.querySelectorAll("#karte span")].filter((n) => n.textContent.startsWith("Schwarz")).map((n) => {
      const r = document.createRange(); r.selectNodeContents(n);
      return [r.getClientRects().length, n.scrollWidth <= n.clientWidth]; })"""
    with browse(390, 844) as browser:
        browser.open(seite.as_uri())
        assert browser.run(zeilen) == [[1, True]]
