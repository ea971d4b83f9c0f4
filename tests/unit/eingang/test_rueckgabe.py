"""What the supplier gets back: the own workbook, marked and explained, with nothing else changed, and a mail.

Long because one returned workbook is looked at part by part.
"""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

from pipelines.eingang.grid.workbook import read_workbook
from pipelines.eingang.reply.annotated_workbook import Rueckgabeangaben, write_reply
from pipelines.foundation.findings import Befund, Code, Schwere

KOPFZEILE = 10
ANGABEN: dict[str, Any] = {
    "titel": "Einwohner nach Stadtteilen", "kommune": "Lünen", "geprueft_am": date(2024, 7, 1), "zeilen_gelesen": 12,
    "zeilen_uebernommen": 9, "ausserhalb": 2, "abgewiesen": 1, "angenommen": True, "zahlen": 1480,
    "pruefungen": (("Teile ergeben die Summe", "beanstandet"), ("Kein Jahr doppelt", "ohne Beanstandung")),
}  # fmt: skip
Gib = Callable[..., tuple[Any, str]]


def befund(was: str, *zellen: str, schwere: Schwere = Schwere.fehler, **mehr: Any) -> Befund:
    ort = mehr.pop("ort", "")
    return Befund(Code.zahl, schwere, "t.xlsx", ort, was, "eine Zahl wie 6.417", zellen=zellen, **mehr)


@pytest.fixture
def give(tmp_path: Path) -> Gib:
    """Give a file back; returns the workbook read again and the mail."""

    def zurueck(quelle: Path, *befunde: Befund, gelesen: bool = True, **angaben: Any) -> tuple[Any, str]:
        vorher = quelle.read_bytes()
        mappe = read_workbook(quelle, tmp_path) if gelesen else None
        pfade = write_reply(quelle, befunde, tmp_path / "aus", Rueckgabeangaben(**ANGABEN | angaben), mappe)
        assert quelle.read_bytes() == vorher
        assert pfade[1] == tmp_path / "aus" / f"{quelle.stem}_Mail.txt"
        buch = openpyxl.load_workbook(pfade[0], keep_vba=pfade[0].suffix == ".xlsm")
        return buch, pfade[1].read_text(encoding="utf-8")

    return zurueck


@pytest.fixture
def quelle(tmp_path: Path) -> Path:
    """A workbook with merged cells, a comment, a formula, a hidden sheet, number formats, a defined name."""
    buch = openpyxl.Workbook()
    blatt = buch.worksheets[0]
    blatt.title = "Stadt'teile"
    blatt.append(["Einwohner 2024", None, None])
    blatt.merge_cells("A1:C1")
    blatt["A1"].font = Font(color="FFFFFF", bold=True)
    blatt["A1"].fill = PatternFill("solid", start_color="000000")
    blatt.append(["Schlüssel", "Name", "Personen"])
    for reihe in ([101, "Brambauer", 18_000], [102, "Mitte", "12x"], ["Summe", None, "=SUM(C3:C4)"]):
        blatt.append(reihe)
    blatt["A3"].number_format = blatt["A4"].number_format = "0000"
    blatt["C3"].number_format = "#,##0"
    blatt["D3"] = datetime(2024, 6, 30)
    blatt["D3"].number_format = "DD.MM.YYYY"
    blatt["C4"].comment = Comment("vorläufig", "Amt 33")
    blatt["B3"].comment = Comment("nur Ortsteil", "Amt 33")
    blatt.column_dimensions["B"].width = 33
    verborgen = buch.create_sheet("Alt")
    verborgen["A1"] = 7
    verborgen.sheet_state = "hidden"
    buch.defined_names["Personen"] = DefinedName("Personen", attr_text="'Stadt''teile'!$C$3:$C$4")
    buch.properties.creator = "Erika Mustermann"
    pfad = tmp_path / "t.xlsx"
    buch.save(pfad)
    return pfad


def protokoll(buch: Any) -> list[tuple[Any, ...]]:
    """The rows of the table of findings."""
    zeilen = buch.worksheets[0].iter_rows(min_row=KOPFZEILE + 1, max_col=8, values_only=True)
    return [z for z in zeilen if isinstance(z[0], int)]


def kopf(buch: Any) -> dict[str, str]:
    return {z[0]: z[1] for z in buch.worksheets[0].iter_rows(min_row=2, max_row=8, max_col=2, values_only=True)}


