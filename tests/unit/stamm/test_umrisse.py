"""gebiete.geojson: outlines are read, converted and simplified; whatever is wrong is named by file, feature, found, expected."""

import json
import math
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import shapely

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.gebiete import Gebiet
from pipelines.stamm.geometrie.outlines import add_umrisse, warn_of_missing_outlines
from tests.lib.outlines import NORD, SEITE, WEST, collection, feature, in_system, square

AGS = "01001000"
GEBIETE = tuple(
    Gebiet(i, name, ebene, oben, "2024", None, None)
    for i, name, ebene, oben in [
        (AGS, "Ort", "gemeinde", ""), ("01", "Nord", "stadtteil", AGS), ("02", "Süd", "stadtteil", AGS),
        ("unbekannt", "unbekannt", "sonstige", AGS),
    ]
)  # fmt: skip
ZWEI = collection(feature("01", square(0, 0)), feature("02", square(0, 1)))


def read(ordner: Path, inhalt: Any) -> tuple[Gebiet, ...]:
    text = inhalt if isinstance(inhalt, str) else json.dumps(inhalt)
    (ordner / "gebiete.geojson").write_text(text, encoding="utf-8")
    return add_umrisse(ordner, GEBIETE)


def shapes(gebiete: tuple[Gebiet, ...]) -> dict[str, Any]:
    return {g.gebiet_id: shapely.from_geojson(g.geometrie) for g in gebiete if g.geometrie}


def test_without_a_file_areas_have_no_outline(tmp_path: Path) -> None:
    assert add_umrisse(tmp_path, GEBIETE) == GEBIETE


def test_outlines_are_given_to_their_areas_with_their_source(tmp_path: Path) -> None:
    gebiete = read(tmp_path, ZWEI | {"herkunft": "Vermessungsamt"})
    assert {k: f.bounds for k, f in shapes(gebiete).items()} == {
        "01": (7.5, 51.64, 7.51, 51.65), "02": (7.5, 51.63, 7.51, 51.64),
    }  # fmt: skip
    assert {g.geometrie_herkunft for g in gebiete if g.geometrie} == {"Vermessungsamt"}
    assert all(f.exterior.is_ccw for f in shapes(gebiete).values())  # as RFC 7946 asks


@pytest.mark.parametrize(
    "system", ["EPSG:25832", "EPSG:25833", "EPSG:4647", "EPSG:3857", "urn:ogc:def:crs:EPSG::25832"]
)
def test_other_coordinate_systems_are_converted(tmp_path: Path, system: str) -> None:
    formen = shapes(read(tmp_path, in_system(ZWEI, system)))
    assert formen["02"].bounds == pytest.approx((WEST, NORD - 2 * SEITE, WEST + SEITE, NORD - SEITE), abs=2e-5)


def test_a_border_shared_by_two_areas_stays_shared_when_simplified(tmp_path: Path) -> None:
    krumm = [[7.5 + 0.01 * i / 400, 51.64 + 0.0004 * math.sin(i / 9) + 0.00001 * (i % 2)] for i in range(401)]
    oben = [[7.5, 51.65], *krumm, [7.51, 51.65], [7.5, 51.65]]
    unten = [[7.51, 51.63], *reversed(krumm), [7.5, 51.63], [7.51, 51.63]]
    formen = shapes(read(tmp_path, collection(feature("01", oben), feature("02", unten))))
    assert shapely.get_num_coordinates(formen["01"]) < 150
    assert formen["01"].intersection(formen["02"]).area == 0
    assert shapely.union_all([*formen.values()]).area == pytest.approx(0.01 * 0.02, rel=1e-4)


def test_holes_and_several_parts_are_kept(tmp_path: Path) -> None:
    loch = [[7.503, 51.643], [7.503, 51.647], [7.507, 51.647], [7.507, 51.643], [7.503, 51.643]]
    teile = {"type": "MultiPolygon", "coordinates": [[square(0, 0), loch], [square(3, 0)]]}
    formen = shapes(read(tmp_path, collection({**feature("01", []), "geometry": teile})))
    assert formen["01"].area == pytest.approx(2 * SEITE**2 - 0.004**2)


def test_a_border_that_only_touches_itself_is_no_fault(tmp_path: Path) -> None:
    ring = [[7.5, 51.65], [7.5, 51.64], [7.51, 51.64], [7.51, 51.65], [7.505, 51.65], [7.507, 51.645], [7.503, 51.645],
            [7.505, 51.65], [7.5, 51.65]]  # fmt: skip
    formen = shapes(read(tmp_path, collection(feature("01", ring))))
    assert formen["01"].area == pytest.approx(SEITE**2 - 0.004 * 0.005 / 2)


def _change(feld: str, wert: Any) -> dict[str, Any]:
    inhalt = deepcopy(ZWEI)
    inhalt["features"][1]["geometry"][feld] = wert
    return inhalt


