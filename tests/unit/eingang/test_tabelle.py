"""District tables: every cell of the printed workbook, and a German message with its place for every fault.

Here belong tests of reading one table; whether its figures agree is tested in sql/ and spec/lieferungen.
Long because each key of one layout is shown with the table it reads and with every fault of it.
"""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.eingang.ingest import ingest, read_and_check
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.tabelle.read import Tabelleneinlesung, read_tabelle
from pipelines.eingang.tabelle.store import bestand, ohne_doppelte, write_values
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune, load_kommune
from pipelines.stamm.quellen.layout import Layout
from schemas.tabellen.lieferung import GELESEN
from tests.conftest import ROH, STICHTAG, create_data_folder
from tests.golden.test_luenen_arbeitsmappe import GEDRUCKT
from tests.lib.literal_tables import lay

MAPPE = ROH / "luenen" / "tabellen" / "stadtteile_2021-06-30.xlsx"
NAMEN = ("Alstedde", "Beckinghausen", "Brambauer", "Gahmen", "Geistviertel & Lippolthausen", "Horstmar", "Lünen-Mitte",
         "Lünen-Nord", "Lünen-Süd", "Niederaden", "Nordlünen", "Osterfeld", "Wethmar")  # fmt: skip
IDS = {name: f"{n:02d}" for n, name in enumerate(NAMEN, start=1)} | {"Lünen": "05978024"}


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    return Ablage(create_data_folder(tmp_path_factory.mktemp("tabelle") / "data")).create_folders()


@pytest.fixture(scope="module")
def kommune(ablage: Ablage) -> Kommune:
    return load_kommune(ablage.roh / "luenen")


Lies = Callable[[Path], Tabelleneinlesung]


@pytest.fixture
def read(ablage: Ablage, kommune: Kommune) -> Lies:
    """Read a workbook or CSV by Lünen's layout; the header of a CSV twin stands in line 3, too."""
    layout = kommune.angaben.quellen.tabellen[0]

    def read_file(pfad: Path) -> Tabelleneinlesung:
        return read_tabelle(ablage, kommune, layout, lieferung(pfad))

    return read_file


def lieferung(pfad: Path) -> Lieferung:
    return Lieferung("luenen", "stadtteiltabelle", "tabellen", pfad, STICHTAG, STICHTAG, "0" * 64, "")


@pytest.fixture
def mappe(tmp_path: Path) -> Callable[[Callable[[Worksheet], Any]], Path]:
    """Change Lünen's workbook and save it."""

    def change(aenderung: Callable[[Worksheet], Any]) -> Path:
        buch = openpyxl.load_workbook(MAPPE)
        aenderung(buch["Stadtteile"])
        ziel = tmp_path / MAPPE.name
        buch.save(ziel)
        return ziel

    return change


Mappe = Callable[[Callable[[Worksheet], Any]], Path]


def set_value(**zellen: object) -> Callable[[Worksheet], None]:
    """A change that writes these cells."""

    def aenderung(blatt: Worksheet) -> None:
        for adresse, wert in zellen.items():
            blatt[adresse] = wert

    return aenderung


def fehler(einlesung: Tabelleneinlesung) -> list[Befund]:
    return [b for b in einlesung.befunde if b.schwere is Schwere.fehler]


def abweisung(read: Lies, pfad: Path) -> tuple[Befund, ...]:
    with pytest.raises(LieferungAbgewiesen) as grund:
        read(pfad)
    return grund.value.befunde


def breit(einlesung: Tabelleneinlesung) -> dict[str, dict[str, Any]]:
    """Area → measure → (value, digits) of a reading."""
    ergebnis: dict[str, dict[str, Any]] = {}
    for z in einlesung.werte.to_pylist():
        ergebnis.setdefault(z["gebiet_id"], {})[z["merkmal"]] = z["gedruckt"]
    return ergebnis


def zahl(text: object) -> str:
    return str(text).replace(".", "")


