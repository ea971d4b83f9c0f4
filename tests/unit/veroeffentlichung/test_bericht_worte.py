"""Words of the report: names of counties and regions have an article, long headers may break, units stand in their case."""

from datetime import date

import pytest

from pipelines.veroeffentlichung.bericht.indikatoren.words import verlauf
from pipelines.veroeffentlichung.bericht.orte import fuer_ort, in_ort
from pipelines.veroeffentlichung.bericht.page import hyphenate


@pytest.mark.parametrize(
    ("name", "wo", "wofuer"),
    [
        ("Lünen", "in Lünen", "für Lünen"),
        ("Kreis Mettmann", "im Kreis Mettmann", "für den Kreis Mettmann"),
        ("Landkreis Kassel", "im Landkreis Kassel", "für den Landkreis Kassel"),
        ("Rhein-Kreis Neuss", "im Rhein-Kreis Neuss", "für den Rhein-Kreis Neuss"),
        ("Hochsauerlandkreis", "im Hochsauerlandkreis", "für den Hochsauerlandkreis"),
        ("Städteregion Aachen", "in der Städteregion Aachen", "für die Städteregion Aachen"),
        ("Region Hannover", "in der Region Hannover", "für die Region Hannover"),
        ("Kreisstadt Steinfurt", "in Kreisstadt Steinfurt", "für Kreisstadt Steinfurt"),
        ("Kreischa", "in Kreischa", "für Kreischa"),
    ],
)
def test_a_name_has_the_article_it_needs(name: str, wo: str, wofuer: str) -> None:
    assert (in_ort(name), fuer_ort(name)) == (wo, wofuer)


@pytest.mark.parametrize(
    "wort", ["Maßnahmen", "Daueraufgabe", "abgeschlossen", "verschoben", "verstrichen", "überfällig"]
)
def test_a_long_word_of_a_wide_tables_header_may_break(wort: str) -> None:
    assert "\u00ad" in hyphenate(f"nicht {wort}")


@pytest.mark.parametrize(
    ("einheit", "kleinster", "groesster", "worte"),
    [
        ("jahre", 41.3, 42.6, "zwischen 41,3 und 42,6 Jahren (2016–2020, 5 Werte)"),
        ("prozent", 9.9, 11.2, "zwischen 9,9 und 11,2 % (2016–2020, 5 Werte)"),
        ("index", 0.188, 0.196, "zwischen 0,188 und 0,196 (2016–2020, 5 Werte)"),
        ("punkte", 1.0, 2.5, "zwischen 1,0 und 2,5 Prozentpunkten (2016–2020, 5 Werte)"),
    ],
)
def test_the_range_of_a_series_stands_in_the_dative(
    einheit: str, kleinster: float, groesster: float, worte: str
) -> None:
    t = {
        "verlauf": "steigend", "steigung_je_jahr": 0.3, "kleinster": kleinster, "groesster": groesster, "einheit": einheit,
        "von": date(2016, 12, 31), "bis": date(2020, 12, 31), "punkte": 5,
    }  # fmt: skip
    assert verlauf(t).endswith(worte)
