"""A folder of an open indicator site: a sound one has no findings, and each defect is found, named and nothing else is.

Every test starts from the same small invented folder (three indicators, three areas, metadata) and breaks one thing in it.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.eingang.open_sdg import check_folder as module
from pipelines.eingang.open_sdg.check_folder import check_folder, is_open_sdg
from pipelines.foundation.findings import Befund, Code, Schwere

JAHRE = range(2016, 2022)
GEBIETE = [("K99101", "Auenfeld, Stadt"), ("K99102", "Birkental (Oldb), Stadt"), ("K99151", "Dornwald"),
           ("K99152", "Erlengrund"), ("K991", "Region Auen")]  # fmt: skip
MH = ["mit Migrationshintergrund", "ohne Migrationshintergrund"]
BOM = "\ufeff"
VERBINDUNG = duckdb.connect(config={"threads": 1})  # one for all tests: opening takes longer than a check


def anzahlen() -> list[list[str]]:
    """Counts by sex with a total row (empty cell) for each area and year, multiples of 5."""
    zeilen = [["Year", "Gebietseinheit", "Geschlecht", "GeoCode", "Units", "COMMENT_OBS", "Value"]]
    for jahr in JAHRE:
        for nr, (code, name) in enumerate(GEBIETE):
            m, w = 400 + 35 * nr + 10 * (jahr - 2016), 380 + 20 * nr + 5 * (jahr - 2016)
            zeilen += [
                [str(jahr), name, g, code, "Anzahl", "", str(wert)]
                for g, wert in (("männlich", m), ("weiblich", w), ("", m + w))
            ]
    return zeilen


def anteile(nummer: int) -> list[list[str]]:
    """Shares by Migrationshintergrund and age group; the second file's codes carry another layer's letters."""
    zeilen = [
        ["Year", "Gebietseinheit", "Altersgruppe", "Migrationsstatus", "GeoCode", "Units", "COMMENT_OBS", "Value"]
    ]
    for jahr in JAHRE:
        for nr, (code, name) in enumerate(GEBIETE):
            for k, alter in enumerate(("unter 18 Jahren", "18 bis unter 65 Jahren")):
                for j, status in enumerate(MH):
                    wert = f"{10 + nr + 3 * k + 7 * j + (jahr - 2016) * 0.4 + nummer:.1f}"
                    bemerkung = "gesperrt" if (jahr, nr, j) == (2018, 2, 0) else ""
                    zeilen.append(
                        [str(jahr), name, alter, status, code.replace("K", "RH" if nummer == 2 else "K"), "Prozent",
                         bemerkung, wert]
                    )  # fmt: skip
    return zeilen


def write(datei: Path, zeilen: list[list[str]], bom: bool = True) -> None:
    text = "\n".join(",".join(f'"{f}"' if "," in f else f for f in z) for z in zeilen) + "\n"
    datei.write_text((BOM if bom else "") + text, encoding="utf-8")


def schreibe_meta(datei: Path, **weitere: str) -> None:
    angaben = {"indicator_number": datei.stem.replace("-", "."), "graph_type": "line", "precision": "1",
               "data_footnote": "Erfundene Zahlen"} | weitere  # fmt: skip
    datei.write_text("---\n" + "".join(f"{s}: {w}\n" for s, w in angaben.items() if w) + "---\n", encoding="utf-8")


Aenderung = Callable[[list[list[str]]], object]


class Ordner:
    """The sound folder and ways to break it."""

    def __init__(self, pfad: Path):
        self.pfad = pfad
        (pfad / "data").mkdir()
        (pfad / "meta").mkdir()
        self.inhalt = {"1-1-1": anzahlen(), "1-1-2": anteile(1), "1-2-1": anteile(2)}
        for nummer, zeilen in self.inhalt.items():
            write(self.daten(nummer), zeilen)
            schreibe_meta(self.meta(nummer))

    def daten(self, nummer: str) -> Path:
        return self.pfad / "data" / f"indicator_{nummer}.csv"

    def meta(self, nummer: str) -> Path:
        return self.pfad / "meta" / f"{nummer}.md"

    def aendere(self, nummer: str, aenderung: Aenderung) -> None:
        """Line n of the file is zeilen[n - 1]."""
        zeilen = [list(z) for z in self.inhalt[nummer]]
        aenderung(zeilen)
        write(self.daten(nummer), zeilen)

    def befunde(self) -> list[Befund]:
        return check_folder(self.pfad, VERBINDUNG).befunde

    def einziger(self) -> Befund:
        befunde = self.befunde()
        assert len(befunde) == 1, [b.text() for b in befunde]
        return befunde[0]


@pytest.fixture
def ordner(tmp_path: Path) -> Ordner:
    return Ordner(tmp_path)


def set_value(zeile: int, feld: int, wert: str) -> Aenderung:
    return lambda zeilen: zeilen[zeile - 1].__setitem__(feld - 1, wert)


def ersetze(alt: str, neu: str, nur: Callable[[list[str]], bool] = lambda z: True) -> Aenderung:
    def aenderung(zeilen: list[list[str]]) -> None:
        for z in zeilen:
            if nur(z):
                z[:] = [neu if f == alt else f for f in z]

    return aenderung


def test_sound_folder_has_no_findings_and_leaves_a_connection_as_it_was(ordner: Ordner) -> None:
    con = duckdb.connect(config={"threads": 1})
    con.execute("create table eigenes as select 1 as a")
    ergebnis = check_folder(ordner.pfad, con)
    assert [b.text() for b in ergebnis.befunde] == []
    assert (ergebnis.dateien, ergebnis.zeilen) == (3, 90 + 120 + 120)
    assert is_open_sdg(ordner.pfad)
    assert con.execute("select table_name from duckdb_tables()").fetchall() == [("eigenes",)]
    assert check_folder(ordner.pfad) == ergebnis


def test_a_check_that_does_not_end_is_interrupted_and_said(ordner: Ordner, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "select count(*) from range(100000000000) as a(i), range(1000) as b(k) where i % 7 = k"
    rule = next(r for r in module.load_rules() if r.name == "anteil_anzahl")
    monkeypatch.setattr(module, "load_rules", lambda: [replace(rule, text=endless)])
    monkeypatch.setattr(module, "HOECHSTENS_SEKUNDEN", 0.5)
    befund = ordner.einziger()
    assert (befund.code, befund.schwere) == (Code.zu_gross, Schwere.warnung)
    assert "»Anteile folgen aus den Anzahlen der Schwesterdateien« war nach 0.5 Sekunden nicht fertig" in befund.text()


def test_a_check_that_needs_too_much_memory_is_said_and_the_others_go_on(
    ordner: Ordner, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [r for r in module.load_rules() if r.name == "jahr"]
    con = duckdb.connect(config={"memory_limit": "60MB", "max_temp_directory_size": "1MB", "threads": 1})
    large = "select list(repeat('x', 1000)) from range(1000000)"
    monkeypatch.setattr(module, "load_rules", lambda: [replace(rules[0], text=large), *rules])
    (befund,) = check_folder(ordner.pfad, con).befunde
    assert befund.code is Code.zu_gross
    assert "mit 3GB Speicher nicht auszuführen" in befund.text()


def test_other_folders_are_not_taken_for_one(tmp_path: Path) -> None:
    assert not is_open_sdg(tmp_path)
    assert not is_open_sdg(tmp_path / "gibt_es_nicht")
    (tmp_path / "data").mkdir()
    write(tmp_path / "data" / "indicator_1-1-1.csv", anzahlen())
    assert not is_open_sdg(tmp_path)


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

    ordner.aendere("1-1-2", aenderung)
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
    def verschiebe(zeilen: list[list[str]]) -> None:
        block = [z for z in zeilen if z[3] == MH[0] and z[2] == "unter 18 Jahren" and z[0] in ("2019", "2020")]
        zeilen[1:] = [z for z in zeilen[1:] if z not in block] + block
        codes = [z[4] for z in block]
        for z, code in zip(block, codes[1:] + codes[:1], strict=True):
            z[4] = code

    ordner.aendere("1-1-2", verschiebe)
    b = ordner.einziger()
    assert (b.code, b.schwere, b.anzahl, b.zeilen) == (Code.schluessel_name, Schwere.fehler, 10, tuple(range(112, 122)))
    assert "um eine Zeile verschoben" in b.was
    assert "»Auenfeld, Stadt« mit K99102 statt K99101" in b.was


def test_shift_by_one_row_is_seen_where_an_area_fills_several_rows(ordner: Ordner) -> None:
    codes = [z[4] for z in ordner.inhalt["1-1-2"]]
    ordner.aendere("1-1-2", lambda zeilen: [set_value(n, 5, codes[n])(zeilen) for n in range(62, 102)])
    b = ordner.einziger()
    assert (b.zeilen, b.anzahl) == (tuple(range(65, 102, 4)), 10)
    assert "um eine Zeile verschoben" in b.was


def test_a_city_with_its_neighbours_code_in_a_whole_file_is_judged_by_the_sisters(ordner: Ordner) -> None:
    ordner.aendere("1-2-1", ersetze("RH99102", "RH99152", nur=lambda z: z[1].startswith("Birkental")))
    b = ordner.einziger()
    assert (b.datei, b.anzahl, b.vorschlag) == ("data/indicator_1-2-1.csv", 24, None)  # RH99102 stands nowhere
    assert "trägt den Code RH99152" in b.was
    assert "»Erlengrund«" in b.was
    assert b.ort.startswith("Zeilen 6, 7, 8, 9, 26")
    assert b.ort.endswith(" …, Feld 5")
    assert len(b.zellen) == 10


def test_duplicates_warn_where_identical_and_are_errors_with_both_values_where_not(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", lambda z: z.extend([z[2], z[3], [*z[1][:-1], "45.98"]]))
    widerspruch, gleich = ordner.befunde()
    assert (gleich.code, gleich.schwere, gleich.anzahl) == (Code.doppelt_gleich, Schwere.warnung, 2)
    assert gleich.zeilen == (3, 4, 122, 123)
    assert "3 und 122" in gleich.was
    assert (widerspruch.code, widerspruch.schwere) == (Code.doppelt_widerspruch, Schwere.fehler)
    assert widerspruch.zellen == ("Zeile 2, Feld 8", "Zeile 124, Feld 8")
    assert "11.0 und 45.98" in widerspruch.was


def test_header_with_a_slip_is_told_by_its_sisters(ordner: Ordner) -> None:
    write(ordner.daten("1-3-1"), ordner.inhalt["1-1-2"])
    schreibe_meta(ordner.meta("1-3-1"))
    slips = {3: ("Altersgrupppe", "Altersgruppe"), 6: ("Untis", "Units"), 7: ("COMENT_OBS", "COMMENT_OBS")}
    ordner.aendere("1-2-1", lambda zeilen: [set_value(1, f, neu)(zeilen) for f, (neu, _) in slips.items()])
    befunde = ordner.befunde()
    assert [(b.code, b.zellen, b.vorschlag) for b in befunde] == [
        (Code.spalte_unbekannt, (f"Zeile 1, Feld {f}",), richtig) for f, (_, richtig) in slips.items()
    ]
    assert all(neu in b.was for b, (neu, _) in zip(befunde, slips.values(), strict=True))


def test_missing_value_column_names_the_likely_one(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", set_value(1, 8, "Vaule"))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.vorschlag) == (Code.spalte_fehlt, Schwere.fehler, "»Vaule« in »Value« ändern")


def test_header_and_rows_that_do_not_fit(ordner: Ordner) -> None:
    ordner.aendere("1-1-1", lambda zeilen: [z.append("") for z in zeilen])
    ordner.aendere("1-1-2", lambda zeilen: (zeilen[1].append("7"), zeilen.append([""] * 8)))
    ordner.aendere("1-2-1", set_value(1, 4, "Altersgruppe"))
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
    ordner.aendere("1-1-2", lambda zeilen: zeilen.remove(next(z for z in zeilen if z[:2] == ["2018", "Dornwald"])))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.anzahl) == (Code.zeile_fehlt, Schwere.hinweis, 1)
    assert "das Jahr 2018" in b.was
    assert "Dornwald" in b.was


def test_survey_every_four_years_has_no_gap(ordner: Ordner) -> None:
    jahre = dict(zip(map(str, JAHRE), map(str, range(2000, 2024, 4)), strict=True))
    ordner.aendere("1-1-2", lambda zeilen: [z.__setitem__(0, jahre[z[0]]) for z in zeilen[1:]])
    assert ordner.befunde() == []


def test_missing_byte_order_mark_where_sisters_have_one(ordner: Ordner) -> None:
    write(ordner.daten("1-1-2"), ordner.inhalt["1-1-2"], bom=False)
    b = ordner.einziger()
    assert (b.code, b.schwere, b.datei) == (Code.kodierung, Schwere.hinweis, "data/indicator_1-1-2.csv")
    assert "BOM" in b.was


def test_line_ends_do_not_matter_but_windows_1252_does(ordner: Ordner) -> None:
    roh = ordner.daten("1-1-1").read_bytes()
    ordner.daten("1-1-1").write_bytes(roh.replace(b"\n", b"\r\n"))
    ordner.daten("1-1-2").write_bytes(ordner.daten("1-1-2").read_bytes().replace(b"\n", b"\r"))
    assert ordner.befunde() == []
    ordner.daten("1-1-1").write_bytes(roh.decode("utf-8-sig").encode("cp1252"))
    b = ordner.einziger()
    assert (b.code, b.schwere) == (Code.kodierung, Schwere.warnung)


@pytest.mark.parametrize(
    "zeit",
    [
        "2016/17",
        "2013/16",
        "2000/01",
        "2013 Q1",
        "Juni 2007",
        "WS 2005/06",
        "SS 2006",
        "Schuljahr 2019/20",
        "31.12.2020",
        "Kita-Jahr 2019/20",
        "WS05/06",
        "2005 bis 2007",
        "2. Halbjahr 2008",
        "I. Quartal 2010",
        "06/2007",
        "2007-06-30",
        "31. Dezember 2010",
    ],
)
def test_spans_and_parts_of_years_are_a_hint(ordner: Ordner, zeit: str) -> None:
    ordner.aendere("1-1-2", set_value(4, 1, zeit))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.zeilen) == (Code.datum, Schwere.hinweis, (4,))
    assert f"ein Zeitraum (»{zeit}«)" in b.was


@pytest.mark.parametrize("wert", ["#NV", "#N/A", "#BEZUG!", "#WERT!", "#KALK!", "Err:502", "NaN"])
def test_error_values_of_a_spreadsheet_are_errors_and_no_codes(ordner: Ordner, wert: str) -> None:
    ordner.aendere("1-1-2", lambda zeilen: [set_value(n, 5, wert)(zeilen) for n in (2, 3, 6)])
    b = ordner.einziger()
    assert (b.code, b.schwere, b.zeilen) == (Code.wort_unbekannt, Schwere.fehler, (2, 3, 6))
    assert f"»GeoCode« steht der Fehlerwert »{wert}«" in b.was


def test_an_error_value_in_a_comment_is_one_too(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", set_value(4, 7, "#NV"))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.zellen) == (Code.wort_unbekannt, Schwere.fehler, ("Zeile 4, Feld 7",))


def test_a_day_that_is_none_is_no_year(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", set_value(4, 1, "45.13.2010"))
    assert ordner.einziger().schwere is Schwere.fehler


def test_blanks_in_the_header_are_named(ordner: Ordner) -> None:
    ordner.aendere(
        "1-1-2",
        lambda z: [set_value(1, 1, "Year ")(z), set_value(1, 3, "Altersgruppe ")(z), set_value(1, 8, "Value ")(z)],
    )
    assert [(b.schwere, b.zellen, b.vorschlag) for b in ordner.befunde()] == [
        (Schwere.fehler, ("Zeile 1, Feld 1",), "Year"),
        (Schwere.fehler, ("Zeile 1, Feld 8",), "Value"),
        (Schwere.warnung, ("Zeile 1, Feld 3",), "Altersgruppe"),
    ]


def test_year_not_first_and_value_not_last_are_hints(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", lambda zeilen: [z.insert(0, z.pop()) for z in zeilen])
    befunde = ordner.befunde()
    assert [(b.schwere, b.zellen) for b in befunde] == [
        (Schwere.hinweis, ("Zeile 1, Feld 1",)),
        (Schwere.hinweis, ("Zeile 1, Feld 2",)),
    ]
    assert "»Value« steht an Stelle 1 statt hinten" in befunde[0].was


@pytest.mark.parametrize(
    ("eins", "zwei"),
    [("Irland", "Island"), ("Gambia", "Sambia"), ("Afrika", "Amerika"), ("Ostafrika", "Westafrika"), ("Südeuropa", "Osteuropa"),
     ("Mali", "Malta"), ("Iran", "Irak"), ("iranisch", "irakisch"), ("slowakisch", "slowenisch"), ("Afrikaner", "Amerikaner"),
     ("gambisch", "sambisch"), ("aus Irland", "aus Island"), ("Irland (Republik)", "Island (Republik)"),
     ("Niger", "Nigeria"), ("Slowakei", "Slowenien"), ("Australien", "Austria")],
)  # fmt: skip
def test_one_real_name_is_no_slip_of_another(ordner: Ordner, eins: str, zwei: str) -> None:
    ordner.aendere("1-1-2", ersetze(MH[0], eins))
    ordner.aendere("1-2-1", lambda z: (ersetze(MH[0], eins)(z), set_value(2, 4, zwei)(z)))
    assert [b.text() for b in ordner.befunde() if b.code is Code.wort_unbekannt] == []


def test_the_right_spelling_is_proposed_even_where_the_wrong_one_is_more_frequent(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", lambda z: (ersetze(MH[0], "Iralnd")(z), set_value(2, 4, "Irland")(z)))
    ordner.aendere("1-2-1", ersetze(MH[0], "Iralnd"))
    assert {(b.code, b.vorschlag) for b in ordner.befunde() if b.code is Code.wort_unbekannt} == {
        (Code.wort_unbekannt, "Irland")
    }


@pytest.mark.parametrize("falsch", ["Auslander", "Ausl?nder", "Auslaender"])
def test_a_lost_umlaut_is_the_wrong_spelling_however_often_it_stands_there(ordner: Ordner, falsch: str) -> None:
    ordner.aendere("1-1-2", lambda z: (ersetze(MH[0], falsch)(z), set_value(2, 4, "Ausländer")(z)))
    ordner.aendere("1-2-1", ersetze(MH[0], falsch))
    assert {b.vorschlag for b in ordner.befunde() if b.code is Code.wort_unbekannt} == {"Ausländer"}


def test_codes_are_proposed_only_if_they_stand_in_the_folder(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", set_value(5, 5, "X99152"))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.vorschlag) == (Code.schluessel_name, Schwere.fehler, None)


def test_region_and_local_authority_beside_a_code_of_the_finest_level(ordner: Ordner) -> None:
    zeilen = [["Year", "Region", "Local Authority", "GeoCode", "Value"]]
    for jahr in ("2019", "2020"):
        zeilen.append([jahr, "South East", "", "E12000008", "70"])
        zeilen += [[jahr, "South East", f"Bezirk {b}", f"E0700000{n}", str(10 + n)] for n, b in enumerate("ABCDEF", 1)]
    write(ordner.daten("3-1-1"), zeilen)
    schreibe_meta(ordner.meta("3-1-1"))
    assert [b.text() for b in ordner.befunde()] == []


def test_more_regions_than_districts_beside_a_code(ordner: Ordner) -> None:
    zeilen = [["Year", "Region", "Local Authority", "GeoCode", "Value"]]
    for jahr in ("2019", "2020"):
        zeilen += [[jahr, f"Gegend {g}", "", f"E1200000{n}", str(70 + n)] for n, g in enumerate("JKLMNO", 1)]
        zeilen += [[jahr, "Gegend J", f"Bezirk {b}", f"E0700000{n}", str(10 + n)] for n, b in enumerate("ABC", 1)]
    write(ordner.daten("3-1-1"), zeilen)
    schreibe_meta(ordner.meta("3-1-1"))
    assert [b.text() for b in ordner.befunde()] == []


def test_short_words_are_no_slips_of_each_other(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", ersetze(MH[0], "Gruppe A"))
    ordner.aendere("1-2-1", ersetze(MH[0], "Gruppe B"))
    schreibe_meta(ordner.meta("1-1-1"), graph_min_value="1")
    for nummer in ("1-1-2", "1-2-1"):
        schreibe_meta(ordner.meta(nummer), graph_max_value="1")
    assert [b.text() for b in ordner.befunde()] == []


def test_one_figure_is_not_proposed_for_several(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", lambda z: (set_value(11, 8, "12,5")(z), set_value(12, 8, "13,7")(z)))
    assert ordner.einziger().vorschlag == "den Dezimalpunkt statt des Kommas setzen"


def test_two_digits_changed_and_contradictions_by_thousands_are_errors(ordner: Ordner) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for zeile, wert in ((2, "3011"), (3, "2926"), (4, "5397"), (7, "9830")):
            set_value(zeile, 7, wert)(zeilen)

    ordner.aendere("1-1-1", aenderung)
    dreher, tausend = ordner.befunde()
    assert (dreher.schwere, dreher.zeilen, tausend.schwere, tausend.zeilen) == (
        Schwere.fehler,
        (4,),
        Schwere.fehler,
        (7,),
    )
    assert "ergeben 5937, die Summenzeile hat 5397" in dreher.was
    assert "zwei Ziffern sind vermutlich vertauscht" in dreher.was


@pytest.mark.parametrize(("raster", "abweichung", "gefunden"), [(3, 3, 0), (3, 6, 1), (1000, 1000, 0), (1000, 3000, 1)])
def test_rounding_to_three_and_to_thousands_is_recognised(
    ordner: Ordner, raster: int, abweichung: int, gefunden: int
) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for n, z in enumerate(zeilen[1:]):
            z[-1] = str((n + 1) * raster if n % 3 < 2 else (2 * n - 1) * raster)
        set_value(4, 7, str(int(zeilen[3][-1]) + abweichung))(zeilen)

    ordner.aendere("1-1-1", aenderung)
    assert len(ordner.befunde()) == gefunden


def test_negative_and_huge_counts_are_compared_too(ordner: Ordner) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for n in range(2, len(zeilen), 3):  # balances: 17 men fewer, as many women more
            for zeile, wert in ((n, "-17"), (n + 1, "21"), (n + 2, "4")):
                set_value(zeile, 7, wert)(zeilen)
        set_value(7, 7, "-9")(zeilen)
        set_value(9, 7, "1" + "0" * 20)(zeilen)

    ordner.aendere("1-1-1", aenderung)
    gross, saldo = ordner.befunde()
    assert (gross.schwere, gross.zeilen, saldo.schwere, saldo.zeilen) == (Schwere.fehler, (10,), Schwere.hinweis, (7,))
    assert "ergeben 4, die Summenzeile hat -9, Unterschied 13" in saldo.was


def test_a_total_in_thousands_is_contradicted_by_thousands(ordner: Ordner) -> None:
    ordner.aendere("1-1-1", lambda z: (ersetze("Anzahl", "Tausend")(z), set_value(4, 7, "788")(z)))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.zeilen) == (Code.summe_teile, Schwere.fehler, (4,))


def lege_anteil_ab(
    ordner: Ordner,
    vorjahr: Callable[[int, int], bool],
    *,
    rundung: int = 1,
    mit_einheit: bool = True,
    faktor: int = 100,
    einheit: str = "Prozent",
) -> list[list[str]]:
    """Foreigners, inhabitants and their share in three files; some shares are of last year's inhabitants."""
    kopf = ["Year", "Gebietseinheit", "GeoCode", *(["Units"] if mit_einheit else []), "Value"]
    auslaender, einwohner, anteil = [kopf], [kopf], [kopf]
    for jahr in JAHRE:
        for nr, (code, name) in enumerate(GEBIETE):
            n, p = 137 + 31 * nr + 3 * (jahr - 2016), 1013 + 217 * nr + 41 * (jahr - 2016)
            wert = faktor * n / (p - 41 if vorjahr(jahr, nr) else p)
            zahlen = (
                str(round(n / rundung) * rundung),
                str(round(p / rundung) * rundung),
                f"{wert:.{1 if faktor > 1 else 3}f}",
            )
            for ziel, zahl, was in zip(
                (auslaender, einwohner, anteil), zahlen, ("Personen", "Personen", einheit), strict=True
            ):
                ziel.append([str(jahr), name, code, *([was] if mit_einheit else []), zahl])
    for nummer, zeilen, was in (
        ("2-1-1", auslaender, "Personen"),
        ("2-1-2", einwohner, "Personen"),
        ("2-1-3", anteil, einheit),
    ):
        write(ordner.daten(nummer), zeilen)
        schreibe_meta(ordner.meta(nummer), computation_units="" if mit_einheit else was)
    return anteil