ACHT = [[7.5, 51.64], [7.51, 51.65], [7.51, 51.64], [7.5, 51.65], [7.5, 51.64]]
FALSCH: dict[str, tuple[Any, str]] = {
    "kein JSON": (json.dumps(ZWEI)[:-20], r"gebiete.geojson, Zeile 1, Zeichen \d+: kein gültiges JSON"),
    "ein Feature allein": (ZWEI["features"][0], "Erwartet wird eine FeatureCollection .* Gefunden: Feature"),
    "leer": (collection(), "Gefunden: FeatureCollection ohne features"),
    "Liste": ([], "Erwartet wird eine FeatureCollection .* Gefunden: list"),
    "Punkt": (_change("type", "Point"), "Feature 2 .*»02«.*: Erwartet wird Polygon oder MultiPolygon. Gefunden: Point"),
    "ohne Geometrie": (collection({**feature("02", []), "geometry": None}), "Feature 1 .*Gefunden: keine geometry"),
    "kein Objekt": (collection("Nord"), "Feature 1: Erwartet wird Polygon .* Gefunden: str"),
    "kreuzt sich": (_change("coordinates", [ACHT]), r"Feature 2 .*: die Grenze kreuzt sich selbst bei 7.505 / 51.645"),
    "offen": (_change("coordinates", [square(0, 1)[:-1]]), "Feature 2 .*: Ein Ring ist nicht geschlossen: erster Punkt"),
    "zwei Punkte": (_change("coordinates", [square(0, 1)[:2]]), "Ein Ring hat 2 Punkte. Erwartet: mindestens 4"),
    "falsch geschachtelt": (_change("coordinates", square(0, 1)), "die Verschachtelung ist nicht die eines Polygon"),
    "Text statt Zahl": (_change("coordinates", [[["7,5", 51.6]] * 4]), "etwas anderes als Punkte"),
    "unendlich": (_change("coordinates", [[[math.inf, 51.6]] * 4]), "etwas anderes als Punkte"),
    "überzählig": (collection(*ZWEI["features"], feature("03", square(1, 1))), "Feature 3, gebiet_id: »03« steht nicht in"),
    "ähnlich": (collection(*ZWEI["features"], feature(1, square(1, 1))), "»1« steht nicht in gebiete.csv; ähnlich: »01«"),
    "doppelt": (collection(*ZWEI["features"], feature("01", square(1, 1))), "»01« hat schon Feature 1. .* MultiPolygon"),
    "ohne Schlüssel": (
        collection(ZWEI["features"][0], {**feature("", square(0, 1)), "properties": {"nr": 2, "name": "Süd"}}),
        "Feature 2: gebiet_id fehlt. Erwartet: ein Schlüssel aus gebiete.csv. Eigenschaften: nr, name",
    ),
    "anderer Name": (
        collection(*({**f, "properties": {"STT_NR": f["properties"]["gebiet_id"]}} for f in ZWEI["features"])),
        "die Schlüssel aus gebiete.csv stehen in der Eigenschaft »STT_NR«. Bitte sie in gebiet_id umbenennen",
    ),
    "UTM ohne Namen": (in_system(ZWEI, "EPSG:25832", name=False), "das sind keine Grad, und die Datei nennt kein System"),
    "falsches System": (in_system(ZWEI, "EPSG:25832") | {"crs": {"properties": {"name": "EPSG:25830"}}}, "nicht in Deutschland"),
    "unbekanntes System": (ZWEI | {"crs": {"type": "name", "properties": {"name": "UTM Lünen"}}}, "»UTM Lünen« ist unbekannt"),
    "vertauscht": (
        collection(*(feature(k, [[y, x] for x, y in square(0, i)]) for i, k in enumerate(("01", "02")))),
        "Länge und Breite sind vertauscht",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fall", list(FALSCH))
def test_a_fault_is_told_in_german(tmp_path: Path, fall: str) -> None:
    inhalt, meldung = FALSCH[fall]
    with pytest.raises(KonfigurationsFehler, match=meldung) as gesagt:
        read(tmp_path, inhalt)
    assert all("gebiete.geojson" in zeile for zeile in str(gesagt.value).splitlines())


def test_every_fault_is_told_at_once_but_at_most_twenty(tmp_path: Path) -> None:
    with pytest.raises(KonfigurationsFehler) as gesagt:
        read(tmp_path, collection(*ZWEI["features"], *(feature(f"x{n}", square(n, 3)) for n in range(30))))
    zeilen = str(gesagt.value).splitlines()
    assert (len(zeilen), zeilen[-1]) == (21, f"{tmp_path.name}/gebiete.geojson, … und 10 weitere Fehler.")


def test_areas_without_outline_are_told_once_a_level(tmp_path: Path) -> None:
    (meldung,) = warn_of_missing_outlines("ort", read(tmp_path, collection(ZWEI["features"][0])))
    assert meldung.schwere.value == "warnung"
    assert "Ebene stadtteil einen haben: Süd." in meldung.text
    assert warn_of_missing_outlines("ort", read(tmp_path, ZWEI)) == []
    assert warn_of_missing_outlines("ort", GEBIETE) == []
