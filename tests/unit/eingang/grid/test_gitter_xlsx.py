"""Workbooks: both ways of reading show everything a workbook hides, and give the same.

Here belong tests of XLSX files; text files are in test_gitter.py.
Long because both ways of reading are asked of each workbook in turn.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from pipelines.eingang.grid import xlsx as gitter_xlsx
from pipelines.eingang.grid.workbook import Blatt, spaltenname
from pipelines.eingang.massnahmen.header import read_addition
from pipelines.foundation.findings import Code, LieferungAbgewiesen
from tests.lib.grid_files import GROSS, KLEIN, VIELE, Lies, befund


def umgeschrieben(mappe: bytes, teile: Mapping[str, Callable[[str], str]]) -> bytes:
    """A workbook with some parts of its archive rewritten: for what openpyxl cannot write."""
    ziel = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(mappe)) as alt, zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as neu:
        for name in alt.namelist():
            text = alt.read(name)
            neu.writestr(name, teile[name](text.decode()).encode() if name in teile else text)
    return ziel.getvalue()


def gespeichert(mappe: openpyxl.Workbook) -> bytes:
    strom = io.BytesIO()
    mappe.save(strom)
    return strom.getvalue()


@pytest.fixture(scope="module")
def fallen() -> bytes:
    """A workbook with every trap."""
    mappe = openpyxl.Workbook()
    blatt = mappe.active
    assert blatt is not None
    blatt.title = "Stadtteile & mehr"
    blatt.append(["Gebiet", "Anteil", "Schlüssel", "Tag", "Zahl", "Formel"])
    blatt.append([" Lünen-\nMitte\u00a0", 0.084, 101, date(2021, 6, 30), 12.0, "=E2*2"])
    blatt.append(["Süd", 1, 7, datetime(2021, 6, 30, 13, 45), 1.5, "=E3*2"])
    blatt.append(["Nord", -0.00125, 12.5, None, "#N/A", "=E4*2"])
    blatt.append([True, 0.5, "0101", None, "1.234", '=IF(A5="","",A5)'])
    for z in range(2, 6):
        blatt.cell(z, 2).number_format = ("0.0%", "0%", '[Red]0.00" "%;-0.00%', '0.0"%"')[z - 2]
        blatt.cell(z, 3).number_format = "0000"
    blatt["E4"].data_type = "e"
    blatt["G7"] = "#DIV/0!"
    blatt["A8"], blatt["B8"] = "verbunden", None
    blatt.merge_cells("A8:B9")
    blatt["A8"].comment = Comment("Stand:\nvorläufig", "x")
    blatt.row_dimensions[3].hidden = True
    blatt.column_dimensions.group("C", "D", hidden=True)
    blatt["H12"] = "=SUM(A1:A2)"
    blatt["K30"].number_format = "0.0%"  # formatted, but empty
    verborgen = mappe.create_sheet("Alt")
    verborgen.sheet_state = "hidden"
    verborgen["B2"] = 5
    mappe.create_sheet("Leer")
    mappe.create_chartsheet("Bild").add_chart(BarChart())

    def mit_werten(xml: str) -> str:
        # E2*2 is a shared formula with a stored value for its first cell only; IF gave an empty text.
        for alt, neu in (
            ("<f>E2*2</f><v />", '<f t="shared" ref="F2:F4" si="0">E2*2</f><v>24</v>'),
            ("<f>E3*2</f><v />", '<f t="shared" si="0"/>'),
            ("<f>E4*2</f><v />", '<f t="shared" si="0"/>'),
            ('<f>IF(A5="","",A5)</f><v />', '<f>IF(A5="","",A5)</f><v></v>'),
        ):
            assert alt in xml, xml
            xml = xml.replace(alt, neu)
        return xml.replace('<c r="F5">', '<c r="F5" t="str">')

    return umgeschrieben(gespeichert(mappe), {"xl/worksheets/sheet1.xml": mit_werten})


ERWARTET = Blatt(
    "Stadtteile & mehr",
    werte=[
        ["Gebiet", "Anteil", "Schlüssel", "Tag", "Zahl", "Formel"],
        ["Lünen- Mitte", "8,4 %", "0101", date(2021, 6, 30), 12, 24],
        ["Süd", "100 %", "0007", "30.06.2021 13:45:00", 1.5, ""],
        ["Nord", "-0,13 %", 12.5, "", "", ""],
        ["WAHR", 0.5, "0101", "", "1.234"],
        [],
        ["", "", "", "", "", "", ""],
        ["verbunden"],
        [],
        [],
        [],
        ["", "", "", "", "", "", "", ""],
    ],
    formeln={(2, 5): "=E3*2", (3, 5): "=E4*2", (11, 7): "=SUM(A1:A2)"},
    fehlerwerte={(3, 4): "#N/A", (6, 6): "#DIV/0!"},
    verbunden=[(7, 0, 8, 1)],
    verborgene_zeilen={2},
    verborgene_spalten={2, 3},
    kommentare={(7, 0): "Stand: vorläufig"},
    prozent={(1, 1): 1, (2, 1): 0, (3, 1): 2},
    zeilen_nr=list(range(1, 13)),
)


@pytest.mark.parametrize("gross_ab", [KLEIN, GROSS])
def test_a_workbook_shows_everything_it_hides(read: Lies, fallen: bytes, gross_ab: int) -> None:
    mappe = read(fallen, "fallen.xlsx", gross_ab=gross_ab)
    assert [(b.name, b.verborgen) for b in mappe.blaetter] == [
        ("Stadtteile & mehr", False),
        ("Alt", True),
        ("Leer", False),
    ]
    assert mappe.blaetter[0] == ERWARTET
    assert mappe.blaetter[1].werte == [[], ["", 5]]
    assert mappe.blaetter[2].werte == []
    assert (mappe.kodierung, mappe.trennzeichen, mappe.hinweise) == (None, None, [])


def test_both_ways_of_reading_agree_on_foreign_xml(read: Lies, fallen: bytes) -> None:
    """Prefixed elements and cells without addresses, as some programs write them."""

    def mit_praefix(xml: str) -> str:
        import re

        xml = re.sub(
            r"<(/?)(?=[a-zA-Z])",
            r"<\1x:",
            xml.replace('<row r="1"', "<row").replace('<c r="A1"', "<c").replace('<c r="B1"', "<c"),
        )
        return xml.replace("xmlns=", "xmlns:x=")

    inhalt = umgeschrieben(fallen, {"xl/worksheets/sheet1.xml": mit_praefix})
    klein, gross = (read(inhalt, "fallen.xlsx", gross_ab=g).blaetter for g in (KLEIN, GROSS))
    assert klein == gross
    assert klein[0] == ERWARTET


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zellen=st.dictionaries(
        st.tuples(st.integers(1, 9), st.integers(1, 6)),
        st.tuples(
            st.one_of(
                st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda x: round(x, 4)), st.booleans(),
                st.text("aä <&#0%.\n", max_size=6), st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.just("=A1+1"),
            ),
            st.sampled_from([None, "0%", "0.0%", "0000"]),
        ),
        max_size=20,
    ),
    verbunden=st.booleans(),
)  # fmt: skip
def test_both_ways_of_reading_agree(
    read: Lies, zellen: dict[tuple[int, int], tuple[Any, str | None]], verbunden: bool
) -> None:
    mappe = openpyxl.Workbook()
    blatt = mappe.active
    assert blatt is not None
    for (z, s), (wert, format) in zellen.items():
        zelle = blatt.cell(z, s, wert)
        if format and not isinstance(wert, date):
            zelle.number_format = format
    if verbunden:
        blatt.merge_cells("B2:C3")
    inhalt = gespeichert(mappe)
    assert read(inhalt, "a.xlsx", gross_ab=KLEIN).blaetter == read(inhalt, "a.xlsx", gross_ab=GROSS).blaetter


@pytest.mark.parametrize("gross_ab", [KLEIN, GROSS])
def test_only_the_sheets_wanted_are_read(read: Lies, fallen: bytes, gross_ab: int) -> None:
    assert [b.name for b in read(fallen, "a.xlsx", blaetter=["Alt"], gross_ab=gross_ab).blaetter] == ["Alt"]
    fund = befund(read, fallen, "a.xlsx", blaetter=["Neu"], gross_ab=gross_ab)
    assert (fund.code, fund.was) == (
        Code.blatt_fehlt,
        "das Blatt »Neu« fehlt; vorhanden: »Stadtteile & mehr«, »Alt«, »Leer«",
    )


def test_addresses_of_cells() -> None:
    blatt = Blatt("Stadtteile")
    assert blatt.adresse(5, 1) == "Stadtteile!B6"
    assert (blatt.ort(5, 1), blatt.ort(5)) == ('Blatt "Stadtteile", Zelle B6', 'Blatt "Stadtteile", Zeile 6')
    assert [spaltenname(s) for s in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


@pytest.mark.parametrize("gross_ab", [KLEIN, GROSS])
def test_a_cell_at_the_far_end_takes_no_memory(read: Lies, gross_ab: int) -> None:
    mappe = openpyxl.Workbook()
    mappe.active["XFD1048576"].number_format = "0%"  # type: ignore[index]
    mappe.active["A1"] = 1  # type: ignore[index]
    assert read(gespeichert(mappe), "a.xlsx", gross_ab=gross_ab).blaetter[0].werte == [[1]]


@pytest.mark.parametrize(("zelle", "zellen"), [("XFD1048576", "17.179.869.184"), ("O1048576", "15.728.640")])
def test_a_sheet_that_reaches_too_far_is_refused(read: Lies, zelle: str, zellen: str) -> None:
    """A reader would hold every cell between: fifteen columns down to the last row are a gigabyte."""
    mappe = openpyxl.Workbook()
    mappe.active[zelle] = mappe.active["A1"] = 1  # type: ignore[index]
    fund = befund(read, gespeichert(mappe), "a.xlsx", gross_ab=GROSS)
    assert f"{zellen} Zellen" in fund.was


def test_a_huge_merged_range_is_no_burden(read: Lies) -> None:
    mappe = openpyxl.Workbook()
    mappe.active["A1"] = "Titel"  # type: ignore[index]
    mappe.active.merge_cells("A1:B2")  # type: ignore[union-attr]
    inhalt = umgeschrieben(
        gespeichert(mappe),
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace('ref="A1:B2" /', 'ref="A1:XFD1048576" /')},
    )
    blatt = read(inhalt, "a.xlsx").blaetter[0]
    assert (blatt.werte, blatt.verbunden) == ([["Titel"]], [(0, 0, 1048575, 16383)])


def test_an_archive_that_unpacks_too_far_is_refused(read: Lies, fallen: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gitter_xlsx, "HOECHSTENS_ENTPACKT", 1000)
    assert "entpackt" in befund(read, fallen, "a.xlsx").was


def test_other_archives_are_named(read: Lies) -> None:
    for teil, wort in (("xl/workbook.bin", "XLSB"), ("content.xml", "ODS"), ("a.csv", "ZIP-Archiv")):
        strom = io.BytesIO()
        with zipfile.ZipFile(strom, "w") as archiv:
            archiv.writestr(teil, "x")
        assert wort in befund(read, strom.getvalue(), "a.xlsx").was


@settings(VIELE, max_examples=120)
@given(stelle=st.integers(0, 20000), neu=st.binary(min_size=1, max_size=4), gross_ab=st.sampled_from([KLEIN, GROSS]))
def test_a_damaged_workbook_is_read_or_refused(
    read: Lies, fallen: bytes, stelle: int, neu: bytes, gross_ab: int
) -> None:
    stelle %= len(fallen)
    try:
        mappe = read(fallen[:stelle] + neu + fallen[stelle + len(neu) :], "a.xlsx", gross_ab=gross_ab)
    except LieferungAbgewiesen as abgewiesen:
        text = str(abgewiesen)
        assert "Arbeitsmappe" in text or "ist aber" in text
        return
    assert mappe.blaetter


def _umgeschrieben(replace: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook of three rows whose parts were changed."""
    buch = openpyxl.Workbook()
    blatt = buch.active
    assert blatt is not None
    for zeile in (["Gebiet", "Einwohner"], ["Nord", 1000], ["Süd", date(2021, 12, 31)]):
        blatt.append(zeile)
    roh, ziel = io.BytesIO(), io.BytesIO()
    buch.save(roh)
    with zipfile.ZipFile(roh) as alt, zipfile.ZipFile(ziel, "w") as neu:
        for name in alt.namelist():
            neu.writestr(name, replace(name, alt.read(name)))
    return ziel.getvalue()


