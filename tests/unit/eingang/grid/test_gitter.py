"""Files to cells: separators, quotes, encodings, and everything a workbook hides; both ways of reading it agree.

Here belong tests of cells and their addresses; what the cells mean is tested in test_zahlen.py and test_tabelle.py.
"""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.eingang.grid.workbook import read_workbook
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from tests.lib.grid_files import VIELE, Lies, befund


@pytest.mark.parametrize("zeichen", [";", ",", "\t", "|"])
def test_any_separator_is_found(read: Lies, zeichen: str) -> None:
    zeilen = [
        ["Gebiet", "Anzahl", "Anteil"],
        ["Alstedde", "6.417", "8,4" if zeichen != "," else "8.4"],
        ["Mitte", "-", "."],
    ]
    mappe = read("Tabelle 1\n" + "\n".join(zeichen.join(z) for z in zeilen) + "\n© Stadt Lünen, 2021\n")
    assert mappe.trennzeichen == zeichen
    assert mappe.blaetter[0].werte[1:4] == zeilen


def test_commas_in_names_and_numbers_are_no_separators(read: Lies) -> None:
    mappe = read("Gebiet;Anteil\n" + "".join(f"Ort {n}, Stadt;8,{n}\n" for n in range(9)))
    assert mappe.trennzeichen == ";"
    assert mappe.blaetter[0].werte[1] == ["Ort 0, Stadt", "8,0"]


def test_a_declared_separator_wins(read: Lies) -> None:
    assert read("a;b,c\nd;e,f\n", trennzeichen=",").blaetter[0].werte == [["a;b", "c"], ["d;e", "f"]]
    assert read("a#b\n1#2\n", trennzeichen="#").blaetter[0].werte == [["a", "b"], ["1", "2"]]


def test_a_file_of_one_column_has_no_separator(read: Lies) -> None:
    mappe = read("Alstedde\nBrambauer\n")
    assert (mappe.trennzeichen, mappe.blaetter[0].werte) == (None, [["Alstedde"], ["Brambauer"]])


