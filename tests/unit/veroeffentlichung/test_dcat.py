"""DCAT-AP.de beside the data: what portals demand is there once a municipality has said what only it knows."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, RDF

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import check
from pipelines.stamm.offene_daten import OffeneDaten
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib import outlines
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_mappe import DATEN

SHAPES = Path(outlines.__file__).with_name("dcat_ap_de.ttl")
SHACL, DCATDE = Namespace("http://www.w3.org/ns/shacl#"), Namespace("http://dcat-ap.de/def/dcatde/")
GESAGT = {
    "lizenz": "dl-by-de/2.0", "beitragende_stelle": "openNRW", "kontakt": "statistik@example.org", "adresse": "https://daten.example.org/im/",
}  # fmt: skip


def archive(ordner: Path, **gesagt: str) -> zipfile.ZipFile:
    kommunen = [k | {f"offene_daten_{n}": w for n, w in gesagt.items()} for k in DATEN["dim.kommune"]]
    ablage = publish(ordner, DATEN | {"dim.kommune": kommunen})
    write_berichte(ablage)
    return zipfile.ZipFile(ablage.marts / "bericht" / "luenen.zip")


def graph(archiv: zipfile.ZipFile) -> Graph:
    return Graph().parse(data=archiv.read("dcat-ap.jsonld"), format="json-ld", base="https://ort.example/ablage/")


def faults(daten: Graph) -> set[str]:
    """The properties that break a shape."""
    stimmt, ergebnis, text = validate(daten, shacl_graph=str(SHAPES), inference="none")
    pfade = {str(p).rpartition("/")[2].rpartition("#")[2] for p in ergebnis.objects(None, SHACL.resultPath)}
    assert stimmt == (not pfade), text
    return pfade


@pytest.fixture(scope="module")
def archiv(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return archive(tmp_path_factory.mktemp("gesagt"), **GESAGT)


@pytest.fixture(scope="module")
def daten(archiv: zipfile.ZipFile) -> Graph:
    return graph(archiv)


TAKEN_AWAY = (DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, DCTERMS.identifier)


@pytest.fixture(scope="module")
def found(daten: Graph) -> set[str]:
    """What breaks a shape where all of these are taken away."""
    rest = Graph()
    rest += (t for t in daten if t[1] not in TAKEN_AWAY)
    return faults(rest)


def test_with_what_the_municipality_says_nothing_is_missing(archiv: zipfile.ZipFile, daten: Graph) -> None:
    assert faults(daten) == set()
    assert "Für ein Datenportal fehlt" not in archiv.read("LIESMICH.txt").decode()
    assert {str(o) for o in daten.objects(None, DCATDE.politicalGeocodingURI)} == {
        "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/05978024"
    }


def test_every_table_of_the_archive_is_a_dataset_and_every_file_is_there(archiv: zipfile.ZipFile, daten: Graph) -> None:
    dateien = {n for n in archiv.namelist() if n.startswith("daten")}
    genannt = {str(o).removeprefix(GESAGT["adresse"]) for o in daten.objects(None, DCAT.downloadURL)}
    assert genannt == dateien
    assert len({*daten.subjects(RDF.type, DCAT.Dataset)}) == len(dateien) / 3


def test_what_nobody_said_is_missing_and_told(tmp_path: Path) -> None:
    archiv = archive(tmp_path)
    daten = graph(archiv)
    assert faults(daten) == {"license", "contributorID"}
    liesmich = archiv.read("LIESMICH.txt").decode()
    assert "offene_daten.lizenz: die Lizenz" in liesmich
    assert "offene_daten.beitragende_stelle: die Kennung" in liesmich
    # Without an address, files are where the description lies.
    assert {str(o).startswith("https://ort.example/ablage/daten") for o in daten.objects(None, DCAT.accessURL)} == {
        True
    }


@pytest.mark.parametrize("fehlt", TAKEN_AWAY)
def test_the_shapes_find_what_is_taken_away(found: set[str], fehlt: Any) -> None:
    assert str(fehlt).rpartition("/")[2].rpartition("#")[2] in found


@pytest.mark.parametrize(
    ("feld", "wert"),
    [("lizenz", "frei"), ("beitragende_stelle", "http://dcat-ap.de/x"), ("kontakt", "Rathaus"), ("adresse", "http://x/"),
     ("lizens", "cc-zero")],
)  # fmt: skip
def test_what_is_no_licence_address_or_key_is_refused(feld: str, wert: str) -> None:
    with pytest.raises(KonfigurationsFehler, match=feld):
        check(Path("ort/kommune.yaml"), {feld: wert}, {}, OffeneDaten)
