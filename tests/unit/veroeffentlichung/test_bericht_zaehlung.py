"""What a report says about who is counted, and where it sends the reader for figures a section does not show."""

import pytest

from pipelines.veroeffentlichung.bericht.indikatoren.section import _definition
from pipelines.veroeffentlichung.bericht.indikatoren.words import ZAEHLUNGEN, ZAEHLUNGSTEXTE
from pipelines.veroeffentlichung.bericht.lieferungen import _gliederungen

EINWOHNER = {"definition": "Personen, die hier wohnen.", "einheit": "anzahl"}
ZEILE = {"geschlecht": "insgesamt", "altersgruppe": "insgesamt", "staat": "insgesamt", "merkmal_titel": "Ausländer"}


@pytest.mark.parametrize(
    ("zaehlung", "text"),
    [
        ("Registerzählung", "Hier Registerzählung: im Melderegister mit alleiniger oder Hauptwohnung gemeldet."),
        ("amtliche Fortschreibung", "Hier amtliche Fortschreibung: die Einwohnerzahl des letzten Zensus, "),
    ],
)
def test_each_count_of_inhabitants_has_its_own_definition(zaehlung: str, text: str) -> None:
    assert _definition(EINWOHNER, zaehlung).startswith(f"Personen, die hier wohnen. {text}")


def test_a_share_and_an_unknown_count_keep_the_definition_of_the_catalogue() -> None:
    assert _definition(EINWOHNER, "") == "Personen, die hier wohnen."
    assert _definition(EINWOHNER | {"einheit": "prozent"}, "Zensus") == "Personen, die hier wohnen."


def test_every_count_with_a_name_has_a_text() -> None:
    assert set(ZAEHLUNGSTEXTE) == set(ZAEHLUNGEN.values())


def test_figures_of_the_county_are_none_of_the_towns_areas_or_women() -> None:
    kreis = [ZEILE | {"gebiet_id": "05566", "geschlecht": "w", "staat": "163"}]
    assert _gliederungen(kreis, "05566084") == {"staaten"}
    assert "gebiete" in _gliederungen([ZEILE | {"gebiet_id": "nord"}], "05566084")
    assert "geschlecht" in _gliederungen([ZEILE | {"gebiet_id": "05566084", "geschlecht": "w"}], "05566084")
