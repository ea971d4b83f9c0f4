"""The atlas as a map of outlines: shapes are drawn, chosen, coloured and protected like tiles; many of them stay light.

Belongs here: outlines in the atlas. Does not belong here: reading gebiete.geojson (stamm/test_umrisse.py).
"""

import csv
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
import shapely

from pipelines.foundation.storage import WURZEL
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.geometrie.outlines import add_umrisse
from pipelines.veroeffentlichung.bericht.atlas.check import read_embedded
from pipelines.veroeffentlichung.bericht.atlas.outlines import draw_outlines
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib.outlines import collection
from tests.unit.veroeffentlichung.areas import TAGE, _row, tabellen, with_outlines
from tests.unit.veroeffentlichung.test_atlas_im_browser import seen
from tests.unit.veroeffentlichung.test_bericht import AGS, publish
from tests.unit.veroeffentlichung.test_im_browser import BREITEN, CHROMIUM, measured

pytestmark = pytest.mark.langsam

DATEN = WURZEL.parent / "shared" / "daten"
DATEN_FEHLEN = "../shared/daten is not here"
HOECHSTENS_BYTES = 1_500_000
SCHRITTE = """<script>
const gesehen = {fehler: []};
addEventListener("error", (e) => gesehen.fehler.push(e.message));
const shapes = () => [...document.querySelectorAll("#karte path[data-gebiet]")];
const look = (name) => gesehen[name] = {
  formen: Object.fromEntries(shapes().map((p) => [p.dataset.gebiet, [p.getAttribute("aria-label"), p.classList[0]]])),
  werte: [...document.querySelectorAll("#karte text")].map((t) => t.textContent),
  kacheln: [...document.querySelectorAll("#karte button")].map((b) => b.dataset.gebiet),
  halte: shapes().filter((p) => p.tabIndex === 0).map((p) => p.dataset.gebiet),
  gewaehlt: shapes().filter((p) => p.getAttribute("aria-pressed") === "true").map((p) => p.dataset.gebiet),
  beleg: document.getElementById("beleg").textContent, adresse: location.hash, fokus: document.activeElement?.dataset?.gebiet,
};
const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
look("anfang");
shapes().find((p) => p.dataset.gebiet === "10").dispatchEvent(new MouseEvent("click", {bubbles: true})); look("klick");
press("ArrowLeft"); press("Enter"); look("taste");
const pre = document.createElement("pre");
pre.id = "gesehen"; pre.textContent = JSON.stringify(gesehen); document.body.append(pre);
</script></body>"""


def page(ordner: Path, daten: dict[str, Any]) -> Path:
    ablage = publish(ordner, daten)
    write_berichte(ablage)
    return ablage.marts / "bericht" / "luenen.atlas.html"


def test_outlines_are_embedded_as_paths_in_the_order_of_the_compass(tmp_path: Path) -> None:
    seite = page(tmp_path, with_outlines(tabellen()))
    daten = read_embedded(seite.read_text(encoding="utf-8"))
    umrisse = {g["id"]: g["u"] for g in daten["gebiete"]}
    breite, hoehe = daten["karte"]
    assert (breite, 500 < hoehe < 560) == (1000, True)  # three squares of 0.01° side by side, at 51.6° north
    assert umrisse["10"][0] == f"M0 0l0 {hoehe - 1} 333 0 0-{hoehe - 1}z"
    assert [umrisse[g][1] for g in ("10", "07", "13")] == pytest.approx([167, 500, 833], abs=3)
    assert "Quelle: Stadt &amp; Land" in seite.read_text(encoding="utf-8")


def test_the_archive_has_the_outlines_as_one_file(tmp_path: Path) -> None:
    ordner = page(tmp_path, with_outlines(tabellen(), ohne=("13",))).parent
    with zipfile.ZipFile(ordner / "luenen.zip") as archiv:
        inhalt = json.loads(archiv.read("gebiete.geojson"))
        assert "gebiete.geojson " in archiv.read("LIESMICH.txt").decode()
    assert (inhalt["type"], inhalt["herkunft"]) == ("FeatureCollection", "Stadt & Land")
    assert [(f["properties"]["gebiet_id"], f["properties"]["gebiet"], f["geometry"]["type"]) for f in inhalt["features"]] == [
        ("07", "Ährenfeld & Söhne", "Polygon"), ("10", "Niederaden", "Polygon"),
    ]  # fmt: skip


def test_a_release_from_before_outlines_still_makes_its_pages(tmp_path: Path) -> None:
    ablage = publish(tmp_path, tabellen())
    with duckdb.connect(str(ablage.publikation)) as con:
        con.execute("alter table dim.gebiet drop geometrie; alter table dim.gebiet drop geometrie_herkunft")
    write_berichte(ablage)
    assert read_embedded((ablage.marts / "bericht" / "luenen.atlas.html").read_text(encoding="utf-8"))["karte"] is None
    with zipfile.ZipFile(ablage.marts / "bericht" / "luenen.zip") as archiv:
        assert "gebiete.geojson" not in archiv.namelist()


