"""The handbook tells the canonical values: every column of an extract with its values, every code of a delivered table."""

import re

from pipelines.stamm.katalog.katalog import GRUPPEN
from schemas.spalten.common import GESCHLECHTER, INSGESAMT
from schemas.spalten.person import AUSZUG
from tests.conftest import WURZEL


def rows(datei: str, ueberschrift: str) -> dict[str, list[str]]:
    """The first table below a line: first cell without its ticks → the other cells."""
    text = (WURZEL / "docs" / datei).read_text(encoding="utf-8").split(ueberschrift, 1)[1].split("\n|---", 1)[1]
    zeilen = re.match(r"[^\n]*\n((?:\|[^\n]*\n)+)", text)
    assert zeilen
    zellen = [[c.strip() for c in z.strip("|").split(" | ")] for z in zeilen[1].splitlines()]
    return {z[0].strip("`| "): z[1:] for z in zellen}


def test_the_handbook_lists_every_column_of_the_canonical_extract_with_its_values() -> None:
    tabelle = rows("handbuch.md", "## Der kanonische Auszug")
    assert list(tabelle) == [s.name for s in AUSZUG]
    for s in AUSZUG:
        muss, werte = tabelle[s.name][:2]
        assert muss == ("Spalte und Wert" if s.pflichtwert else "Spalte" if s.pflichtspalte else "nein"), s.name
        if s.werte:
            assert re.findall("`([^`]+)`", werte) == list(s.werte), s.name


def test_the_layouts_list_every_code_of_sex_and_group() -> None:
    codes = {name: re.findall("`([^`]+)`", zellen[0]) for name, zellen in rows("layouts.md", "**Codes der").items()}
    assert set(codes["geschlecht"]) == {*GESCHLECHTER, INSGESAMT}
    assert {*GRUPPEN} <= set(codes["gruppe"])