def test_faulty_cells_are_filled_and_say_what_was_read_expected_and_proposed(give: Gib, quelle: Path) -> None:
    buch, _ = give(
        quelle,
        befund("ungewöhnlich", "Stadt'teile!C4", schwere=Schwere.warnung),
        befund("»12x« ist keine Zahl", "Stadt'teile!C4", vorschlag="12"),
        befund("Nullen ergänzt", "Stadt'teile!A3", "Stadt'teile!A4", schwere=Schwere.hinweis, anzahl=2),
    )
    blatt = buch["Stadt'teile"]
    farben = {ort: blatt[ort].fill.start_color.rgb for ort in ("C4", "A3", "A4", "B4")}
    assert farben["C4"] == "00FFC7CE"  # the worst of both
    assert farben["A3"] == farben["A4"] == "00BDD7EE"
    assert farben["B4"] == "00000000"
    assert blatt["C4"].comment.text == (
        "vorläufig\n\n— Prüfprotokoll —\nFehler Nr. 1: »12x« ist keine Zahl.\nErwartet: eine Zahl wie 6.417\n"
        "Vorschlag: 12\n\nWarnung Nr. 2: Ungewöhnlich.\nErwartet: eine Zahl wie 6.417"
    )
    assert blatt["C4"].comment.author == "Amt 33"
    assert blatt["A4"].comment.author == "Prüfprotokoll"
    assert blatt["A3"].comment.text.endswith("\nBetrifft auch: A4")
    assert blatt["B3"].comment.text == "nur Ortsteil"


def test_white_letters_on_a_marked_cell_become_black(give: Gib, quelle: Path) -> None:
    buch, _ = give(quelle, befund("Titel", "Stadt'teile!B1"))
    zelle = buch["Stadt'teile"]["A1"]  # the top left one of the merged cells
    assert (zelle.font.color.rgb, zelle.font.bold) == ("FF000000", True)
    assert zelle.fill.start_color.rgb == "00FFC7CE"
    assert "Titel" in zelle.comment.text


def test_everything_of_the_supplier_stays(give: Gib, quelle: Path) -> None:
    vorher = openpyxl.load_workbook(quelle)
    buch, _ = give(quelle, befund("»12x« ist keine Zahl", "Stadt'teile!C4"))
    assert buch.sheetnames == ["Prüfprotokoll", "Stadt'teile", "Alt"]
    assert buch["Alt"].sheet_state == "hidden"
    for alt in vorher.worksheets:
        neu = buch[alt.title]
        assert neu.dimensions == alt.dimensions
        assert neu.merged_cells.ranges == alt.merged_cells.ranges
        for reihe in alt.iter_rows():
            for zelle in reihe:
                gegenstueck = neu[zelle.coordinate]
                assert (gegenstueck.value, gegenstueck.number_format) == (zelle.value, zelle.number_format)
                if zelle.coordinate != "C4":
                    assert gegenstueck.fill.start_color.rgb == zelle.fill.start_color.rgb
                    assert gegenstueck.font.b == zelle.font.b
    assert buch["Stadt'teile"]["C5"].value == "=SUM(C3:C4)"
    assert buch["Stadt'teile"].column_dimensions["B"].width == 33
    assert buch.defined_names["Personen"].attr_text == "'Stadt''teile'!$C$3:$C$4"