def test_the_printed_workbook_is_read_cell_for_cell(read: Lies) -> None:
    ergebnis = read(MAPPE)
    erwartet = {
        IDS[name]: {
            "einwohner": zahl(einwohner), "auslaender": str(auslaender), "personen_mit_mh": zahl(mit_mh),
            "anteil_auslaender": anteil_auslaender.rstrip("%").replace(",", "."),
            "anteil_mh": anteil_mh.rstrip("%").replace(",", "."),
        }
        for name, einwohner, auslaender, anteil_auslaender, mit_mh, anteil_mh in GEDRUCKT
    }  # fmt: skip
    assert breit(ergebnis) == erwartet
    assert ergebnis.befunde == []
    bilanz = ergebnis.bilanz
    assert (bilanz.gelesen, bilanz.uebernommen, bilanz.ausserhalb, bilanz.abgewiesen) == (18, 14, 4, 0)
    erste = ergebnis.werte.to_pylist()[0]
    assert (erste["fundstelle"], erste["zeile"], erste["spalte_nr"], erste["profil"]) == (
        "Stadtteile!B4",
        4,
        2,
        "luenen_2021",
    )


@pytest.mark.parametrize(
    ("aenderung", "code", "zelle", "wort"),
    [
        (set_value(A6="Brambaur"), Code.gebiet_unbekannt, "A6", "ähnlich: »Brambauer«"),
        (set_value(A6="Xyz"), Code.gebiet_unbekannt, "A6", "»Xyz« steht nicht in gebiete.csv"),
        (set_value(B6="viele"), Code.zahl, "B6", "»viele« ist keine Zahl"),
        (set_value(B6="19.26"), Code.zahl, "B6", "»19.26«"),
        (set_value(C6=-4344), Code.zahl, "C6", "»-4344« ist keine Anzahl"),
        (set_value(C6=4344.5), Code.zahl, "C6", "»4344.5« ist keine Anzahl"),
        (set_value(C6="4.344%"), Code.zahl, "C6", "»4.344%« ist keine Anzahl"),
        (set_value(C6=date(2021, 6, 30)), Code.zahl, "C6", "»30.06.2021« ist ein Datum"),
        (set_value(C6="#N/A"), Code.fehlerwert, "C6", "»#N/A« ist ein Fehlerwert"),
        (set_value(C6="#REF!"), Code.fehlerwert, "C6", "»#REF!« ist ein Fehlerwert"),
        (set_value(D6="#DIV/0!"), Code.fehlerwert, "D6", "»#DIV/0!« ist ein Fehlerwert"),
        (set_value(D6="22.5%"), Code.zahl, "D6", "»22.5%«"),
        (set_value(E6="=B6-C6"), Code.formel_ohne_wert, "E6", "die Formel =B6-C6 hat keinen gespeicherten Wert"),
        (set_value(A6="=A7"), Code.formel_ohne_wert, "A6", "die Formel =A7 hat keinen gespeicherten Wert"),
    ],
)
def test_a_broken_cell_sets_its_row_aside_and_is_named_by_sheet_and_cell(
    read: Lies, mappe: Mappe, aenderung: Callable[[Worksheet], None], code: Code, zelle: str, wort: str
) -> None:
    ergebnis = read(mappe(aenderung))
    (befund,) = fehler(ergebnis)
    assert (befund.code, befund.ort) == (code, f'Blatt "Stadtteile", Zelle {zelle}')
    assert wort in befund.text()
    assert befund.text().startswith("stadtteile_2021-06-30.xlsx, ")
    assert befund.zellen == (f"Stadtteile!{zelle}",)
    assert (ergebnis.bilanz.uebernommen, ergebnis.bilanz.abgewiesen) == (13, 1)
    assert int(zelle[1:]) not in ergebnis.werte.column("zeile").to_pylist()


@pytest.mark.parametrize(
    ("zeichen", "wert", "kennzeichen"),
    [("-", "0", "-"), ("–", "0", "-"), ("0", "0", None), (None, None, "leer"), (".", None, "."), ("x", None, "x"),
     ("...", None, "..."), ("/", None, "/"), ("(12)", "12", "()"), ("12p", "12", "p"), ("12", "12", None), (12, "12", None),
     (12.0, "12", None), ("1 234", "1234", None)],
)  # fmt: skip
def test_a_sign_is_kept_beside_its_number_and_never_becomes_one(
    read: Lies, mappe: Mappe, zeichen: object, wert: str | None, kennzeichen: str | None
) -> None:
    zeilen = read(mappe(set_value(C5=zeichen))).werte.to_pylist()
    zelle = next(z for z in zeilen if z["fundstelle"] == "Stadtteile!C5")
    assert zelle["kennzeichen"] == kennzeichen
    assert zelle["wert"] == (None if wert is None else float(wert))


