"""`python -m tests.bench.atlas`: atlases of large cities in a browser, from published files: size, first picture, smoothness.

Köln: 86 Stadtteile with their real outlines; Berlin: 542 planning areas, of which the folder of source files has figures and
names but no outlines, so that its atlas shows them in a list of tiles. Both are built by a refresh of their own.
"""

import csv
import json
import statistics
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipelines.foundation.storage import WURZEL
from tests.conftest import create_data_folder, monitoring_subprozess
from tests.lib.browser import browse

DATEN = WURZEL.parent / "shared" / "daten"
LADEN, WAHLEN = 5, 60
KLEINSTE = {"koeln": "stadtteil", "berlin": "planungsraum"}  # the level with most areas
KOPF = "gebiet_id;name;ebene;uebergeordnet;gebietsstand;gueltig_von;gueltig_bis"
KML = {"k": "http://www.opengis.net/kml/2.2"}
YAML = """\
kommune: {kommune}
name: {name}
ags: "{ags}"
land: {land}
profile: [kosis_like]
veroeffentlichung: {{stichtage: ["*-06-30", "*-12-31"]}}
schutz: {{mindestfallzahl: 5, mindestnenner: 100, begruendung: Zahlen, die schon veröffentlicht sind.}}
quellen: {{tabellen: [{{vorlage: {vorlage}}}]}}
"""
# Changes one choice after another and waits until each is drawn: milliseconds of each.
WAEHLEN = """(async () => {
  const bild = () => new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)));
  const dauer = [];
  for (let n = 0; n < %d; n += 1) {
    const knoepfe = document.querySelectorAll("#raenge [data-gebiet]");
    const felder = [...document.querySelectorAll("#wahl select")].filter((s) => s.options.length > 1 && s.id !== "wahl-ebene");
    const von = performance.now();
    if (n %% 2 || !felder.length) knoepfe[(n * 7) %% knoepfe.length].click();
    else {
      const s = felder[(n / 2) %% felder.length];
      s.selectedIndex = (s.selectedIndex + 1) %% s.options.length;
      s.dispatchEvent(new Event("change"));
    }
    await bild();
    dauer.push(performance.now() - von);
  }
  return dauer;
})()"""
ERSTES_BILD = """(() => {
  const p = performance.getEntriesByName("first-contentful-paint")[0];
  return [p ? p.startTime : null, performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart,
          document.querySelectorAll("#karte [data-gebiet]").length];
})()"""


class Stadt(NamedTuple):
    """A city's folder: names, the ready source and its file, areas."""

    kommune: str
    name: str
    ags: str
    land: str
    vorlage: str
    datei: str
    orte: list[str]


def koeln() -> Stadt:
    with (DATEN / "koeln" / "bevoelkerung.csv").open(encoding="utf-8-sig") as datei:
        namen = {z["raum_id"]: z["raum"] for z in csv.DictReader(datei) if z["raum_id"] != "000"}
    orte = ["05315000;Köln;gemeinde;05315;1;;"]
    for nummer, name in namen.items():
        ebene, darueber = ("bezirk", "05315000") if nummer < "100" else ("stadtteil", f"00{nummer[0]}")
        orte.append(f"{nummer};{name};{ebene};{darueber};1;;")
    return Stadt("koeln", "Köln", "05315000", "Nordrhein-Westfalen", "koeln_bevoelkerung", "bevoelkerung.csv", orte)


def berlin() -> Stadt:
    with (DATEN / "berlin" / "LOR_2021.csv").open(encoding="utf-8-sig") as datei:
        lor = {z["Planungsraum (Nummer)"]: z for z in csv.DictReader(datei)}
    orte = ["11000000;Berlin;gemeinde;11;2021;;"]
    orte += [f"B{n};{b};bezirk;11000000;2021;;" for n, b in {k[:2]: z["Bezirk"] for k, z in lor.items()}.items()]
    orte += [f"{k};{z['Planungsraum (Name)']};planungsraum;B{k[:2]};2021;;" for k, z in lor.items()]
    return Stadt("berlin", "Berlin", "11000000", "Berlin", "berlin_bestand", "einwohnerbestand_06-2022_plr.csv", orte)