def test_the_protocol_comes_first_and_links_to_the_cells(give: Gib, quelle: Path) -> None:
    buch, _ = give(
        quelle,
        befund("Summe stimmt nicht", "Stadt'teile!C5", "Stadt'teile!C3", "Stadt'teile!C4", anzahl=3),
        befund("verborgen", "Alt!A1", schwere=Schwere.warnung),
        befund("das Blatt fehlt", ort='Blatt "Neu", Zeile 3', schwere=Schwere.hinweis),
        befund("=1+1", "Weg!A1", schwere=Schwere.hinweis),
    )
    blatt = buch.worksheets[0]
    assert buch.active is blatt
    assert protokoll(buch) == [
        (1, "Fehler", "Stadt'teile", "C5 und 2 weitere", "Summe stimmt nicht.", "eine Zahl wie 6.417", None, 3),
        (2, "Warnung", "Alt (ausgeblendet)", "A1", "Verborgen.", "eine Zahl wie 6.417", None, 1),
        (3, "Hinweis", "Neu", "Zeile 3", "Das Blatt fehlt.", "eine Zahl wie 6.417", None, 1),
        (4, "Hinweis", "Weg", "A1", "=1+1.", "eine Zahl wie 6.417", None, 1),
    ]
    links = [blatt.cell(row=KOPFZEILE + n, column=4).hyperlink for n in range(1, 5)]
    assert [link.location if link else None for link in links] == ["'Stadt''teile'!C5", "'Alt'!A1", None, None]
    assert all(z.data_type != "f" for reihe in blatt.iter_rows() for z in reihe)
    assert kopf(buch)["Ergebnis"] == (
        "Zu berichtigen: 1 Fehler, 1 Warnung und 2 Hinweise; 1 von 12 Zeilen nicht übernommen."
    )
    assert kopf(buch)["Zeilen"] == "12 gelesen, 9 übernommen, 2 außerhalb der Tabelle, 1 abgewiesen; 1.480 Zahlen"
    assert (kopf(buch)["Datei"], kopf(buch)["Kommune"], kopf(buch)["Geprüft am"]) == ("t.xlsx", "Lünen", "01.07.2024")
    assert [blatt.cell(row=7, column=s).value for s in (2, 3, 4)] == ["Fehler: 1", "Warnungen: 1", "Hinweise: 2"]
    assert [(blatt.cell(row=17 + n, column=1).value, blatt.cell(row=17 + n, column=3).value) for n in range(2)] == [
        ("beanstandet", "Teile ergeben die Summe"), ("ohne Beanstandung", "Kein Jahr doppelt"),
    ]  # fmt: skip
    assert (blatt.freeze_panes, blatt.auto_filter.ref) == ("A11", "A10:H14")
    assert (blatt.page_setup.orientation, blatt.page_setup.fitToHeight) == ("landscape", 0)


def test_a_taken_sheet_name_gets_a_number(give: Gib, tmp_path: Path) -> None:
    buch = openpyxl.Workbook()
    buch.worksheets[0].title = "PRÜFPROTOKOLL"
    buch.worksheets[0]["A1"] = 1
    buch.save(tmp_path / "t.xlsx")
    neu, mail = give(tmp_path / "t.xlsx", befund("falsch", "PRÜFPROTOKOLL!A1"))
    assert neu.sheetnames == ["Prüfprotokoll (2)", "PRÜFPROTOKOLL"]
    assert "»Prüfprotokoll (2)«" in " ".join(mail.split())


def test_the_same_input_gives_the_same_bytes_and_nobody_is_named(quelle: Path, tmp_path: Path) -> None:
    befunde = [befund("falsch", "Stadt'teile!C4")]
    eins, zwei = (write_reply(quelle, befunde, tmp_path / n, Rueckgabeangaben(**ANGABEN), None)[0] for n in ("a", "b"))
    assert eins.read_bytes() == zwei.read_bytes()
    eigenschaften = openpyxl.load_workbook(eins).properties
    assert (eigenschaften.creator, eigenschaften.created) == ("integrationsmonitoring", datetime(2024, 7, 1))
    assert b"Mustermann" not in b"".join(zipfile.ZipFile(eins).read(n) for n in zipfile.ZipFile(eins).namelist())


@pytest.mark.parametrize("aufgabe", ["verweis", "alte Rückgabe"])
def test_a_link_at_the_target_never_leads_to_the_suppliers_file(quelle: Path, tmp_path: Path, aufgabe: str) -> None:
    ziel = tmp_path / "t_Pruefung.xlsx"
    ziel.symlink_to(quelle) if aufgabe == "verweis" else ziel.write_text("alt")
    vorher = quelle.read_bytes()
    pfade = write_reply(quelle, [], tmp_path, Rueckgabeangaben(**ANGABEN), None)
    assert pfade[0] == ziel
    assert quelle.read_bytes() == vorher
    assert openpyxl.load_workbook(ziel).sheetnames[0] == "Prüfprotokoll"
    assert not list(tmp_path.glob(".*"))


CSV = (
    'Einwohner 2024\r\n\r\nid;name; wert\r\n0101;"Mitte;\n links";=1+1\r\n'
    "0102;  Brambauer;+49\r\n0103;@x;-5\r\n;#N/A;12\x01x\r\n"
)