def _streng(name: str, teil: bytes) -> bytes:
    return re.sub(rb"http://schemas.openxmlformats.org/(spreadsheetml|officeDocument)/2006/",
                  rb"http://purl.oclc.org/ooxml/\1/", teil)  # fmt: skip


def _ohne_fuellung(name: str, teil: bytes) -> bytes:
    return (
        re.sub(rb"<fills.*</fills>", b'<fills count="2"><fill/><fill></fill></fills>', teil)
        if "styles" in name
        else teil
    )


@pytest.mark.parametrize("gross_ab", [KLEIN, GROSS])
@pytest.mark.parametrize("replace", [_streng, _ohne_fuellung])
def test_workbooks_of_other_programs_are_read(
    read: Lies, replace: Callable[[str, bytes], bytes], gross_ab: int
) -> None:
    inhalt = _umgeschrieben(replace)
    assert inhalt != _umgeschrieben(lambda _, teil: teil)
    (blatt,) = read(inhalt, "tabelle.xlsx", gross_ab=gross_ab).blaetter
    assert blatt.werte == [["Gebiet", "Einwohner"], ["Nord", 1000], ["Süd", date(2021, 12, 31)]]


@pytest.mark.parametrize("replace", [_streng, _ohne_fuellung])
def test_measure_sheets_of_other_programs_keep_what_a_grid_drops(
    tmp_path: Path, replace: Callable[[str, bytes], bytes]
) -> None:
    pfad = tmp_path / "m.xlsx"
    pfad.write_bytes(_umgeschrieben(replace))
    assert read_addition(pfad)["Sheet"][1, 0].text == "Nord"


