"""What a report says of the files beside it: of the pages of its areas and of its workbook, no more than lies there.

Belongs here: sentences on other files. Does not belong here: links inside a page and addresses (test_permalinks.py).
"""

import re
from pathlib import Path

import openpyxl
import pytest

from pipelines.foundation.storage import Ablage
from tests.unit.veroeffentlichung.areas import tabellen as gebietstabellen
from tests.unit.veroeffentlichung.reports import write, write_once
from tests.unit.veroeffentlichung.test_bericht_aussagen import ALLE
from tests.unit.veroeffentlichung.test_bericht_indikatorseite import TAGE, reihe, tabellen
from tests.unit.veroeffentlichung.test_bericht_saetze import NUR_MASSNAHMEN


@pytest.fixture(scope="module")
def seiten() -> dict[str, tuple[Ablage, str]]:
    return write_once(ALLE)


def pointer(roh: str) -> list[str]:
    """Where the sentence on the values of the areas leads; empty where the page has none."""
    satz = re.search(r"Die Werte der einzelnen Gebiete: (.*?)</p>", roh)
    return re.findall(r'href="([^"]+)"', satz[1]) if satz else []


def test_the_values_of_the_areas_are_pointed_to_where_pages_of_areas_lie(
    tmp_path: Path,
) -> None:
    ablage, roh = write(tmp_path / "mit", gebietstabellen())
    assert pointer(roh) == ["luenen.atlas.html", "luenen.gebiete.html"]
    assert all((ablage.marts / "bericht" / z).exists() for z in pointer(roh))
    ohne = {"profil": "-", "gruppe": "insgesamt"}
    daten = NUR_MASSNAHMEN | {
        "dim.indikator": tabellen()["dim.indikator"],
        "marts.indikator_zeitreihe": [
            reihe(TAGE[1], 34.4, **ohne),
            reihe(TAGE[1], 20.0, gebiet_id="05978", gebiet="Kreis Unna", ebene="kreis", **ohne),
        ],
    }
    ablage, roh = write(tmp_path / "ohne", daten)
    assert "Kreis Unna" in roh, "an area above the town is none of its areas"
    assert not (ablage.marts / "bericht" / "luenen.gebiete.html").exists()
    assert "Die Werte der einzelnen Gebiete" not in roh


@pytest.mark.parametrize("daten", list(ALLE))
def test_the_page_names_the_sheets_that_the_workbook_has(seiten: dict[str, tuple[Ablage, str]], daten: str) -> None:
    ablage, roh = seiten[daten]
    blaetter = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx", read_only=True).sheetnames
    mit_zahlen = [b for b in blaetter if b not in ("Überblick", "Bilder", "Lesehilfe")]
    genannt = re.search(r"Zum Weiterrechnen: Arbeitsmappe .*?</a> mit (?:dem Blatt|den Blättern) (.*?)\.</li>", roh)
    assert (genannt[1].split(", ") if genannt else []) == mit_zahlen