def test_a_text_file_becomes_a_sheet_of_text_line_by_line(give: Gib, tmp_path: Path) -> None:
    (tmp_path / "werte.csv").write_bytes(CSV.encode("cp1252"))
    buch, mail = give(tmp_path / "werte.csv", befund("»+49« ist keine Anzahl", "Zeile 6, Feld 3"))
    blatt = buch["werte"]
    assert [[z.value for z in reihe] for reihe in blatt.iter_rows()] == [
        ["Einwohner 2024", None, None], [None, None, None], ["id", "name", " wert"], ["0101", "Mitte;\n links", "=1+1"],
        [None, None, None], ["0102", "  Brambauer", "+49"], ["0103", "@x", "-5"], [None, "#N/A", "12\ufffdx"],
    ]  # fmt: skip
    assert {z.data_type for reihe in blatt.iter_rows() for z in reihe if z.value is not None} == {"s"}
    assert {z.number_format for reihe in blatt.iter_rows() for z in reihe if z.value is not None} == {"@"}
    assert "keine Anzahl" in blatt["C6"].comment.text
    assert protokoll(buch)[0][3] == "C6 (Zeile 6, Feld 3)"
    assert buch.worksheets[0].cell(row=KOPFZEILE + 1, column=4).hyperlink.location == "'werte'!C6"
    assert "steht im Blatt in Zelle B4" in kopf(buch)["Zur Mappe"]
    assert "1. Fehler, Zeile 6, Feld 3: »+49« ist keine Anzahl." in mail


@pytest.mark.parametrize(
    ("inhalt", "erwartet"),
    [
        ('"id;name"\n"01;""Mitte"""\n"02;Süd"\n', [["id", "name"], ["01", "Mitte"], ["02", "Süd"]]),
        ("id\n01\n02\n", [["id"], ["01"], ["02"]]),
        ("\ufeffid\tname\n01\tSüd\n", [["id", "name"], ["01", "Süd"]]),
    ],
)
def test_text_files_of_any_form_are_shown_in_their_fields(
    give: Gib, tmp_path: Path, inhalt: str, erwartet: list[list[str]]
) -> None:
    (tmp_path / "t.csv").write_text(inhalt, encoding="utf-8")
    for gelesen in (True, False):
        buch, _ = give(tmp_path / "t.csv", gelesen=gelesen)
        assert [list(z) for z in buch["t"].iter_rows(values_only=True)] == erwartet


def test_a_faultless_file_says_so_in_both(give: Gib, quelle: Path) -> None:
    buch, mail = give(quelle, abgewiesen=0)
    satz = "Keine Beanstandung: alle 1.480 Zahlen wurden gelesen und geprüft."
    assert kopf(buch)["Ergebnis"] == satz
    assert buch.worksheets[0].cell(row=KOPFZEILE + 1, column=1).value == "keine Befunde"
    assert satz in mail
    assert mail.startswith("Betreff: Prüfung Ihrer Lieferung »t.xlsx«: keine Beanstandung\n\nGuten Tag,\n\n")
    assert "Es ist nichts weiter zu tun." in mail
    assert "berichtigen" not in mail
    assert "alle 9 Zeilen wurden" in give(quelle, zahlen=0)[1]


def test_macros_stay_and_so_does_the_name_of_the_format(give: Gib, quelle: Path, tmp_path: Path) -> None:
    pfad = tmp_path / "makro.xlsm"
    teile = zipfile.ZipFile(quelle)
    with zipfile.ZipFile(pfad, "w") as neu:
        for name in teile.namelist():
            inhalt = teile.read(name)
            if name == "[Content_Types].xml":
                inhalt = inhalt.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                ).replace(b"</Types>", b'<Override PartName="/xl/vbaProject.bin" '
                          b'ContentType="application/vnd.ms-office.vbaProject"/></Types>')  # fmt: skip
            neu.writestr(name, inhalt)
        neu.writestr("xl/vbaProject.bin", b"makros")
    buch, mail = give(pfad, befund("»12x« ist keine Zahl", "Stadt'teile!C4"))
    ausgabe = tmp_path / "aus" / "makro_Pruefung.xlsm"
    with zipfile.ZipFile(ausgabe) as archiv:
        assert archiv.read("xl/vbaProject.bin") == b"makros"
        assert len(set(archiv.namelist())) == len(archiv.namelist())
    assert "keine Zahl" in buch["Stadt'teile"]["C4"].comment.text
    assert buch["Stadt'teile"]["C4"].comment.text.startswith("vorläufig")
    assert "makro_Pruefung.xlsm" in mail