def test_what_one_reader_cannot_read_the_other_may(read: Lies) -> None:
    def kaputt(name: str, teil: bytes) -> bytes:
        return teil.replace(b"<cellXfs", b'<cellXfs unsinn="1"') if "styles" in name else teil

    (blatt,) = read(_umgeschrieben(kaputt), "tabelle.xlsx").blaetter
    assert blatt.werte[1] == ["Nord", 1000]


def test_a_workbook_of_charts_alone_is_named(read: Lies) -> None:
    buch = openpyxl.Workbook()
    buch.create_chartsheet("Bild")
    buch.remove(buch.worksheets[0])
    roh = io.BytesIO()
    buch.save(roh)
    b = befund(read, roh.getvalue(), "tabelle.xlsx")
    assert "kein Tabellenblatt" in b.text()


@pytest.mark.parametrize("gross_ab", [KLEIN, GROSS])
def test_half_a_character_is_marked_and_a_whole_one_is_a_text(read: Lies, gross_ab: int) -> None:
    buch = openpyxl.Workbook()
    blatt = buch.active
    assert blatt is not None
    blatt.append(["_xD83D_", "_xD83D__xDE00_", "Nord\u00ad\u200b"])
    roh = io.BytesIO()
    buch.save(roh)
    (gelesen,) = read(roh.getvalue(), "tabelle.xlsx", gross_ab=gross_ab).blaetter
    assert gelesen.halbe_zeichen == {(0, 0)}
    assert gelesen.werte == [["\ufffd", "\U0001f600", "Nord"]]