@pytest.mark.parametrize(
    ("codec", "kodierung"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-bom"), ("cp1252", "windows-1252"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("ende", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(read: Lies, tmp_path: Path, codec: str, kodierung: str, ende: str) -> None:
    mappe = read(f"Gebiet;Zahl{ende}Lünen;1{ende}Süd;2{ende}".encode(codec))
    assert mappe.kodierung == kodierung
    assert mappe.blaetter[0].werte == [["Gebiet", "Zahl"], ["Lünen", "1"], ["Süd", "2"]]
    assert mappe.hinweise == []
    assert [p.name for p in tmp_path.iterdir()] == ["tabelle.csv"]  # no copy is left behind


@pytest.mark.parametrize("text", ["a;b\r\n1;2\n3;4\n", "a;b\n1;2\r3;4\n", "a;b\r\n1;2\r3;4\r"])
def test_mixed_line_ends_are_read_and_reported(read: Lies, text: str) -> None:
    mappe = read(text)
    assert mappe.blaetter[0].werte == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [b.code for b in mappe.hinweise] == [Code.zeilenende]


def test_a_declared_encoding_that_the_file_has_not_is_an_error(read: Lies) -> None:
    assert befund(read, "Gebiet;Zahl\nLünen;1\n", kodierung="windows-1252").code is Code.kodierung
    fund = befund(read, "Gebiet;Zahl\nLünen;1\n".encode("cp1252"), kodierung="utf-8")
    assert (fund.code, fund.ort) == (Code.kodierung, "Zeile 2")
    assert read("Gebiet;Zahl\nUnna;1\n", kodierung="windows-1252").blaetter[0].werte[1] == ["Unna", "1"]


def test_white_space_is_collapsed(read: Lies) -> None:
    assert read('Ge  biet ;"  Zahl\n der\u00a0"\n\u00a0 Mitte;1\n').blaetter[0].werte == [
        ["Ge biet", "Zahl der"],
        ["Mitte", "1"],
    ]


def test_quoted_fields_keep_separators_quotes_and_line_breaks(read: Lies) -> None:
    blatt = read('Gebiet;Zahl;Text\n"Mitte; ""Kern""";1;"erste\nzweite"\nSüd;2;\n').blaetter[0]
    assert blatt.werte[1:] == [['Mitte; "Kern"', "1", "erste zweite"], ["Süd", "2"]]
    assert blatt.zeilen_nr == [1, 2, 4]
    assert blatt.ort(2, 1) == blatt.adresse(2, 1) == "Zeile 4, Feld 2"
    assert blatt.ort(2) == "Zeile 4"


def test_a_footer_in_quotes_may_hold_line_breaks_and_separators(read: Lies) -> None:
    text = 'Tabelle: 1;;\nGebiet;m;w\nMitte;1;2\nSüd;3;4\n____\n"Hinweis: a; b;\nc;\n\nStand: 2024"\n© IT.NRW\n'
    blatt = read(text).blaetter[0]
    assert blatt.werte[-2:] == [["Hinweis: a; b; c; Stand: 2024"], ["© IT.NRW"]]
    assert blatt.zeilen_nr[-2:] == [6, 10]


@pytest.mark.parametrize(
    ("text", "zeile"),
    [
        ('a;b;c\n1;2;3\nMitte;"4;5\n6;7;8\n9;10;11\n', 3),
        ('a;b;c\n1;2;3\nMitte;"4;5\n6;7;8\n9";10;11\n', 3),
        ('a;b;c\n1;2;3\nMitte;"4;5\n6;7;8\n9"x;10;11\n', 3),
        ('a;b;c\n"1;2;3\n6;7;8"\n9;10;11\n', 2),
    ],
)
def test_a_stray_quote_swallows_no_rows(read: Lies, text: str, zeile: int) -> None:
    fund = befund(read, text)
    assert (fund.code, fund.ort) == (Code.dateiformat, f"Zeile {zeile}")
    assert "Anführungszeichen" in fund.was


def test_without_quoting_a_quote_is_a_character(read: Lies) -> None:
    assert read('a;b\n"x;1\ny";2\n', anfuehrung="keine").blaetter[0].werte[1:] == [['"x', "1"], ['y"', "2"]]


@pytest.mark.parametrize("anfuehrung", [None, "zeile"])
def test_rows_wrapped_in_quotes_are_split_again(read: Lies, anfuehrung: str | None) -> None:
    mappe = read('"Gebiet;Zahl"\n"Mitte;1"\n"""Süd; Ost"";2"\n', anfuehrung=anfuehrung)
    assert mappe.blaetter[0].werte == [["Gebiet", "Zahl"], ["Mitte", "1"], ["Süd; Ost", "2"]]
    assert [b.schwere for b in mappe.hinweise] == [Schwere.hinweis]


def test_control_characters_are_replaced_and_reported(read: Lies) -> None:
    mappe = read("a;b\n1;\x072\n")
    assert mappe.blaetter[0].werte[1] == ["1", "\ufffd2"]
    assert [(b.zeilen, b.schwere) for b in mappe.hinweise] == [((2,), Schwere.warnung)]
    assert "NUL" in befund(read, "a;b\n1;\x002\n").was


def test_errors_of_a_spreadsheet_are_set_aside(read: Lies) -> None:
    blatt = read("a;b;c\n1;#NV;#BEZUG!\n").blaetter[0]
    assert (blatt.werte[1], blatt.fehlerwerte) == (["1", "", ""], {(1, 1): "#NV", (1, 2): "#BEZUG!"})


@pytest.mark.parametrize(
    ("inhalt", "name", "code", "wort"),
    [
        (b"", "a.csv", Code.datei_leer, "leer"),
        (b"\n \n;;\n", "a.csv", Code.datei_leer, "leere Zeilen"),
        (b"", "a.xlsx", Code.datei_leer, "leer"),
        (b"abc", "a.xls", Code.dateiformat, "».xls«"),
        (b"abc", "a.ods", Code.dateiformat, "».ods«"),
        (b"%PDF-1.7", "a.pdf", Code.dateiformat, "».pdf«"),
        (b"%PDF-1.7", "a.csv", Code.dateiformat, "PDF"),
        (b"PK\x03\x04....[Content_Types].xml", "a.csv", Code.dateiformat, "XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a.csv", Code.dateiformat, "XLS-Format"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a.xlsx", Code.dateiformat, "XLS-Format"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", Code.dateiformat, "Kennwort"),
        (b"<html><table><tr>", "a.xlsx", Code.dateiformat, "HTML"),
        (b"<!DOCTYPE html>", "a.csv", Code.dateiformat, "HTML"),
        (b"a;b\n1;2\n", "a.xlsx", Code.dateiformat, "Textdatei"),
        (b"PK\x03\x04 broken", "a.xlsx", Code.dateiformat, "nicht öffnen"),
        (b"\x81;b\n", "a.csv", Code.kodierung, "Windows-1252"),
        (b"\xff\xfea", "a.csv", Code.kodierung, "UTF-16"),
    ],
)  # fmt: skip
def test_a_file_that_is_something_else_is_named(read: Lies, inhalt: bytes, name: str, code: Code, wort: str) -> None:
    fund = befund(read, inhalt, name)
    assert (fund.code, fund.datei) == (code, name)
    assert wort in fund.was


def test_a_refused_format_says_what_to_do(read: Lies) -> None:
    assert "in Excel oder LibreOffice als XLSX speichern" in befund(read, b"abc", "a.ods").erwartet


@VIELE
@given(
    inhalt=st.one_of(st.binary(max_size=200), st.text('ab1;,|\t"\r\n äx', max_size=80).map(str.encode)),
    name=st.sampled_from(["a.csv", "a.tsv", "a.xlsx"]),
)
def test_any_bytes_are_a_table_or_refused(read: Lies, inhalt: bytes, name: str) -> None:
    try:
        blatt = read(inhalt, name).blaetter[0]
    except LieferungAbgewiesen:
        return
    assert len(blatt.zeilen_nr) == len(blatt.werte)
    assert all(blatt.ort(z, 0).startswith("Zeile ") for z in range(len(blatt.werte)))


@VIELE
@given(
    zeilen=st.lists(
        st.lists(st.text('ab;,"\n ä1', min_size=1, max_size=8).filter(str.strip), min_size=3, max_size=3),
        min_size=3,
        max_size=6,
    )
)
def test_what_a_csv_writer_quotes_is_read_back_or_refused(read: Lies, zeilen: list[list[str]]) -> None:
    """Nothing is lost: either all rows come back, or the file is refused (text inside quotes that looks like rows)."""
    import csv

    strom = io.StringIO()
    csv.writer(strom, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(zeilen)
    try:
        werte = read(strom.getvalue(), trennzeichen=";", anfuehrung="feld").blaetter[0].werte
    except LieferungAbgewiesen:
        assert "\n" in "".join(map("".join, zeilen))
        return
    assert werte == [[" ".join(w.split()) for w in z] for z in zeilen]


@pytest.mark.parametrize(
    ("muster", "trennzeichen", "zeile", "kopf"),
    [
        ("landesdatenbank_nrw/12411-09i.csv", ";", None, None),
        ("landesdatenbank_nrw/12411-15i.csv", ";", 5, ["", "", "", "Anzahl", "qkm", "EW pro qkm"]),
        ("landesdatenbank_nrw/12521-03i.csv", ";", 7, ["", "", "", "", "", "Insgesamt", "männlich", "weiblich"]),
        ("landesdatenbank_nrw/22811-01i.csv", ";", 8, ["05", "Nordrhein-Westfalen", "11,1"]),
        ("landesdatenbank_nrw/22811-05i.csv", ";", None, None),
        ("destatis/*.csv", ";", 6, ["", "", "", "", "männlich", "männlich", "weiblich", "weiblich", "Insgesamt", "Insgesamt"]),
        ("ba/arbeitslose_auslaender_nachgeschlecht.csv", ";", 10,
         ["Berichtsjahr", "Frauen Arbeitslose", "Männer Arbeitslose", "Arbeitslose"]),
        ("ba/*.csv", ";", 2, ["Gebietsstand", "April 2025"]),
        ("berlin/EWR*.csv", ";", None, None),
        ("berlin/einwohner*.csv", ";", None, None),
        ("berlin/berlin-lor*.csv", ",", None, None),
        ("berlin/LOR*.csv", ",", None, None),
        ("konstanz/*.csv", ",", None, None),
        ("koeln/*.csv", ",", 1, ["id", "tab_id", "tabelle", "jahr", "raum_id", "raum", "zei_id", "zeile", "zahl"]),
    ],
)  # fmt: skip
def test_published_files(
    daten: Path, tmp_path: Path, muster: str, trennzeichen: str, zeile: int | None, kopf: list[str] | None
) -> None:
    dateien = sorted(daten.glob(muster))
    assert dateien
    for pfad in dateien:
        mappe = read_workbook(pfad, tmp_path)
        blatt = mappe.blaetter[0]
        assert mappe.trennzeichen == trennzeichen, pfad.name
        assert mappe.hinweise == []
        if zeile:
            assert blatt.werte[blatt.zeilen_nr.index(zeile)] == kopf


def test_a_row_with_another_separator_in_the_middle_leaves_the_table_its_own(read: Lies) -> None:
    """Every row has a decimal comma: a faulty row in the middle must not make the comma the separator."""
    zeilen = ["Gebiet;Zahl;Anteil", *(f"Gebiet {n};{n}00;{n},5" for n in range(1, 8))]
    zeilen[4] = "Gebiet 4|400|4,5"
    mappe = read("\n".join(zeilen))
    assert mappe.trennzeichen == ";"
    assert mappe.blaetter[0].felder == [3, 3, 3, 3, 1, 3, 3, 3]


def test_a_field_without_end_is_named_as_such(read: Lies) -> None:
    einer = befund(read, "Gebiet;Zahl\n" + "A" * 200_000 + ";1\n")
    assert (einer.code, einer.ort) == (Code.zu_gross, "Zeile 2")
    assert "mehr als 131.072 Zeichen" in einer.was


def test_half_a_workbook_is_said_to_be_damaged(read: Lies) -> None:
    """No name of a Python error: whoever copied the file over a bad line can do something about it."""
    einer = befund(read, b"PK\x03\x04" + b"\0" * 200, "tabelle.xlsx")
    assert "sie ist beschädigt oder nicht ganz übertragen" in einer.was
    assert "BadZipFile" not in einer.text()


def test_a_message_quotes_no_cell_at_full_length() -> None:
    """A cell may hold 32,767 signs; a message is one line for a person."""
    lang = "Altstadt" + "x" * 30_000
    text = Befund(
        Code.zahl, Schwere.fehler, "t.csv", "A1", f"»{lang}« ist keine Zahl", "eine Zahl", vorschlag=f'{{"{lang}": 01}}'
    ).text()
    assert "»Altstadtxxxx" in text
    assert len(text) < 500