@pytest.mark.parametrize(
    "lieferung",
    [{}, {"mit_einheit": False}, {"faktor": 1000, "einheit": "Promille"}, {"faktor": 1, "einheit": "Anteil"}],
)
def test_a_share_that_follows_only_with_last_years_population_is_found_across_files(
    ordner: Ordner, lieferung: dict[str, Any]
) -> None:
    lege_anteil_ab(ordner, lambda jahr, nr: (jahr, nr) == (2019, 1), **lieferung)
    b = ordner.einziger()
    assert (b.code, b.schwere, b.datei) == (Code.anteil_folgt, Schwere.warnung, "data/indicator_2-1-3.csv")
    assert "folgt nur mit dem Nenner des Vorjahres" in b.was


def test_a_whole_file_of_shares_with_last_years_population_is_one_finding(ordner: Ordner) -> None:
    lege_anteil_ab(ordner, lambda jahr, nr: True)
    b = ordner.einziger()
    assert (b.code, b.schwere, b.datei) == (Code.anteil_folgt, Schwere.warnung, "data/indicator_2-1-3.csv")
    assert "die Anteile folgen nur mit dem Nenner des Vorjahres (data/indicator_2-1-2.csv)" in b.was


@pytest.mark.parametrize("rundung", [5, 10])
def test_shares_of_exact_counts_beside_rounded_ones_are_sound(ordner: Ordner, rundung: int) -> None:
    lege_anteil_ab(ordner, lambda jahr, nr: False, rundung=rundung)
    assert [b.text() for b in ordner.befunde()] == []


