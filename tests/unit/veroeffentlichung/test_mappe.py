"""The workbook that one can hand over: overview first, links that lead somewhere, measures and money, charts of its own cells."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_aussagen import KONZEPT
from tests.unit.veroeffentlichung.test_bericht_indikatorseite import tabellen
from tests.unit.veroeffentlichung.test_bericht_saetze import LEER
from tests.unit.veroeffentlichung.test_mappenpruefung import check, spalte_und_zeile

FOERDERUNG = {
    "kommune": "luenen", "programm": "KIM", "baustein": "b1", "jahr": 2022, "konzept": "k", "titel": "Koordination",
    "aufwand": 12000.5, "ertrag": 10000.0, "eigenanteil": 2000.5, "herkunft": "Haushalt", "status": "ok", "hinweise": [],
    "beispieldaten": False, "veroeffentlichung": "2021-08-01.1",
}  # fmt: skip
LANG = "Ein langer Grund, der in keine Spalte passt. " * 8
DATEN = tabellen() | {
    "dim.handlungsfeld": KONZEPT["dim.handlungsfeld"], "dim.leitziel": KONZEPT["dim.leitziel"], "marts.foerderung": [FOERDERUNG],
    "marts.massnahme": [*KONZEPT["marts.massnahme"][:1], KONZEPT["marts.massnahme"][1] | {"begruendung": LANG}],
}  # fmt: skip


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("mappe"), DATEN)
    write_berichte(ablage)
    return ablage


@pytest.fixture(scope="module")
def mappe(ablage: Ablage) -> Any:
    return openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")


def rows(blatt: Any, kopf: str) -> list[dict[str, Any]]:
    """Rows below the header that has this column."""
    _, erste = spalte_und_zeile(blatt, kopf)
    namen = [z.value for z in blatt[erste - 1]]
    return [dict(zip(namen, [z.value for z in r], strict=True)) for r in blatt.iter_rows(min_row=erste)]


def test_the_overview_stands_first_with_the_sentences_and_a_link_to_every_sheet(mappe: Any) -> None:
    blatt = mappe.worksheets[0]
    texte = [z.value for r in blatt.iter_rows() for z in r if z.value]
    assert blatt.title == "Überblick"
    assert any("hatten 34,4 % der 87.815 Einwohner:innen in Lünen" in str(t) for t in texte)
    ziele = [z.hyperlink.location for r in blatt.iter_rows() for z in r if z.hyperlink]
    assert ziele == [f"'{name}'!A1" for name in mappe.sheetnames[1:]]


def test_measures_and_money_are_numbers_and_the_missing_ones_signs(mappe: Any) -> None:
    kurs, measure_variante = rows(mappe["Maßnahmen"], "Nr.")
    assert (kurs["Handlungsfeld"], kurs["Status"], kurs["Aufwand"], kurs["Frauen"], kurs["insgesamt"]) == (
        "Arbeit", "laufend, überfällig", 1900, 12, 21,
    )  # fmt: skip
    assert (measure_variante["Aufwand"], measure_variante["Frauen"], measure_variante["Grund"]) == ("–", "–", LANG)
    (geld,) = rows(mappe["Geld"], "Programm")
    assert (geld["Jahr"], geld["Aufwand"], geld["Eigenanteil"], geld["Quelle"]) == (2022, 12000.5, 2000.5, "Haushalt")


def test_every_table_names_what_it_shows_its_source_and_its_days(mappe: Any) -> None:
    for name in mappe.sheetnames[1:-3]:
        kopf = [r[0].value for r in mappe[name].iter_rows(max_row=8)]
        assert any(str(k).startswith("Quelle: ") for k in kopf), name
        assert mappe[name].freeze_panes, name
        assert mappe[name].auto_filter.ref, name
    assert "Stichtag: 31.12.2020 bis 30.06.2021" in [z.value for z in mappe["Zeitreihe"]["A"]]


def test_the_legend_names_columns_of_its_sheet_only(mappe: Any) -> None:
    gesagt = {}
    for name in mappe.sheetnames[1:-3]:
        texte = [str(z.value) for reihe in mappe[name].iter_rows() for z in reihe if z.value is not None]
        gesagt[name] = any("Grund in den Spalten Status und Hinweise" in t for t in texte)
        assert gesagt[name] is ({"Status", "Hinweise"} <= set(texte)), name
    assert set(gesagt.values()) == {True, False}


def test_a_long_text_is_wrapped_in_a_row_high_enough_for_it(mappe: Any) -> None:
    blatt = mappe["Maßnahmen"]
    spalte, erste = spalte_und_zeile(blatt, "Grund")
    assert blatt.cell(erste + 1, spalte).alignment.wrap_text
    assert blatt.row_dimensions[erste + 1].height >= 15 * len(LANG) / 60
    assert not blatt.row_dimensions[erste].height


def test_charts_draw_the_shares_of_the_first_definition_and_nothing_else(mappe: Any) -> None:
    bilder = mappe["Bilder"]._charts
    assert len(bilder) == 3
    assert [b.id for b in mappe["Bilder"].row_breaks.brk], "each on a page of its own"
    for bild in bilder:
        assert not bild.series[0].smooth
        (reihe,) = bild.series
        name, bereich = reihe.val.numRef.f.replace("'", "").split("!")
        zellen = [z for (z,) in mappe[name][bereich]]
        _, erste = spalte_und_zeile(mappe[name], "Definition")
        definition = spalte_und_zeile(mappe[name], "Definition")[0]
        assert zellen[0].row == erste
        assert {mappe[name].cell(z.row, definition).value for z in zellen} == {"A · Lünen 2021"}
        assert mappe[name].cell(erste - 1, zellen[0].column).value == "Anteil mit Migrationshintergrund"
    assert not [z for r in mappe["Bilder"].iter_rows() for z in r if isinstance(z.value, int | float)]


def test_a_town_without_anything_has_a_workbook_that_says_so(tmp_path: Path) -> None:
    ablage = publish(tmp_path, LEER)
    write_berichte(ablage)
    leer = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    assert leer.sheetnames == ["Überblick", "Lesehilfe"]
    assert any("noch keine Zahl veröffentlicht" in str(z.value) for r in leer["Überblick"].iter_rows() for z in r)


@pytest.mark.parametrize(("blatt", "kopf"), [("Maßnahmen", "Frauen"), ("Maßnahmen", "Aufwand"), ("Geld", "Ertrag")])
def test_a_planted_number_of_measures_or_money_is_found(ablage: Ablage, tmp_path: Path, blatt: str, kopf: str) -> None:
    mappe = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    spalte, zeile = spalte_und_zeile(mappe[blatt], kopf)
    mappe[blatt].cell(row=zeile, column=spalte).value = 3
    mappe.save(tmp_path / "luenen.xlsx")
    with pytest.raises(FremdeZahl, match=f"Blatt »{blatt}«, Zeile {zeile}"):
        check(ablage, tmp_path / "luenen.xlsx")
