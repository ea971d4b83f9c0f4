"""The delivered Lünen workbook says exactly what the town printed, and what was printed is consistent in itself.

Here belong checks of the delivered file alone. How the pipeline reads it is tested elsewhere.
Source of all figures: Stadt Lünen, Verwaltungsvorlage VL-204/2021, Abbildung 1.
"""

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

MAPPE = Path(__file__).parents[2] / "data" / "raw" / "luenen" / "tabellen" / "stadtteile_2021-06-30.xlsx"

KOPF = (
    "Stadtteil",
    "Einwohner:innen",
    "Ausländer:innen",
    "Anteil Ausländer:innen",
    "Personen mit Migrationshintergrund",
    "Anteil Personen mit Migrationshintergrund",
)

# As delivered: text with thousands dots and decimal commas, only the foreigners are real numbers.
GEDRUCKT = (
    ("Alstedde", "6.417", 538, "8,4%", "1.453", "22,6%"),
    ("Beckinghausen", "959", 72, "7,5%", "211", "22,0%"),
    ("Brambauer", "19.265", 4344, "22,5%", "8.072", "41,9%"),
    ("Gahmen", "3.839", 894, "23,3%", "1.813", "47,2%"),
    ("Geistviertel & Lippolthausen", "5.425", 816, "15,0%", "2.497", "46,0%"),
    ("Horstmar", "7.488", 563, "7,5%", "1.845", "24,6%"),
    ("Lünen-Mitte", "2.989", 636, "21,3%", "1.224", "41,0%"),
    ("Lünen-Nord", "10.004", 2302, "23,0%", "4.382", "43,8%"),
    ("Lünen-Süd", "7.896", 1258, "15,9%", "2.546", "32,2%"),
    ("Niederaden", "2.212", 50, "2,3%", "313", "14,2%"),
    ("Nordlünen", "9.727", 467, "4,8%", "1.848", "19,0%"),
    ("Osterfeld", "7.014", 895, "12,8%", "2.682", "38,2%"),
    ("Wethmar", "4.580", 424, "9,3%", "1.293", "28,2%"),
    ("Lünen", "87.815", 13259, "15,1%", "30.179", "34,4%"),
)

FUSSNOTEN = (
    "Quelle: Stadt Lünen, Melderegister (Verwaltungsvorlage VL-204/2021, Abbildung 1)",
    "1) Personen mit Migrationshintergrund: Ausländer:innen, Doppelstaatler:innen und eingebürgerte Einwohner:innen",
    "Stichtag in der Vorlage nicht genannt; angenommen: 30.06.2021",
)


@pytest.fixture(scope="module")
def blatt() -> Worksheet:
    """The only sheet of the workbook."""
    mappe = load_workbook(MAPPE)
    assert mappe.sheetnames == ["Stadtteile"]
    return mappe["Stadtteile"]


def zeile(blatt: Worksheet, nummer: int) -> tuple[object, ...]:
    """The six cells of one row."""
    return tuple(zelle.value for zelle in blatt[nummer])


def zahl(text: object) -> int:
    """A count, whether delivered as number or as text with thousands dots."""
    return int(str(text).replace(".", ""))


def anteil_gedruckt(zaehler: int, nenner: int) -> str:
    """Percentage with one decimal, rounded once, half away from zero, from the exact fraction."""
    zehntel = Fraction(zaehler * 1000, nenner)
    ganz = int(zehntel) + (zehntel - int(zehntel) >= Fraction(1, 2))
    return f"{ganz // 10},{ganz % 10}%"


def test_blatt_hat_titel_leerzeile_kopf_13_stadtteile_summe_und_drei_fussnoten(blatt: Worksheet) -> None:
    assert (blatt.max_row, blatt.max_column) == (21, 6)
    assert [str(bereich) for bereich in blatt.merged_cells.ranges] == ["A1:F1"]
    assert blatt["A1"].value == "Ausländer:innen und Personen mit Migrationshintergrund in den Lünener Stadtteilen"
    assert zeile(blatt, 2) == (None,) * 6
    assert zeile(blatt, 3) == KOPF
    assert zeile(blatt, 18) == (None,) * 6
    assert blatt.freeze_panes == "B4"


def test_titel_kopf_und_summenzeile_sind_fett_und_nur_diese(blatt: Worksheet) -> None:
    fett = {nummer for nummer in range(1, blatt.max_row + 1) if blatt.cell(nummer, 1).font.b}
    assert fett == {1, 3, 17}


def test_zellen_enthalten_woertlich_was_gedruckt_wurde(blatt: Worksheet) -> None:
    assert tuple(zeile(blatt, nummer) for nummer in range(4, 18)) == GEDRUCKT


def test_nur_die_auslaenderspalte_enthaelt_zahlen_alles_andere_ist_text(blatt: Worksheet) -> None:
    arten = {tuple(zelle.data_type for zelle in blatt[nummer]) for nummer in range(4, 18)}
    assert arten == {("s", "s", "n", "s", "s", "s")}
    assert {blatt.cell(nummer, 3).number_format for nummer in range(4, 18)} == {"#,##0"}


def test_spaltensummen_der_stadtteile_ergeben_die_zeile_luenen(blatt: Worksheet) -> None:
    for spalte, gesamt in ((2, 87815), (3, 13259), (5, 30179)):
        stadtteile = sum(zahl(blatt.cell(nummer, spalte).value) for nummer in range(4, 17))
        assert (stadtteile, zahl(blatt.cell(17, spalte).value)) == (gesamt, gesamt), blatt.cell(3, spalte).value


def test_gedruckte_anteile_folgen_mit_einer_rundung_aus_den_zahlen(blatt: Worksheet) -> None:
    for nummer in range(4, 18):
        name, einwohner, auslaender, anteil_auslaender, mit_mh, anteil_mh = zeile(blatt, nummer)
        assert anteil_gedruckt(zahl(auslaender), zahl(einwohner)) == anteil_auslaender, name
        assert anteil_gedruckt(zahl(mit_mh), zahl(einwohner)) == anteil_mh, name


@pytest.mark.parametrize("name", ["Niederaden", "Lünen-Mitte"])
def test_knappe_anteile_liegen_weniger_als_ein_tausendstel_prozentpunkt_ueber_der_rundungsgrenze(name: str) -> None:
    _, einwohner, _, _, mit_mh, _ = next(z for z in GEDRUCKT if z[0] == name)
    zehntel = Fraction(zahl(mit_mh) * 1000, zahl(einwohner))
    ueber_der_grenze = (zehntel - int(zehntel) - Fraction(1, 2)) / 10
    assert 0 < ueber_der_grenze < Fraction(1, 1000)


def test_fussnoten_nennen_quelle_definition_und_angenommenen_stichtag(blatt: Worksheet) -> None:
    assert tuple(blatt.cell(nummer, 1).value for nummer in range(19, 22)) == FUSSNOTEN


def test_mappe_traegt_festen_urheber_und_festes_datum() -> None:
    eigenschaften = load_workbook(MAPPE).properties
    assert eigenschaften.creator == "integrationsmonitoring"
    assert (str(eigenschaften.created), str(eigenschaften.modified)) == ("2021-07-21 00:00:00",) * 2