@pytest.mark.parametrize("wert", ["0.0", "-13.1", "131.0"])
def test_a_share_that_is_none_is_found_by_its_counts(ordner: Ordner, wert: str) -> None:
    anteil = lege_anteil_ab(ordner, lambda jahr, nr: False)
    anteil[7][-1] = wert
    write(ordner.daten("2-1-3"), anteil)
    b = ordner.einziger()
    assert (b.code, b.zeilen) == (Code.anteil_folgt, (8,))


def test_keys_of_open_sdg_are_known_whatever_the_sisters_have(ordner: Ordner) -> None:
    schreibe_meta(ordner.meta("1-1-1"), data_footnote="", data_footnotes="Eins", graph_titles="x")
    schreibe_meta(ordner.meta("1-1-2"), data_footnote="", data_footnotes="Eins", graph_title="x")
    schreibe_meta(ordner.meta("1-2-1"), source_url_2="x", x_axis_label="x")
    assert {(b.datei, b.vorschlag) for b in ordner.befunde()} == {
        ("meta/1-1-1.md", "data_footnote"), ("meta/1-1-2.md", "data_footnote")
    }  # fmt: skip


def test_parts_that_do_not_add_up_are_a_hint_with_the_difference(ordner: Ordner) -> None:
    ordner.aendere("1-1-1", set_value(4, 7, "800"))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.zellen) == (Code.summe_teile, Schwere.hinweis, ("Zeile 4, Feld 7",))
    assert "ergeben 780, die Summenzeile hat 800, Unterschied -20" in b.was