@pytest.mark.parametrize(("name", "inhalt"), [("t.xlsx", b"PK\x03\x04 kaputt"), ("t.csv", b""), ("t.pdf", b"%PDF-1.4")])
def test_an_unreadable_file_gives_the_protocol_alone(give: Gib, tmp_path: Path, name: str, inhalt: bytes) -> None:
    (tmp_path / name).write_bytes(inhalt)
    fund = befund("die Arbeitsmappe lässt sich nicht öffnen", vorschlag="neu speichern")
    buch, mail = give(tmp_path / name, fund, gelesen=False, angenommen=False, zahlen=0)
    assert buch.sheetnames == ["Prüfprotokoll"]
    assert kopf(buch)["Ergebnis"].startswith("Abgewiesen (1 Fehler): Aus dieser Datei kann nichts übernommen werden")
    assert "enthält deshalb nur das Protokoll" in kopf(buch)["Zur Mappe"]
    assert protokoll(buch)[0][4] == "Die Arbeitsmappe lässt sich nicht öffnen."
    assert f"unter demselben Namen »{name}« noch einmal" in " ".join(mail.split())


def test_many_findings_on_one_cell_stay_one_readable_comment(give: Gib, quelle: Path) -> None:
    lang = [befund(f"Abweichung {n} " + "x" * 5_000, "Stadt'teile!C4") for n in range(300)]
    buch, mail = give(quelle, *lang)
    text = buch["Stadt'teile"]["C4"].comment.text
    assert len(text) <= 32_767
    assert text.startswith("vorläufig")
    assert text.endswith("… und 290 weitere im Blatt »Prüfprotokoll«")
    assert len(protokoll(buch)) == 300
    assert "15. Fehler" in mail
    assert "16. Fehler" not in mail
    assert "… und 285 weitere im Blatt »Prüfprotokoll«" in mail


def test_a_comment_already_full_is_kept_whole(give: Gib, quelle: Path) -> None:
    buch = openpyxl.load_workbook(quelle)
    buch["Stadt'teile"]["C4"].comment = Comment("v" * 31_900, "Amt 33")
    buch.save(quelle)
    neu, _ = give(quelle, befund("falsch", "Stadt'teile!C4"))
    text = neu["Stadt'teile"]["C4"].comment.text
    assert text.startswith("v" * 31_900)
    assert text.endswith("… und 1 weitere im Blatt »Prüfprotokoll«")
    assert len(text) <= 32_767


def test_every_cell_of_a_finding_is_marked_even_where_comments_end(
    give: Gib, quelle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.eingang.reply.marks.KOMMENTARE_HOECHSTENS", 2)
    viele = befund("verschoben", *(f"Stadt'teile!B{n}" for n in range(2, 6)), schwere=Schwere.warnung)
    buch, mail = give(quelle, viele, befund("falsch", "Stadt'teile!C3", schwere=Schwere.warnung))
    blatt = buch["Stadt'teile"]
    assert {blatt[f"B{n}"].fill.start_color.rgb for n in range(2, 6)} == {"00FFE08A"}
    assert all(blatt[ort].comment for ort in ("B2", "C3"))
    assert blatt["B5"].comment is None
    assert "Nicht jede markierte Zelle" in kopf(buch)["Zur Mappe"]
    assert "1. Warnung, Blatt »Stadt'teile«, Zelle B2 und 3 weitere Zellen: Verschoben." in " ".join(mail.split())
    assert "Keine Fehler, aber 2 Warnungen zum Nachsehen." in mail
    assert "genügt eine kurze Bestätigung" in " ".join(mail.split())


def test_what_was_found_in_a_register_is_never_shown(give: Gib, quelle: Path) -> None:
    buch, mail = give(quelle, befund("Schlüssel unbekannt", "Stadt'teile!C4", gefunden="geheim"))
    text = io.StringIO()
    for blatt in buch.worksheets:
        csv.writer(text).writerows(blatt.iter_rows(values_only=True))
    assert "geheim" not in text.getvalue() + mail + buch["Stadt'teile"]["C4"].comment.text
