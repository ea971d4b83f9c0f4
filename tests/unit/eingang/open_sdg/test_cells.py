"""Header, years, codes, names and words: each wrong cell is found, named, and nothing else is.

Every test starts from the same small invented folder and breaks one thing in it.
"""

import pytest

from pipelines.foundation.findings import Code, Schwere
from tests.lib.open_sdg_folder import GEBIETE, JAHRE, MH, Ordner, replace, set_value, write, write_meta

# Cells of data/indicator_1-1-2.csv that are wrong together: line, field, new text → code, severity, words, suggestion.
# In a disagreement of code and name the code is the field to look at (5), whichever of the two was changed.
FEHLERHAFT = {
    "values": [
        (9, 8, "6.42E-02", Code.zahl, Schwere.warnung, "Exponentialschreibweise", None),
        (10, 8, "+66.67", Code.zahl, Schwere.hinweis, "Pluszeichen", None),
        (11, 8, "12,5", Code.zahl, Schwere.fehler, "Komma statt des Dezimalpunkts", "12.5"),
        (12, 8, "unbekannt", Code.zahl, Schwere.fehler, "Text (»unbekannt«)", None),
        (13, 8, "1.234.567", Code.zahl, Schwere.fehler, "Tausenderzeichen", None),
        (14, 8, "-", Code.zahl, Schwere.warnung, "Zeichen statt einer Zahl", None),
        (15, 8, "", Code.pflichtfeld, Schwere.hinweis, "leer sind 1 von 120 Werten", None),
    ],
    "years": [
        (2, 1, "16", Code.datum, Schwere.fehler, "nur zwei Stellen (»16«)", None),
        (3, 1, "2999", Code.datum, Schwere.fehler, "nicht zwischen 1950 und heute (»2999«)", None),
        (4, 1, "2016-", Code.datum, Schwere.fehler, "keine vierstellige Zahl", None),
        (5, 1, "", Code.datum, Schwere.fehler, "das Jahr fehlt", None),
    ],
    "words": [
        (8, 4, "mit Migraitonshintergrund", Code.wort_unbekannt, Schwere.warnung, "Migraitonshintergrund", MH[0]),
        (9, 3, "18  bis unter 65 Jahren", Code.wort_unbekannt, Schwere.warnung, "»18  bis", "18 bis unter 65 Jahren"),
        (12, 7, "Gesperrt", Code.zeichen_unbekannt, Schwere.warnung, "»Gesperrt« ist sonst »gesperrt«", "gesperrt"),
    ],
    "names of areas": [
        (2, 2, "Auenfeld,Stadt", Code.gebiet_mehrdeutig, Schwere.warnung, "Auenfeld", GEBIETE[0][1]),
        (6, 2, "Birkental(Oldb), Stadt", Code.gebiet_mehrdeutig, Schwere.warnung, "Birkental", GEBIETE[1][1]),
        (7, 2, "Stadt  Birkental (Oldb)", Code.gebiet_mehrdeutig, Schwere.warnung, "Birkental", GEBIETE[1][1]),
        (10, 2, "Dornwald  ", Code.gebiet_mehrdeutig, Schwere.warnung, "»Dornwald  «", "Dornwald"),
        (11, 2, "Dronwald", Code.gebiet_mehrdeutig, Schwere.warnung, "ist sonst »Dornwald«", "Dornwald"),
    ],
    "codes": [
        (5, 5, "K99152", Code.schluessel_name, Schwere.fehler, "sonst zu »Erlengrund« gehört", "K99101"),
        (8, 5, "K99159", Code.schluessel_name, Schwere.fehler, "zwei Codes: K99159 und sonst K99102", "K99102"),
        (9, 5, "K9910", Code.schluessel_name, Schwere.warnung, "zwei Codes: K9910 und sonst K99102", "K99102"),
        (12, 2, "Kahle Heide", Code.schluessel_name, Schwere.warnung, "zwei Namen: »Kahle Heide«", "Dornwald"),
        (14, 2, "Dornwald", Code.schluessel_name, Schwere.fehler, "»Dornwald« trägt den Code K99152", "K99151"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("was", FEHLERHAFT)
def test_each_wrong_cell_is_found_and_nothing_else(ordner: Ordner, was: str) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for zeile, feld, wert, *_ in FEHLERHAFT[was]:
            set_value(zeile, feld, wert)(zeilen)

    ordner.change("1-1-2", aenderung)
    befunde = {b.zeilen: b for b in ordner.befunde()}
    assert sorted(befunde) == [(zeile,) for zeile, *_ in FEHLERHAFT[was]], [b.text() for b in befunde.values()]
    for zeile, feld, _, code, schwere, worte, vorschlag in FEHLERHAFT[was]:
        b = befunde[(zeile,)]
        feld = 5 if code is Code.schluessel_name else feld
        assert (b.datei, b.zellen) == ("data/indicator_1-1-2.csv", (f"Zeile {zeile}, Feld {feld}",))
        assert (b.code, b.schwere, b.anzahl) == (code, schwere, 1)
        assert worte in b.was
        assert vorschlag is None or b.vorschlag == vorschlag


def test_block_of_codes_shifted_by_one_row_is_named_as_such(ordner: Ordner) -> None:
    def shift(zeilen: list[list[str]]) -> None:
        block = [z for z in zeilen if z[3] == MH[0] and z[2] == "unter 18 Jahren" and z[0] in ("2019", "2020")]
        zeilen[1:] = [z for z in zeilen[1:] if z not in block] + block
        codes = [z[4] for z in block]
        for z, code in zip(block, codes[1:] + codes[:1], strict=True):
            z[4] = code

    ordner.change("1-1-2", shift)
    b = ordner.only()
    assert (b.code, b.schwere, b.anzahl, b.zeilen) == (Code.schluessel_name, Schwere.fehler, 10, tuple(range(112, 122)))
    assert "um eine Zeile verschoben" in b.was
    assert "»Auenfeld, Stadt« mit K99102 statt K99101" in b.was


def test_shift_by_one_row_is_seen_where_an_area_fills_several_rows(ordner: Ordner) -> None:
    codes = [z[4] for z in ordner.inhalt["1-1-2"]]
    ordner.change("1-1-2", lambda zeilen: [set_value(n, 5, codes[n])(zeilen) for n in range(62, 102)])
    b = ordner.only()
    assert (b.zeilen, b.anzahl) == (tuple(range(65, 102, 4)), 10)
    assert "um eine Zeile verschoben" in b.was


def test_a_city_with_its_neighbours_code_in_a_whole_file_is_judged_by_the_sisters(ordner: Ordner) -> None:
    ordner.change("1-2-1", replace("RH99102", "RH99152", nur=lambda z: z[1].startswith("Birkental")))
    b = ordner.only()
    assert (b.datei, b.anzahl, b.vorschlag) == ("data/indicator_1-2-1.csv", 24, None)  # RH99102 stands nowhere
    assert "trägt den Code RH99152" in b.was
    assert "»Erlengrund«" in b.was
    assert b.ort.startswith("Zeilen 6, 7, 8, 9, 26")
    assert b.ort.endswith(" …, Feld 5")
    assert len(b.zellen) == 10


def test_duplicates_warn_where_identical_and_are_errors_with_both_values_where_not(ordner: Ordner) -> None:
    ordner.change("1-1-2", lambda z: z.extend([z[2], z[3], [*z[1][:-1], "45.98"]]))
    widerspruch, gleich = ordner.befunde()
    assert (gleich.code, gleich.schwere, gleich.anzahl) == (Code.doppelt_gleich, Schwere.warnung, 2)
    assert gleich.zeilen == (3, 4, 122, 123)
    assert "3 und 122" in gleich.was
    assert (widerspruch.code, widerspruch.schwere) == (Code.doppelt_widerspruch, Schwere.fehler)
    assert widerspruch.zellen == ("Zeile 2, Feld 8", "Zeile 124, Feld 8")
    assert "11.0 und 45.98" in widerspruch.was


def test_header_with_a_slip_is_told_by_its_sisters(ordner: Ordner) -> None:
    write(ordner.daten("1-3-1"), ordner.inhalt["1-1-2"])
    write_meta(ordner.meta("1-3-1"))
    slips = {3: ("Altersgrupppe", "Altersgruppe"), 6: ("Untis", "Units"), 7: ("COMENT_OBS", "COMMENT_OBS")}
    ordner.change("1-2-1", lambda zeilen: [set_value(1, f, neu)(zeilen) for f, (neu, _) in slips.items()])
    befunde = ordner.befunde()
    assert [(b.code, b.zellen, b.vorschlag) for b in befunde] == [
        (Code.spalte_unbekannt, (f"Zeile 1, Feld {f}",), richtig) for f, (_, richtig) in slips.items()
    ]
    assert all(neu in b.was for b, (neu, _) in zip(befunde, slips.values(), strict=True))


def test_missing_value_column_names_the_likely_one(ordner: Ordner) -> None:
    ordner.change("1-1-2", set_value(1, 8, "Vaule"))
    b = ordner.only()
    assert (b.code, b.schwere, b.vorschlag) == (Code.spalte_fehlt, Schwere.fehler, "»Vaule« in »Value« ändern")


def test_header_and_rows_that_do_not_fit(ordner: Ordner) -> None:
    ordner.change("1-1-1", lambda zeilen: [z.append("") for z in zeilen])
    ordner.change("1-1-2", lambda zeilen: (zeilen[1].append("7"), zeilen.append([""] * 8)))
    ordner.change("1-2-1", set_value(1, 4, "Altersgruppe"))
    assert [(b.datei[-9:-4], b.code, b.schwere, b.ort) for b in ordner.befunde()] == [
        ("1-1-2", Code.feldzahl, Schwere.fehler, "Zeile 2"),
        ("1-2-1", Code.spalte_doppelt, Schwere.fehler, "Zeile 1, Feld 4"),
        ("1-1-1", Code.kopfzeile, Schwere.warnung, "Zeile 1, Feld 8"),
        ("1-1-2", Code.pflichtfeld, Schwere.hinweis, "Zeile 122"),
    ]


def test_open_quotation_mark_does_not_swallow_rows_silently(ordner: Ordner) -> None:
    text = ordner.daten("1-1-2").read_text(encoding="utf-8")
    ordner.daten("1-1-2").write_text(text.replace("Dornwald", '"Dornwald', 1), encoding="utf-8")
    befunde = [b for b in ordner.befunde() if b.code is Code.letzte_zeile]
    assert [(b.zeilen, b.schwere) for b in befunde] == [((10,), Schwere.fehler)]


def test_year_missing_in_one_series(ordner: Ordner) -> None:
    ordner.change("1-1-2", lambda zeilen: zeilen.remove(next(z for z in zeilen if z[:2] == ["2018", "Dornwald"])))
    b = ordner.only()
    assert (b.code, b.schwere, b.anzahl) == (Code.zeile_fehlt, Schwere.hinweis, 1)
    assert "das Jahr 2018" in b.was
    assert "Dornwald" in b.was


def test_survey_every_four_years_has_no_gap(ordner: Ordner) -> None:
    jahre = dict(zip(map(str, JAHRE), map(str, range(2000, 2024, 4)), strict=True))
    ordner.change("1-1-2", lambda zeilen: [z.__setitem__(0, jahre[z[0]]) for z in zeilen[1:]])
    assert ordner.befunde() == []


def test_missing_byte_order_mark_where_sisters_have_one(ordner: Ordner) -> None:
    write(ordner.daten("1-1-2"), ordner.inhalt["1-1-2"], bom=False)
    b = ordner.only()
    assert (b.code, b.schwere, b.datei) == (Code.kodierung, Schwere.hinweis, "data/indicator_1-1-2.csv")
    assert "BOM" in b.was


def test_line_ends_do_not_matter_but_windows_1252_does(ordner: Ordner) -> None:
    roh = ordner.daten("1-1-1").read_bytes()
    ordner.daten("1-1-1").write_bytes(roh.replace(b"\n", b"\r\n"))
    ordner.daten("1-1-2").write_bytes(ordner.daten("1-1-2").read_bytes().replace(b"\n", b"\r"))
    assert ordner.befunde() == []
    ordner.daten("1-1-1").write_bytes(roh.decode("utf-8-sig").encode("cp1252"))
    b = ordner.only()
    assert (b.code, b.schwere) == (Code.kodierung, Schwere.warnung)


ZEITRAEUME = [
    "2016/17", "2013/16", "2000/01", "2013 Q1", "Juni 2007", "WS 2005/06", "SS 2006", "Schuljahr 2019/20",
    "31.12.2020", "Kita-Jahr 2019/20", "WS05/06", "2005 bis 2007", "2. Halbjahr 2008", "I. Quartal 2010", "06/2007",
    "2007-06-30", "31. Dezember 2010",
]  # fmt: skip


def test_spans_and_parts_of_years_are_a_hint(ordner: Ordner) -> None:
    """Each in a row of its own: what is taken for no span is an error with its row, and missing here."""
    ordner.change("1-1-2", lambda zeilen: [set_value(n, 1, zeit)(zeilen) for n, zeit in enumerate(ZEITRAEUME, 2)])
    b = ordner.only()
    assert (b.code, b.schwere, b.zeilen) == (Code.datum, Schwere.hinweis, tuple(range(2, 2 + len(ZEITRAEUME))))
    assert "ein Zeitraum (" in b.was
    assert f"»{min(ZEITRAEUME)}«" in b.was


def test_error_values_of_a_spreadsheet_are_errors_and_no_codes(ordner: Ordner) -> None:
    """Each in three rows of two areas."""
    zeilen = {
        wert: (n, n + 1, n + 4)
        for n, wert in zip(
            range(2, 120, 8), ("#NV", "#N/A", "#BEZUG!", "#WERT!", "#KALK!", "Err:502", "NaN"), strict=False
        )
    }
    ordner.change("1-1-2", lambda alle: [set_value(n, 5, wert)(alle) for wert, drei in zeilen.items() for n in drei])
    befunde = ordner.befunde()
    assert [(b.code, b.schwere, b.zeilen) for b in befunde] == [
        (Code.wort_unbekannt, Schwere.fehler, drei) for drei in zeilen.values()
    ]
    for b, wert in zip(befunde, zeilen, strict=True):
        assert f"»GeoCode« steht der Fehlerwert »{wert}«" in b.was


def test_an_error_value_in_a_comment_is_one_too(ordner: Ordner) -> None:
    ordner.change("1-1-2", set_value(4, 7, "#NV"))
    b = ordner.only()
    assert (b.code, b.schwere, b.zellen) == (Code.wort_unbekannt, Schwere.fehler, ("Zeile 4, Feld 7",))


def test_a_day_that_is_none_is_no_year(ordner: Ordner) -> None:
    ordner.change("1-1-2", set_value(4, 1, "45.13.2010"))
    assert ordner.only().schwere is Schwere.fehler


def test_blanks_in_the_header_are_named(ordner: Ordner) -> None:
    ordner.change(
        "1-1-2",
        lambda z: [set_value(1, 1, "Year ")(z), set_value(1, 3, "Altersgruppe ")(z), set_value(1, 8, "Value ")(z)],
    )
    assert [(b.schwere, b.zellen, b.vorschlag) for b in ordner.befunde()] == [
        (Schwere.fehler, ("Zeile 1, Feld 1",), "Year"),
        (Schwere.fehler, ("Zeile 1, Feld 8",), "Value"),
        (Schwere.warnung, ("Zeile 1, Feld 3",), "Altersgruppe"),
    ]


def test_year_not_first_and_value_not_last_are_hints(ordner: Ordner) -> None:
    ordner.change("1-1-2", lambda zeilen: [z.insert(0, z.pop()) for z in zeilen])
    befunde = ordner.befunde()
    assert [(b.schwere, b.zellen) for b in befunde] == [
        (Schwere.hinweis, ("Zeile 1, Feld 1",)),
        (Schwere.hinweis, ("Zeile 1, Feld 2",)),
    ]
    assert "»Value« steht an Stelle 1 statt hinten" in befunde[0].was