def test_sum_tolerates_rounding_to_five_only(ordner: Ordner) -> None:
    def aenderung(zeilen: list[list[str]]) -> None:
        for zeile, wert in ((4, "785"), (7, "830"), (10, "900")):  # off by 5, 5 and 10
            set_value(zeile, 7, wert)(zeilen)
        set_value(len(zeilen), 7, "1036")(zeilen)  # no multiple of 5: this year's counts are not rounded

    ordner.aendere("1-1-1", aenderung)
    befunde = ordner.befunde()
    assert [b.zeilen for b in befunde] == [(10,), (91,)]
    assert "Unterschied -10" in befunde[0].was


def test_metadata_that_is_no_yaml(ordner: Ordner) -> None:
    ordner.meta("1-1-2").write_text("---\nprecision: 1\ndata_footnote: [offen\n---\n", encoding="utf-8")
    b = ordner.einziger()
    assert (b.code, b.schwere, b.datei.split("/")[0], b.zeilen) == (Code.dateiformat, Schwere.warnung, "meta", (3,))
    assert "YAML" in b.was


def test_misspelt_metadata_keys(ordner: Ordner) -> None:
    schreibe_meta(ordner.meta("1-1-2"), precision="", data_footnote="", presicion="2", data_footnotes="Erfunden")
    befunde = ordner.befunde()
    assert [(b.code, b.vorschlag, b.zeilen) for b in befunde] == [
        (Code.schluessel_unbekannt, "precision", (4,)),
        (Code.schluessel_unbekannt, "data_footnote", (5,)),
    ]
    assert "»presicion«" in befunde[0].was