@pytest.mark.parametrize(
    ("aenderung", "code", "wort"),
    [
        (lambda blatt: setattr(blatt, "title", "Tabelle1"), Code.blatt_fehlt, "vorhanden: »Tabelle1«"),
        (set_value(B3="Personen"), Code.spalte_fehlt, "»Einwohner:innen« steht nicht in der Kopfzeile"),
        (set_value(D3="Einwohner:innen"), Code.spalte_doppelt, "»Einwohner:innen« steht mehrfach in der Kopfzeile"),
        (lambda blatt: blatt.delete_rows(1), Code.spalte_fehlt, "»Stadtteil« steht nicht in der Kopfzeile"),
        (lambda blatt: blatt.delete_rows(4, 14), Code.zeile_fehlt, "keine einzige Zeile"),
        (lambda blatt: blatt.delete_rows(1, 30), Code.spalte_fehlt, "vorhanden: keine"),
    ],
)
def test_a_table_that_is_not_the_one_described_is_refused(
    read: Lies, mappe: Mappe, aenderung: Callable[[Worksheet], None], code: Code, wort: str
) -> None:
    befunde = abweisung(read, mappe(aenderung))
    passend = [b for b in befunde if b.code is code]
    assert any(wort in b.text() for b in passend)
    if code in (Code.spalte_fehlt, Code.spalte_doppelt):
        assert all(b.ort == 'Blatt "Stadtteile", Zeile 3 (Kopfzeile)' for b in passend)