def write_outlines(ordner: Path) -> None:
    """Köln's Stadtteile from the published KML."""
    formen = []
    for ort in ET.parse(DATEN / "koeln" / "geo" / "stadtteile.kml").getroot().iterfind(".//k:Placemark", KML):
        ringe = [
            [
                [[*map(float, p.split(",")[:2])] for p in ring.text.split()]
                for ring in f.iterfind(".//k:coordinates", KML)
            ]
            for f in ort.iterfind(".//k:Polygon", KML)
        ]
        nummer = ort.findtext(".//k:SimpleData[@name='STT_NR']", namespaces=KML)
        formen.append({"type": "Feature", "properties": {"gebiet_id": nummer},
                       "geometry": {"type": "MultiPolygon", "coordinates": ringe}})  # fmt: skip
    inhalt = {"type": "FeatureCollection", "herkunft": "Stadt Köln, CC BY", "features": formen}
    (ordner / "gebiete.geojson").write_text(json.dumps(inhalt), encoding="utf-8")


def build(stadt: Stadt, wo: Path) -> Path:
    """Refresh a folder with this city alone; returns its atlas."""
    daten = create_data_folder(wo / stadt.kommune, ())
    ordner = daten / "raw" / stadt.kommune
    (ordner / "tabellen").mkdir(parents=True)
    (ordner / "kommune.yaml").write_text(YAML.format(**stadt._asdict()), encoding="utf-8")
    (ordner / "gebiete.csv").write_text("\n".join([KOPF, *stadt.orte]) + "\n", encoding="utf-8")
    (ordner / "tabellen" / stadt.datei).write_bytes((DATEN / stadt.kommune / stadt.datei).read_bytes())
    if stadt.kommune == "koeln":
        write_outlines(ordner)
    lauf = monitoring_subprozess(daten, "refresh")
    atlas = daten / "marts" / "bericht" / f"{stadt.kommune}.atlas.html"
    if not atlas.exists():
        raise SystemExit(lauf.output)
    return atlas


def measure(atlas: Path, breite: int, hoehe: int) -> tuple[int, float, float, float]:
    """Areas drawn, milliseconds to the first picture (median), of a choice (median), of the slowest twentieth of them."""
    with browse(breite, hoehe) as b:
        bilder = []
        for _ in range(LADEN):
            b.open("about:blank")
            b.open(f"{atlas.as_uri()}#ebene={KLEINSTE.get(atlas.stem.split('.')[0], '')}")
            erstes, fertig, gebiete = b.run(ERSTES_BILD)
            bilder.append(max(erstes or 0, fertig))
        dauer = b.run(WAEHLEN % WAHLEN)
        if b.errors or b.requests:
            raise SystemExit(f"{b.errors} {b.requests}")
    return gebiete, statistics.median(bilder), statistics.median(dauer), statistics.quantiles(dauer, n=20)[-1]


def main(atlanten: Iterable[Path]) -> None:
    print("Atlas            Breite  Gebiete      KB  erstes Bild ms  Wahl ms  langsamste ms  Bilder/s")
    for atlas in atlanten:
        for breite, hoehe in ((1300, 1000), (390, 844)):
            gebiete, erstes, wahl, langsam = measure(atlas, breite, hoehe)
            # Two frames are waited for, so a choice that is drawn at once takes two of them.
            print(f"{atlas.stem:16} {breite:6} {gebiete:8} {atlas.stat().st_size / 1024:7.0f} {erstes:15.0f} {wahl:8.0f} "
                  f"{langsam:14.0f} {2000 / wahl:9.0f}")  # fmt: skip


if __name__ == "__main__":
    if gegeben := [Path(p) for p in sys.argv[1:]]:
        main(gegeben)
    else:
        with tempfile.TemporaryDirectory() as tmp:
            main([build(stadt(), Path(tmp)) for stadt in (koeln, berlin)])