def test_files_without_their_partner_and_stray_files(ordner: Ordner) -> None:
    ordner.meta("1-1-2").rename(ordner.meta("7-7-7"))
    write(ordner.pfad / "data" / "indicator_1-2-5funktioniert.csv", anzahlen())
    (ordner.pfad / "data" / ".gitkeep").touch()
    befunde = ordner.befunde()
    assert [(b.datei, b.schwere) for b in befunde] == [
        ("data/indicator_1-1-2.csv", Schwere.warnung),
        ("data/indicator_1-2-5funktioniert.csv", Schwere.warnung),
        ("meta/7-7-7.md", Schwere.hinweis),
    ]
    assert "meta/1-1-2.md" in befunde[0].was
    assert "data/indicator_7-7-7.csv" in befunde[2].was


def test_many_findings_of_one_rule_are_merged(ordner: Ordner) -> None:
    ordner.aendere("1-1-2", lambda zeilen: zeilen.extend([*z[:-1], "99"] for z in zeilen[1:31]))
    befunde = ordner.befunde()
    assert len(befunde) == 11
    assert sum(b.anzahl for b in befunde) == 30
    assert "20 weitere Fälle" in befunde[-1].was


def test_unreadable_files_are_told_and_the_others_are_checked(ordner: Ordner) -> None:
    schlecht = [
        b"",
        b"\n\n",
        b"\xff\xfe\x00Y",
        b"Year;Value\n2020;1\n",
        b'Year,Value\n"' + b"x" * 200_000,
        b"Year,Value\n",
    ]
    for nummer, inhalt in enumerate(schlecht, start=1):
        ordner.daten(f"5-1-{nummer}").write_bytes(inhalt)
        schreibe_meta(ordner.meta(f"5-1-{nummer}"))
    ordner.aendere("1-2-1", set_value(9, 8, "12,5"))
    befunde = ordner.befunde()
    assert [(b.datei, b.schwere) for b in befunde] == [
        (f"data/indicator_{n}.csv", Schwere.fehler)
        for n in ("1-2-1", "5-1-1", "5-1-2", "5-1-3", "5-1-4", "5-1-5", "5-1-6")
    ]
    assert all("nicht geprüft" in b.was for b in befunde[1:])