def test_what_rounding_closes_is_drawn_all_the_same() -> None:
    nadel = shapely.Polygon([(7.5, 51.6), (7.500001, 51.6), (7.500001, 51.7), (7.5, 51.6)])
    karte = draw_outlines({"a": shapely.to_geojson(nadel), "b": shapely.to_geojson(shapely.box(7.5, 51.5, 7.6, 51.6))})
    assert karte is not None
    assert karte.umrisse["a"][3] == 0
    assert draw_outlines({}) is None


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_shapes_are_chosen_by_click_and_key_and_protected_ones_look_so(tmp_path: Path) -> None:
    gesehen = seen(page(tmp_path / "daten", with_outlines(tabellen(), ohne=("13",))), SCHRITTE, tmp_path)
    assert gesehen["fehler"] == []
    a = gesehen["anfang"]
    assert {g: w[:2] for g, w in a["formen"].items()} == {
        "10": ["Niederaden: 14,2 %", "k0"], "07": ["Ährenfeld & Söhne: 41,0 %", "k4"],
    }  # fmt: skip
    assert sorted(a["werte"]) == ["14,2 %", "41,0 %"]
    assert a["kacheln"] == ["13"]  # without an outline it stands beside the map
    assert a["halte"] == a["gewaehlt"] == ["07"]
    k = gesehen["klick"]
    assert (k["gewaehlt"], k["fokus"], k["halte"], "gebiet=10" in k["adresse"]) == (["10"], "10", ["10"], True)
    assert k["beleg"].startswith("GebietNiederaden")
    assert gesehen["taste"]["gewaehlt"] == ["07"]


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_protected_area_is_hatched_and_the_map_fits_every_screen(tmp_path: Path) -> None:
    seite = page(tmp_path / "daten", with_outlines(tabellen()))
    gesehen = seen(seite, SCHRITTE, tmp_path)
    assert gesehen["anfang"]["formen"]["13"][:2] == ["Wethmar: geschützt", "geschuetzt"]
    gemessen = measured(seite, tmp_path)
    for breite in BREITEN:
        m = gemessen[str(breite)]
        assert (m["ganz"], m["zu_breit"]) == (m["breite"], []), f"{breite} px"


def _koeln() -> dict[str, Any]:
    """Key and rings of Köln's Stadtteile, as GeoJSON."""
    norm = {"k": "http://www.opengis.net/kml/2.2"}
    merkmale = []
    for ort in ET.parse(DATEN / "koeln" / "geo" / "stadtteile.kml").getroot().iterfind(".//k:Placemark", norm):
        nummer = ort.findtext(".//k:SimpleData[@name='STT_NR']", namespaces=norm)
        flaechen = [
            [
                [[*map(float, p.split(",")[:2])] for p in ring.text.split()]
                for ring in f.iterfind(".//k:coordinates", norm)
            ]
            for f in ort.iterfind(".//k:Polygon", norm)
        ]
        geometrie = {"type": "MultiPolygon", "coordinates": flaechen}
        merkmale.append({"type": "Feature", "properties": {"gebiet_id": nummer}, "geometry": geometrie})
    return collection(*merkmale)


def _berlin() -> dict[str, Any]:
    """Berlin's planning areas by their keys; the folder has no borders of them: cells around invented points."""
    with (DATEN / "berlin" / "LOR_2021.csv").open(encoding="utf-8-sig") as datei:
        schluessel = [z["Planungsraum (Nummer)"] for z in csv.DictReader(datei)]
    wuerfel = np.random.default_rng(1)
    punkte = shapely.multipoints(wuerfel.uniform((13.1, 52.35), (13.75, 52.65), (len(schluessel), 2)))
    zellen = shapely.get_parts(shapely.voronoi_polygons(punkte, extend_to=shapely.box(13.1, 52.35, 13.75, 52.65)))
    rand = shapely.box(13.05, 52.3, 13.8, 52.7)
    formen = [shapely.geometry.mapping(shapely.segmentize(z & rand, 3e-4)) for z in zellen]
    merkmale = [
        {"type": "Feature", "properties": {"gebiet_id": s}, "geometry": f}
        for s, f in zip(schluessel, formen, strict=True)
    ]
    return collection(*merkmale)


@pytest.mark.skipif(not DATEN.exists(), reason=DATEN_FEHLEN)
@pytest.mark.parametrize(("stadt", "anzahl"), [("koeln", 86), ("berlin", 542)])
def test_many_areas_stay_a_light_page(tmp_path: Path, stadt: str, anzahl: int) -> None:
    inhalt = {"koeln": _koeln, "berlin": _berlin}[stadt]()
    (tmp_path / "gebiete.geojson").write_text(json.dumps(inhalt), encoding="utf-8")
    kennungen = [f["properties"]["gebiet_id"] for f in inhalt["features"]]
    gebiete = add_umrisse(
        tmp_path, tuple(Gebiet(k, f"Gebiet {k}", "planungsraum", AGS, "2021", None, None) for k in kennungen)
    )
    muster = tabellen()
    werte = {k: (10 + i % 40, 12 + i % 41) for i, k in enumerate(kennungen)}
    zeilen = [
        _row(("dem_mh_anteil", "luenen_2021", "insgesamt", "insgesamt", "10"), t, w)
        | {"gebiet_id": k, "gebiet": f"Gebiet {k}", "ebene": "planungsraum", "lage_rang": None, "lage_gebiete": None}
        for k, paar in werte.items() for t, w in zip(TAGE, paar, strict=True)
    ]  # fmt: skip
    dim = [
        {"kommune": "luenen", "gebiet_id": g.gebiet_id, "gebiet": g.name, "ebene": g.ebene, "uebergeordnet": AGS,
         "gebietsstand": "2021", "geometrie": g.geometrie}
        for g in gebiete
    ]  # fmt: skip
    seite = page(tmp_path / "daten", muster | {"marts.indikator_zeitreihe": zeilen, "dim.gebiet": dim})
    text = seite.read_text(encoding="utf-8")
    assert len(kennungen) == anzahl == len([g for g in read_embedded(text)["gebiete"] if g["u"]])
    assert len(text.encode()) < HOECHSTENS_BYTES
    assert not re.search(r'"u":\s*\[""', text)