@pytest.mark.parametrize(
    ("name", "inhalt", "code"),
    [
        ("leer.xlsx", b"", Code.datei_leer),
        ("leer.csv", b"", Code.datei_leer),
        ("text.xlsx", b"Stadtteil;Einwohner:innen\n", Code.dateiformat),
        ("halb.xlsx", MAPPE.read_bytes()[:2000], Code.dateiformat),
        ("alt.xls", b"\xd0\xcf\x11\xe0", Code.dateiformat),
        ("wirr.csv", b"\x81\x8d\x8f", Code.kodierung),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_german(
    read: Lies, tmp_path: Path, name: str, inhalt: bytes, code: Code
) -> None:
    pfad = tmp_path / name
    pfad.write_bytes(inhalt)
    (befund,) = abweisung(read, pfad)
    assert befund.code is code
    assert befund.text().startswith(name)
    assert " Erwartet: " in befund.text()


def zwilling() -> str:
    """The workbook as CSV text, as Excel saves it."""
    text = io.StringIO()
    schreiber = csv.writer(text, delimiter=";", lineterminator="\n")
    schreiber.writerows(openpyxl.load_workbook(MAPPE)["Stadtteile"].iter_rows(values_only=True))
    return text.getvalue()


@pytest.mark.parametrize("kodierung", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ende", ["\n", "\r\n", "\r"])
def test_the_csv_twin_reads_like_the_workbook(read: Lies, tmp_path: Path, kodierung: str, ende: str) -> None:
    pfad = tmp_path / "stadtteile_2021-06-30.csv"
    pfad.write_bytes(zwilling().replace("\n", ende).encode(kodierung))
    aus_csv, aus_mappe = read(pfad), read(MAPPE)

    assert breit(aus_csv) == breit(aus_mappe)
    assert aus_csv.bilanz == aus_mappe.bilanz
    assert [b.code for b in aus_csv.befunde if b.schwere is Schwere.fehler] == []
    assert aus_csv.werte.to_pylist()[0]["fundstelle"] == "Zeile 4, Feld 2"


def test_a_cell_of_a_csv_is_named_by_line_and_field(read: Lies, tmp_path: Path) -> None:
    pfad = tmp_path / "stadtteile.csv"
    pfad.write_text(zwilling().replace("4344", "viele"), encoding="utf-8")
    (befund,) = fehler(read(pfad))
    assert (befund.code, befund.ort) == (Code.zahl, "Zeile 6, Feld 3")


@pytest.mark.parametrize(
    "alt_neu", [("Gahmen", '"Gahmen'), ("Gahmen;3.839", '"Gahmen;3.839"x'), ("Wethmar", '"Wethmar')]
)
def test_a_stray_quote_in_a_csv_swallows_no_rows_silently(read: Lies, tmp_path: Path, alt_neu: tuple[str, str]) -> None:
    pfad = tmp_path / "stadtteile.csv"
    pfad.write_text(zwilling().replace(*alt_neu), encoding="utf-8")
    (befund,) = abweisung(read, pfad)
    assert befund.code is Code.dateiformat
    assert "Anführungszeichen" in befund.was
    assert befund.ort == ("Zeile 16" if "Wethmar" in alt_neu[0] else "Zeile 7")


def test_two_stray_quotes_in_a_csv_swallow_no_rows_silently(read: Lies, tmp_path: Path) -> None:
    pfad = tmp_path / "stadtteile.csv"
    pfad.write_text(zwilling().replace("Gahmen;", '"Gahmen;').replace("Wethmar;", 'Wethmar";'), encoding="utf-8")
    (befund,) = abweisung(read, pfad)
    assert (befund.code, befund.ort) == (Code.dateiformat, "Zeile 7")


@pytest.mark.parametrize("zeile", ["2;Gahmen", "2;Gahmen;1;5", "2;Gahmen;1;5;", "Gahmen;5"])
def test_a_row_with_another_number_of_fields_than_the_header_is_an_error_at_its_line(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, zeile: str
) -> None:
    layout = Layout(
        id="x", titel="X", herkunft="h", lizenz="l", datei="stadtteile.csv", stichtag=STICHTAG,
        spalten={"gebiet": "Name", "einwohner": "Personen"},
    )  # fmt: skip
    pfad = tmp_path / "stadtteile.csv"
    pfad.write_text(f"Nr;Name;Personen\n1;Alstedde;10\n\nnur ein Feld\n{zeile}\n", encoding="utf-8")
    ergebnis = read_tabelle(ablage, kommune, layout, lieferung(pfad))
    assert breit(ergebnis) == {"01": {"einwohner": "10"}}
    assert [(b.code, b.ort) for b in ergebnis.befunde if b.schwere is Schwere.fehler] == [(Code.feldzahl, "Zeile 5")]
    assert ergebnis.bilanz.abgewiesen == 1


@pytest.mark.parametrize(
    "text",
    ["Nr;Name;Personen;;;\n1;Alstedde;10\n2;Gahmen;20;;;\n", "Nr;Name;Personen\n1;Alstedde;10;;;;\n2;Gahmen;20\n",
     "sep=;\nNr;Name;Personen\n1;Alstedde;10\n2;Gahmen;20\nQuelle: Stadt\n",
     "Nr;Name;Personen\n1;Alstedde;10\n2;Gahmen;20\n\nQuelle: Stadt; eigene Berechnung\n"],
)  # fmt: skip
def test_padding_titles_and_footers_are_no_rows_with_a_wrong_number_of_fields(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, text: str
) -> None:
    layout = Layout(
        id="x", titel="X", herkunft="h", lizenz="l", datei="stadtteile.csv", stichtag=STICHTAG,
        spalten={"gebiet": "Name", "einwohner": "Personen"},
    )  # fmt: skip
    pfad = tmp_path / "stadtteile.csv"
    pfad.write_text(text, encoding="utf-8")
    ergebnis = read_tabelle(ablage, kommune, layout, lieferung(pfad))
    assert breit(ergebnis) == {"01": {"einwohner": "10"}, "04": {"einwohner": "20"}}
    assert [b.text() for b in ergebnis.befunde if b.schwere is Schwere.fehler] == []


def test_a_stored_table_reads_back_as_it_was_read_and_is_no_earlier_delivery_of_itself(
    ablage: Ablage, read: Lies
) -> None:
    import pyarrow.parquet as pq

    write_values(ablage, lieferung(MAPPE), read(MAPPE).werte)
    datei = ablage.tabelle("eingang", "stadtteiltabelle", "luenen_2021-06-30__stadtteiltabelle")
    assert pq.read_table(datei).to_pylist() == read(MAPPE).werte.to_pylist()
    assert bestand(ablage, lieferung(MAPPE)).num_rows == 0
    assert bestand(ablage, lieferung(MAPPE.with_name("stadtteile_2022-06-30.xlsx"))).num_rows == 70


def test_identical_duplicates_are_stored_once(read: Lies) -> None:
    import pyarrow as pa

    werte = read(MAPPE).werte
    assert ohne_doppelte(pa.concat_tables([werte, werte])).to_pylist() == werte.to_pylist()


def test_a_table_with_a_fault_is_refused_as_a_whole_unless_the_layout_admits_some(
    ablage: Ablage, kommune: Kommune, mappe: Mappe
) -> None:
    import pyarrow as pa

    layout = kommune.angaben.quellen.tabellen[0]
    pfad = mappe(set_value(B6="viele"))
    leer = GELESEN.empty_table()
    ergebnis, _ = read_and_check(ablage, kommune, layout, lieferung(pfad), leer)
    assert not ergebnis.angenommen
    assert (ergebnis.bilanz.uebernommen, ergebnis.bilanz.abgewiesen, ergebnis.bilanz.ausserhalb) == (0, 14, 4)
    milde = layout.model_copy(update={"hoechstanteil_abgewiesen": 0.2})
    assert read_and_check(ablage, kommune, milde, lieferung(pfad), leer)[0].angenommen
    falsch = mappe(set_value(B6="19.266"))
    assert not read_and_check(ablage, kommune, milde, lieferung(falsch), leer)[0].angenommen, (
        "a wrong sum is no lost row"
    )
    assert isinstance(leer, pa.Table)


@pytest.mark.parametrize(
    ("name", "stichtag"),
    [("stadtteile_2021-06-30.xlsx", date(2021, 6, 30)), ("stadtteile_2021-06-31.xlsx", None), ("stadtteile.xlsx", None),
     ("stadtteile_2021_06_30.xlsx", date(2021, 6, 30)), ("stadtteile_2021-06_30.xlsx", None),
     ("Xstadtteile_2021-06-30.xlsx", None)],
)  # fmt: skip
def test_the_stichtag_is_read_from_the_files_name(kommune: Kommune, name: str, stichtag: date | None) -> None:
    assert kommune.angaben.quellen.tabellen[0].fits(name) == stichtag


def test_a_table_that_must_agree_with_the_register_names_the_cell_that_does_not(
    tmp_path: Path, kommune: Kommune, mappe: Mappe
) -> None:
    eigene = Ablage(create_data_folder(tmp_path / "data")).create_folders()
    pfad = mappe(set_value(B4="6.418", B17="87.816"))
    assert ingest(eigene, kommune, lieferung(pfad), schreiben=False).angenommen, "nothing to compare with yet"
    alstedde = {"kommune": "luenen", "gebiet_id": "01", "profil": "luenen_2021"}
    lay(eigene, "marts.migrationshintergrund", {**alstedde, "einwohner": 6417, "auslaender": None},
         {**alstedde, "einwohner": 9, "quelle": "stadtteiltabelle"}, {**alstedde, "einwohner": 9, "geschlecht": "m"})  # fmt: skip
    ergebnis = ingest(eigene, kommune, lieferung(pfad), schreiben=False)
    (befund,) = ergebnis.fehler
    assert (befund.code, befund.zellen, ergebnis.angenommen) == (Code.register_abgleich, ("Stadtteile!B4",), False)
    assert "gedruckt 6.418, im Register 6.417" in befund.text()
    # Published rounded to 5, the register's own count may be off by 2.
    schutz = kommune.angaben.schutz.model_copy(update={"verfahren": "rundung"})
    gerundet = Kommune(kommune.ordner, kommune.angaben.model_copy(update={"schutz": schutz}), kommune.gebiete)
    assert ingest(eigene, gerundet, lieferung(pfad), schreiben=False).angenommen


def test_figures_in_a_hidden_row_are_read_and_said(read: Lies, mappe: Mappe) -> None:
    def hide(blatt: Worksheet) -> None:
        blatt.row_dimensions[6].hidden = True

    ergebnis = read(mappe(hide))
    (befund,) = ergebnis.befunde
    assert (befund.code, befund.schwere, befund.anzahl) == (Code.verborgen, Schwere.warnung, 5)
    assert set(befund.zellen) == {f"Stadtteile!{s}6" for s in "BCDEF"}
    assert breit(ergebnis)["03"]["einwohner"] == "19265"


def read_text_table(
    ablage: Ablage, kommune: Kommune, ordner: Path, text: str, name: str, **mehr: Any
) -> Tabelleneinlesung:
    """Read a CSV by a small layout whose file name carries the day."""
    layout = Layout.model_validate(
        {"id": "x", "titel": "X", "herkunft": "h", "lizenz": "l", "datei": "t_{stichtag}.csv",
         "spalten": {"gebiet": "Name", "einwohner": "Personen"}, **mehr}
    )  # fmt: skip
    pfad = ordner / name
    pfad.write_text(text, encoding="utf-8")
    tag = layout.fits(name)
    assert tag is not None
    li = Lieferung("luenen", "x", "tabellen", pfad, tag, tag, "0" * 64, "")
    return read_tabelle(ablage, kommune, layout, li)


@pytest.mark.parametrize(
    "fuss",
    ["Quelle: Stadt", "Stand: 30.06.2021", "Exportdatum: ;21.05.2025", "Exportdatum;21.05.2025", "Quelle", "© Stadt; 2021",
     "Stand: 2021", "Datenstand am 1.1.2022"],
)  # fmt: skip
def test_a_row_that_says_where_the_table_comes_from_ends_it(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, fuss: str
) -> None:
    text = f"Name;Personen\nAlstedde;10\nGahmen;20\n{fuss}\nAnmerkung;5\n"
    e = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv")
    assert breit(e) == {"01": {"einwohner": "10"}, "04": {"einwohner": "20"}}
    assert [(b.code, b.schwere) for b in e.befunde] == [(Code.zeile_fehlt, Schwere.warnung)]
    assert "Zeile 5" in e.befunde[0].text()


def test_an_area_that_is_called_like_a_footer_is_read(ablage: Ablage, kommune: Kommune, tmp_path: Path) -> None:
    text = "Name;Personen\nAlstedde;10\nQuelle;7\nGahmen;20\n"
    e = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv", woerter={"gebiet": {"Quelle": "02"}})
    assert breit(e)["02"] == {"einwohner": "7"}


@pytest.mark.parametrize(
    ("text", "was"),
    [("Bevölkerung am 31.12.2025;\nName;Personen\nAlstedde;10\n", "»Bevölkerung am 31.12.2025«"),
     ("Bevölkerung am 31. Dezember 2025;\nName;Personen\nAlstedde;10\n", "nennt 31.12.2025"),
     ("Titel;\nName;Personen;Stichtag\nAlstedde;10;31.12.2025\nGahmen;20;31.12.2025\n", "nennt 31.12.2025")],
)  # fmt: skip
def test_a_day_in_the_file_that_contradicts_its_name_is_an_error(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, text: str, was: str
) -> None:
    with pytest.raises(LieferungAbgewiesen) as abgewiesen:
        read_text_table(ablage, kommune, tmp_path, text, "t_2024-12-31.csv", kopfzeile=2)
    (befund,) = abgewiesen.value.befunde
    assert befund.code is Code.datum
    assert was in befund.text()
    assert "der Dateiname 31.12.2024" in befund.text()


@pytest.mark.parametrize(
    ("titel", "jahr"),
    [("Einwohner 2025", "2025"), ("Einwohner im Jahr 2019 nach Stadtteilen", "2019"), ("Tabelle 3: Einwohner 2023", "2023")],
)  # fmt: skip
def test_another_year_in_a_title_is_a_warning(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, titel: str, jahr: str
) -> None:
    e = read_text_table(
        ablage, kommune, tmp_path, f"{titel};\nName;Personen\nAlstedde;10\n", "t_2024-12-31.csv", kopfzeile=2
    )
    assert breit(e) == {"01": {"einwohner": "10"}}
    (befund,) = e.befunde
    assert (befund.code, befund.schwere) == (Code.datum, Schwere.warnung)
    assert f"nennt {jahr}, der Dateiname 31.12.2024" in befund.text()
    assert "Zeile 1" in befund.text()


def test_a_day_years_ahead_in_the_files_name_is_an_error(ablage: Ablage, kommune: Kommune, tmp_path: Path) -> None:
    with pytest.raises(LieferungAbgewiesen) as abgewiesen:
        read_text_table(ablage, kommune, tmp_path, "Name;Personen\nAlstedde;10\n", "t_2094-12-31.csv")
    assert "der Dateiname nennt den 31.12.2094; der Tag liegt in der Zukunft" in abgewiesen.value.befunde[0].text()


@pytest.mark.parametrize(
    ("text", "ort", "richtig"),
    [("Name;Gruppe;Personen\nAlstedde;AuslÃ¤nder;10\n", "Zeile 2, Feld 2", "Ausländer"),
     ("Name;Gruppe;Personen\nAlstedde;TÃ¼rken und GrÃ¶nlÃ¤nder;10\n", "Zeile 2, Feld 2", "Türken und Grönländer"),
     ("Name;GruppÃŸ;Personen\nAlstedde;a;10\n", "Zeile 1, Feld 2", "Gruppß")],
)  # fmt: skip
def test_text_in_two_encodings_is_an_error_with_its_cell(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, text: str, ort: str, richtig: str
) -> None:
    with pytest.raises(LieferungAbgewiesen) as abgewiesen:
        read_text_table(ablage, kommune, tmp_path, text, "t_2024-12-31.csv",
                  spalten={"gebiet": "Name", "gruppe": 2, "einwohner": "Personen"})  # fmt: skip
    (befund,) = abgewiesen.value.befunde
    assert (befund.code, befund.ort, befund.vorschlag) == (Code.kodierung, ort, richtig)


@pytest.mark.parametrize(
    "titel",
    ["Einwohner 2024", "Einwohner 2020 bis 2024", "Einwohner 2010–2024", "Schuljahr 2025/26", "Statistischer Bericht 1/2025",
     "Jahrbuch 2025", "nach dem Zensus 2022", "Gebietsstand 2020", "Stand 2025", "Länder der EU-Erweiterung 2004",
     "seit 2015", "Migrationshintergrund (Definition 2016)", "Amt 20001", "Einwohner"],
)  # fmt: skip
def test_other_years_in_a_title_are_no_contradiction(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, titel: str
) -> None:
    e = read_text_table(
        ablage, kommune, tmp_path, f"{titel};\nName;Personen\nAlstedde;10\n", "t_2024-12-31.csv", kopfzeile=2
    )
    assert e.befunde == []


@pytest.mark.parametrize(
    "titel",
    ["Bevölkerung am 31.12.2024", "Bevölkerung am 01.01.2025", "Datenstand 17.02.2025", "Veränderung gegenüber 31.12.2023",
     "31.12.2023 und 31.12.2024", "Gebietsstand 1.1.2020", "Stand: 17.02.2025", "Quelle: Amt, 1.2.2025",
     "erstellt am 3. Februar 2025"],
)  # fmt: skip
def test_other_days_in_a_title_are_no_contradiction(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, titel: str
) -> None:
    text = f"{titel};\nName;Personen\nAlstedde;10\n"
    e = read_text_table(ablage, kommune, tmp_path, text, "t_2024-12-31.csv", kopfzeile=2)
    assert e.befunde == []


@pytest.mark.parametrize("zelle", ["84,000", "1,250", "2,000 p"])
def test_a_count_with_three_digits_behind_the_comma_is_ambiguous(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, zelle: str
) -> None:
    e = read_text_table(ablage, kommune, tmp_path, f"Name;Personen\nAlstedde;{zelle}\nGahmen;20\n", "t_2021-06-30.csv")
    (befund,) = e.befunde
    assert (befund.code, befund.schwere, befund.ort) == (Code.zahl, Schwere.fehler, "Zeile 2, Feld 2")
    assert "ist mehrdeutig" in befund.text()


def test_a_count_with_a_point_among_counts_without_is_questioned(
    ablage: Ablage, kommune: Kommune, tmp_path: Path
) -> None:
    text = "Name;Personen\nAlstedde;1.399\nGahmen;2050\nHorstmar;980\n"
    e = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv")
    (befund,) = e.befunde
    assert (befund.schwere, befund.ort) == (Schwere.warnung, "Zeile 2, Feld 2")
    assert "»1.399« als 1399" in befund.text()
    einig = text.replace("2050", "2.050")
    assert read_text_table(ablage, kommune, tmp_path, einig, "t_2021-06-30.csv").befunde == []


def test_a_number_of_twenty_digits_is_an_error_with_its_cell(ablage: Ablage, kommune: Kommune, tmp_path: Path) -> None:
    text = "Name;Personen\nAlstedde;12345678901234567890\nGahmen;20\n"
    (befund,) = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv").befunde
    assert (befund.code, befund.ort) == (Code.zahl, "Zeile 2, Feld 2")
    assert "mehr als 15 Stellen" in befund.text()


def test_half_a_character_in_a_name_or_number_is_an_error_with_its_cell(read: Lies, mappe: Mappe) -> None:
    for adresse in ("A6", "B6"):
        e = read(mappe(set_value(**{adresse: "Bram_xD83D_bauer"})))
        assert [b.zellen for b in e.befunde if b.code is Code.zeichen_unbekannt] == [(f"Stadtteile!{adresse}",)]
    assert read(mappe(set_value(A22="_xD83D__xDE00_"))).befunde == read(MAPPE).befunde


def test_a_name_of_which_excel_made_a_date_is_said_to_be_one(read: Lies, mappe: Mappe) -> None:
    e = read(mappe(set_value(A6=date(2024, 1, 10))))
    (befund,) = [b for b in e.befunde if b.code is Code.gebiet_unbekannt]
    assert befund.zellen == ("Stadtteile!A6",)
    assert "»10.01.2024« ist ein Datum; die Tabellenkalkulation" in befund.text()


@pytest.mark.parametrize(
    ("text", "zellen"),
    [
        ("Name;Personen;Frauen\nAlstedde;5200;\nGahmen;;1200\n", ["Zeile 2, Feld 3", "Zeile 3, Feld 2"]),
        ("Name;Personen;Frauen\nAlstedde;5200;2600\nGahmen;;\n", ["Zeile 3, Feld 2", "Zeile 3, Feld 3"]),
        ("Name;Personen;Frauen\nAlstedde;5200;2600\nnachrichtlich;;\nGahmen;5;1\n", []),
        ("Name;Personen;Frauen\nAlstedde;5200;2600\n;;\nGahmen;-;.\n", []),
    ],
)
def test_an_empty_cell_among_figures_is_told_unless_the_layout_says_what_it_means(
    ablage: Ablage, kommune: Kommune, tmp_path: Path, text: str, zellen: list[str]
) -> None:
    werte = [{"merkmal": "auslaender", "spalte": "Frauen", "geschlecht": "w"}]
    befunde = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv", werte=werte).befunde
    gefunden = [b for b in befunde if b.code is Code.zelle_leer]
    assert [list(b.zellen) for b in gefunden] == ([zellen] if zellen else [])
    assert all(b.schwere is Schwere.hinweis for b in gefunden)
    gesagt = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv", werte=werte, zeichen={"": "-"})
    assert not [b for b in gesagt.befunde if b.code is Code.zelle_leer]


def test_headings_of_a_table_that_fills_its_labels_are_no_empty_rows(
    ablage: Ablage, kommune: Kommune, tmp_path: Path
) -> None:
    text = "Name;Sex;Personen\nAlstedde;;\n;m;2\n;w;3\n"
    mehr = {"spalten": {"gebiet": "Name", "geschlecht": "Sex", "einwohner": "Personen"}, "fuellen": ["gebiet"]}
    e = read_text_table(ablage, kommune, tmp_path, text, "t_2021-06-30.csv", **mehr)
    assert len(e.werte) == 2
    assert not [b for b in e.befunde if b.code is Code.zelle_leer]


def test_a_header_that_slipped_by_a_row_is_said_to_have(ablage: Ablage, kommune: Kommune, tmp_path: Path) -> None:
    with pytest.raises(LieferungAbgewiesen) as grund:
        read_text_table(ablage, kommune, tmp_path, "Stand;\nName;Personen\nAlstedde;5200\n", "t_2021-06-30.csv")
    vorschlaege = [b.vorschlag for b in grund.value.befunde if b.code is Code.spalte_fehlt]
    assert len(vorschlaege) == 2
    assert vorschlaege[1] == (
        "»Personen« steht in Zeile 2: die Kopfzeile ist wohl verrutscht (laut Layout Zeile 1); die Tabelle zurückschieben oder "
        "kopfzeile: 2 setzen"
    )


def test_a_sheet_of_notes_in_front_is_told_with_the_sheet_that_looks_like_the_table(
    ablage: Ablage, kommune: Kommune, tmp_path: Path
) -> None:
    mappe = openpyxl.Workbook()
    mappe.active.title = "Hinweise"
    mappe.active.append(["Bitte beachten"])
    mappe.active.append(["Zahlen vorläufig"])
    blatt = mappe.create_sheet("Daten")
    for zeile in (["Name", "Personen"], ["Alstedde", 5200]):
        blatt.append(zeile)
    pfad = tmp_path / "t_2021-06-30.xlsx"
    mappe.save(pfad)
    layout = Layout.model_validate(
        {"id": "x", "titel": "X", "herkunft": "h", "lizenz": "l", "datei": "t_{stichtag}.xlsx",
         "spalten": {"gebiet": "Name", "einwohner": "Personen"}}
    )  # fmt: skip
    tag = date(2021, 6, 30)
    with pytest.raises(LieferungAbgewiesen) as grund:
        read_tabelle(ablage, kommune, layout, Lieferung("luenen", "x", "tabellen", pfad, tag, tag, "0" * 64, ""))
    (hinweis,) = [b for b in grund.value.befunde if b.code is Code.blatt_fehlt]
    assert hinweis.was.endswith("weil das Layout keines nennt; alle Überschriften stehen auf »Daten«")
    assert hinweis.erwartet == 'blatt: "Daten" im Layout x (kommune.yaml)'