@pytest.mark.parametrize("keim", range(2))
def test_random_bytes_never_end_in_an_exception(ordner: Ordner, keim: int) -> None:
    zufall = random.Random(keim)
    ordner.daten("1-1-1").write_bytes(zufall.randbytes(5000))
    ordner.meta("1-1-1").write_bytes(zufall.randbytes(2000))
    ordner.meta("1-1-2").write_text("---\n" + "[" * 400 + "\n---\n")
    for nummer in ("1-1-2", "1-2-1"):
        roh = bytearray(ordner.daten(nummer).read_bytes())
        for _ in range(60):
            roh[zufall.randrange(len(roh))] = zufall.choice(b'",;\n\r eE+-.0\xe4x')
        ordner.daten(nummer).write_bytes(bytes(roh))
    assert any(b.schwere is Schwere.fehler for b in ordner.befunde())


@pytest.mark.parametrize(
    ("nummer", "zeile", "feld", "roh", "genannt"),
    [
        ("1-1-1", 3, 3, "weib\u00adlich", "»weib⟨weiches Trennzeichen⟩lich« in der Spalte »Geschlecht«"),
        ("1-1-2", 2, 4, "mit\u00a0Migrationshintergrund", "»mit⟨geschütztes Leerzeichen⟩Migrationshintergrund«"),
        ("1-1-1", 2, 2, "Auenfeld\u200b, Stadt", "»Auenfeld⟨Leerraum ohne Breite⟩, Stadt« in der Spalte"),
        ("1-1-1", 2, 3, "ma\u0308nnlich", "»mä⟨in zwei Zeichen zerlegt⟩nnlich«"),
        ("1-1-1", 2, 7, "400\u200b", "»400⟨Leerraum ohne Breite⟩« in der Spalte »Value«"),
        ("1-1-1", 2, 1, "\u200e2016", "»⟨U+200E⟩2016« in der Spalte »Year«"),
    ],
)
def test_signs_nobody_sees_are_named_and_no_identical_word_is_proposed(
    ordner: Ordner, nummer: str, zeile: int, feld: int, roh: str, genannt: str
) -> None:
    ordner.aendere(nummer, set_value(zeile, feld, roh))
    b = ordner.einziger()
    assert (b.code, b.schwere, b.zeilen, b.vorschlag) == (Code.zeichen_verdaechtig, Schwere.warnung, (zeile,), None)
    assert genannt in b.was


def test_a_status_text_with_a_soft_hyphen_is_the_same_text(ordner: Ordner) -> None:
    def aendere(zeilen: list[list[str]]) -> None:
        stelle = next(z for z in zeilen if z[6] == "gesperrt")
        stelle[6] = "ge\u00adsperrt"

    ordner.aendere("1-1-2", aendere)
    assert "»ge⟨weiches Trennzeichen⟩sperrt« in der Spalte »COMMENT_OBS«" in ordner.einziger().was


def test_a_column_with_a_sign_nobody_sees_is_shown_with_it(ordner: Ordner) -> None:
    ordner.aendere("1-1-1", set_value(1, 7, "Value\ufeff"))
    b = ordner.einziger()
    assert b.was.startswith("der Spaltenname »Value⟨Byte-Reihenfolge-Zeichen⟩« enthält")
    assert b.schwere is Schwere.fehler
