"""Workbooks of measures to rows: times, words, numbers, merged cells, comments, and a message with sheet and cell for mistakes.

Here belong tests of what a sheet says; whether it agrees with catalogue and earlier states is tested in sql/test_massnahmen.py.
Long because each column of one sheet is shown right and in every way it can be wrong.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.massnahmen.einlesung import Massnahmeneinlesung
from pipelines.eingang.massnahmen.header import feld_von
from pipelines.eingang.massnahmen.read import read_massnahmen
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.stamm.konzept.models import Konzept
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from schemas.spalten.massnahme import SPALTEN_MASSNAHME
from schemas.spalten.steuerung import SPALTEN_STEUERUNG

STAND = date(2020, 12, 31)
KONZEPTE = Konzept.model_validate(
    {"konzepte": [{
        "konzept": "k_2018", "titel": "Konzept K", "herkunft": "h", "beschluss": None, "beschluss_genauigkeit": "unbekannt",
        "gueltig_von": None, "gueltig_bis": None,
        "handlungsfelder": [
            {"code": "S1", "name": "Arbeit und Beschäftigung", "aliase": ["Arbeit"]},
            {"code": "S2", "name": "Bildung und Sprache in Kindertagesstätten und Schulen"},
        ],
        "leitziele": [{"code": "S1.a", "handlungsfeld": "S1", "text": "Arbeitgeber einbeziehen"}],
        "massnahmen": [
            {"nr": "1.1", "titel": "Angebote zeigen", "handlungsfeld": "S1", "leitziel": "S1.a"},
            {"nr": "1.10", "titel": "Sprachkurs im Betrieb", "handlungsfeld": "S1"},
            {"nr": "2.1", "titel": "Bücherei als Lernort", "handlungsfeld": "S2"},
        ],
    }]}
)  # fmt: skip
KOPF = ["Nr.", "Maßnahme", "Verantwortlich", "Status", "Stand"]
ZEILE = ["1.1", "Angebote zeigen", "Koordinierungsstelle", "laufend", STAND]
Reihe = list[Any]


def quelle(**mehr: Any) -> Massnahmenquelle:
    return Massnahmenquelle.model_validate({"titel": "T", "herkunft": "h", "konzept": "k_2018", **mehr})


def lieferung(pfad: Path) -> Lieferung:
    return Lieferung("k", "massnahmen", "massnahmen", pfad, IN_DER_DATEI, IN_DER_DATEI, "0" * 64, "f")


class Leser:
    """Reads workbooks of literal rows: sheet name → rows; `dazu` may change a sheet before it is saved."""

    def __init__(self, ordner: Path):
        self.ordner = ordner

    def __call__(
        self, blaetter: dict[str, list[Reihe]], dazu: Callable[[Any], None] | None = None, **mehr: Any
    ) -> Massnahmeneinlesung:
        mappe = openpyxl.Workbook()
        mappe.remove(mappe.active)
        for name, reihen in blaetter.items():
            blatt = mappe.create_sheet(name)
            for reihe in reihen:
                blatt.append(reihe)
        if dazu:
            dazu(mappe.worksheets[0])
        pfad = self.ordner / "massnahmen" / "status.xlsx"
        pfad.parent.mkdir(exist_ok=True)
        mappe.save(pfad)
        return read_massnahmen(Ablage(self.ordner / "data"), "k", KONZEPTE, quelle(**mehr), lieferung(pfad))

    def zeile(self, spalte: str, wert: Any, dazu: Callable[[Any], None] | None = None, **mehr: Any) -> dict[str, Any]:
        """The one measure of a sheet with one further column."""
        e = self({"Arbeit": [[*KOPF, spalte], [*ZEILE, wert]]}, dazu, **mehr)
        fehler = [b.text() for b in e.befunde if b.schwere is Schwere.fehler]
        assert not fehler, fehler
        (z,) = e.massnahmen.to_pylist()
        return dict(z)

    def fund(self, reihen: list[Reihe], code: Code, dazu: Callable[[Any], None] | None = None, **mehr: Any) -> Befund:
        """The one finding of this kind in a single sheet."""
        e = self({"Arbeit": reihen}, dazu, **mehr)
        funde = [b for b in e.befunde if b.code is code]
        assert len(funde) == 1, [b.text() for b in e.befunde]
        return funde[0]


@pytest.fixture
def read(tmp_path: Path) -> Leser:
    return Leser(tmp_path)


class TestZeile:
    def test_all_fields_are_read(self, read: Leser) -> None:
        felder = {
            "Handlungsfeld": "S1", "Leitziel": "Arbeitgeber einbeziehen", "Inhalt": "Worum", "Zielgruppe": "Azubis",
            "Kooperationspartner": "IHK, Jobcenter / VHS", "Beginn": "03/2019", "Ende": "2021", "Stellen": "0,5",
            "Kosten (€)": "48.000,00 €", "Förderung in Euro": 41000, "kommunaler\nAnteil": "7.000 EUR", "Indikator": "Kurse",
            "Zielwert": 3, "Ist w": 12, "Ist m": "n. e.", "Ist gesamt": 12.5, "TN": 40, "Ampel": "grün", "Bemerkung": "läuft gut",
            "Ausblick": "weiter so", "Schwerpunkt": "Quick-win",
        }  # fmt: skip
        e = read({"Alle": [[*KOPF, *felder], [*ZEILE, *felder.values()]]}, ampel_schema="massnahmen")
        assert [b.text() for b in e.befunde] == []
        (z,) = e.massnahmen.to_pylist()
        gelesen = {k: v for k, v in z.items() if k not in ("lieferung_id", "eingelesen_am")}
        assert gelesen == {
            "kommune": "k", "konzept": "k_2018", "massnahme_nr": "1.1", "stand": STAND, "handlungsfeld": "S1",
            "leitziel": "S1.a", "titel": "Angebote zeigen", "art": "massnahme", "verantwortlich": "Koordinierungsstelle",
            "status": "laufend", "risiko": "gruen", "beginn": date(2019, 3, 1), "beginn_genauigkeit": "monat",
            "ende": date(2021, 12, 31), "ende_genauigkeit": "jahr", "begruendung": "läuft gut", "aufwand": 48000.0,
            "ertrag": 41000.0, "eigenanteil": 7000.0, "vzae": 0.5, "beschreibung": "Worum", "zielgruppe": "Azubis",
            "partner": ["IHK", "Jobcenter", "VHS"], "indikator": "Kurse", "zielwert": "3", "istwert_w": 12.0,
            "istwert_m": None, "istwert_gesamt": 12.5, "istwert_zaehlt": None, "teilnehmende": 40, "zielzahl": 3.0,
            "einheit_ziel": None, "sozialraum": None, "vorlage_nr": None, "beschluss_am": None, "wirkung": None,
            "wirkung_grund": None, "teilnehmende_w": None, "teilnehmende_m": None, "teilnehmende_von": None,
            "teilnehmende_bis": None,
            "nicht_erhoben": ["istwert_m"],
            "naechste_schritte": "weiter so", "prioritaet": "Quick-win", "bemerkung": None, "titel_norm": "angebotezeigen",
            "personenangabe": [], "beispieldaten": False, "quelle_id": "massnahmen", "blatt": "Alle", "zeile": 2,
            "fundstelle": "Alle!A2", "datei": "massnahmen/status.xlsx", "datenstand": STAND,
        }  # fmt: skip
        assert set(gelesen) - {"datei", "kommune"} <= {
            *SPALTEN_MASSNAHME, *SPALTEN_STEUERUNG, "konzept", "handlungsfeld", "leitziel", "status",
                                                      "datenstand", "fundstelle", "beispieldaten"}  # fmt: skip

    def test_partners_are_split_on_line_breaks_too(self, read: Leser) -> None:
        assert read.zeile("Partner", "IHK\nCaritas; VHS")["partner"] == ["IHK", "Caritas", "VHS"]

    def test_time_of_one_column_fills_begin_and_end(self, read: Leser) -> None:
        z = read.zeile("Laufzeit", "2018–2021")
        assert (z["beginn"], z["ende"], z["ende_genauigkeit"]) == (date(2018, 1, 1), date(2021, 12, 31), "jahr")
        z = read.zeile("Laufzeit", "fortlaufend")
        assert (z["beginn"], z["ende"], z["ende_genauigkeit"]) == (None, None, "offen")

    @pytest.mark.parametrize(
        ("betrag", "wert"), [("1.234,50 €", 1234.5), ("€ 500", 500.0), ("12.000,- €", 12000.0), (0, 0.0)]
    )
    def test_amounts_of_money(self, read: Leser, betrag: Any, wert: float) -> None:
        assert read.zeile("Aufwand", betrag)["aufwand"] == wert

    def test_comments_of_cells_are_kept_without_their_author(self, read: Leser) -> None:
        def comment(blatt: Any) -> None:
            blatt["D2"].comment = Comment("Anna Beispiel:\nFörderung endet", "Anna Beispiel")

        z = read.zeile("Anmerkung", "siehe Bericht", comment)
        assert z["bemerkung"] == "siehe Bericht | Förderung endet"

    def test_remark_is_the_reason_unless_there_is_a_column_for_it(self, read: Leser) -> None:
        assert read.zeile("Bemerkung", "x")["begruendung"] == "x"
        e = read({"Arbeit": [[*KOPF, "Bemerkung", "Begründung"], [*ZEILE, "b", "g"]]})
        (z,) = e.massnahmen.to_pylist()
        assert (z["begruendung"], z["bemerkung"]) == ("g", "b")

    def test_ideas_are_kept_as_such(self, read: Leser) -> None:
        e = read({"Arbeit": [KOPF, ["9", "Einfall", None, "Ideenspeicher", STAND], ZEILE]})
        assert [z["art"] for z in e.massnahmen.to_pylist()] == ["idee", "massnahme"]

    def test_own_headers_and_own_words_of_a_source(self, read: Leser) -> None:
        reihen = [["Kürzel", "Maßnahme", "Verantwortlich", "Status", "Stand"], ["1.1", "A", "Amt", "rollt", STAND]]
        e = read({"Arbeit": reihen}, spalten={"massnahme_nr": "Kürzel"}, status={"laufend": "rollt"})
        assert [z["status"] for z in e.massnahmen.to_pylist()] == ["laufend"]


class TestNummer:
    def nummern(self, e: Massnahmeneinlesung) -> list[str]:
        return [z["massnahme_nr"] for z in e.massnahmen.to_pylist()]

    def test_text_stays_text(self, read: Leser) -> None:
        assert self.nummern(read({"Arbeit": [KOPF, ["1.10", *ZEILE[1:]]]})) == ["1.10"]

    def test_format_with_two_decimals_shows_what_was_meant(self, read: Leser) -> None:
        def format_cells(blatt: Any) -> None:
            blatt["A2"].number_format = "0.00"

        assert self.nummern(read({"Arbeit": [KOPF, [1.1, *ZEILE[1:]]]}, format_cells)) == ["1.10"]

    def test_lost_zero_is_restored_only_where_the_catalogue_proves_it(self, read: Leser) -> None:
        e = read({"Arbeit": [KOPF, [1.1, *ZEILE[1:]], [1.1, "Sprachkurs", *ZEILE[2:]]]})
        assert self.nummern(e) == ["1.1", "1.10"]
        (b,) = [b for b in e.befunde if b.code is Code.schluessel_ergaenzt]
        assert (b.schwere, b.zellen) == (Schwere.hinweis, ("Arbeit!A3",))
        assert self.nummern(read({"Arbeit": [KOPF, [1.1, *ZEILE[1:]]]})) == ["1.1"], "once is no proof"
        assert self.nummern(read({"Arbeit": [KOPF, [2.1, *ZEILE[1:]], [2.1, "B", *ZEILE[2:]]]})) == ["2.1", "2.1"]

    def test_title_says_which_of_the_two_lost_its_zero(self, read: Leser) -> None:
        e = read({"Arbeit": [KOPF, [1.1, "Sprachkurs im Betrieb", *ZEILE[2:]], [1.1, *ZEILE[1:]]]})
        assert self.nummern(e) == ["1.10", "1.1"]

    def test_number_that_became_a_date_is_restored_if_the_catalogue_has_it(self, read: Leser) -> None:
        e = read({"Arbeit": [KOPF, [date(2026, 10, 1), *ZEILE[1:]]]})
        assert self.nummern(e) == ["1.10"]
        assert [b.code for b in e.befunde] == [Code.schluessel_ergaenzt]


class TestBlatt:
    def test_sheet_name_is_the_field_by_code_name_or_alias(self, read: Leser) -> None:
        for name in ("S1", "Arbeit", "HF 1 Arbeit und Beschäftigung"):
            e = read({name: [KOPF, ZEILE], "S2": [KOPF, ["2.1", *ZEILE[1:]]]})
            assert [z["handlungsfeld"] for z in e.massnahmen.to_pylist()] == ["S1", "S2"]

    def test_sheet_name_cut_at_31_characters_is_still_the_field(self) -> None:
        assert feld_von(KONZEPTE.konzepte[0], "Bildung und Sprache in Kinderta") == "S2"
        assert feld_von(KONZEPTE.konzepte[0], "Bildung und") is None

    def test_title_rows_headings_totals_and_footnotes_are_no_measures(self, read: Leser) -> None:
        reihen = [["Maßnahmenblatt 2020"], [], ["erstellt von der Koordinierungsstelle"], KOPF, ["Arbeit"], ZEILE, [],
                  ["Summe", None, None, "1 laufend"], ["* Angaben der Träger"], ["Ansprechpartner:", "Amt 50"]]  # fmt: skip
        e = read({"Tabelle1": reihen})
        assert [z["handlungsfeld"] for z in e.massnahmen.to_pylist()] == ["S1"]
        assert (e.bilanz.gelesen, e.bilanz.uebernommen, e.bilanz.ausserhalb, e.bilanz.abgewiesen) == (5, 1, 4, 0)

    def test_header_with_line_breaks_hyphens_and_two_rows(self, read: Leser) -> None:
        def merge_cells(blatt: Any) -> None:
            blatt.merge_cells("F1:H1")
            for s in "ABCDE":
                blatt.merge_cells(f"{s}1:{s}2")

        kopf = ["Lfd.\nNr.", "Maß-\nnahme", "Feder-\nführung", "Status", "Stand", "Ist"]
        e = read({"Arbeit": [kopf, [None] * 5 + ["Frauen", "Männer", "gesamt"], [*ZEILE, 5, 7, 12]]}, merge_cells)
        (z,) = e.massnahmen.to_pylist()
        assert (z["istwert_w"], z["istwert_m"], z["istwert_gesamt"]) == (5.0, 7.0, 12.0)

    def test_label_merged_over_rows_counts_for_all_of_them(self, read: Leser) -> None:
        def merge_cells(blatt: Any) -> None:
            for s in "CF":
                blatt.merge_cells(f"{s}2:{s}3")

        reihen = [[*KOPF, "Handlungsfeld"], [*ZEILE, "Arbeit"], ["1.10", "B", None, "laufend", STAND]]
        e = read({"Alle": reihen}, merge_cells)
        felder = [(z["handlungsfeld"], z["verantwortlich"]) for z in e.massnahmen.to_pylist()]
        assert felder == [("S1", "Koordinierungsstelle")] * 2

    def test_day_in_the_title_counts_where_no_column_has_it(self, read: Leser) -> None:
        e = read({"Arbeit": [["Stand: 31.12.2020"], KOPF[:4], ZEILE[:4]]})
        assert [z["stand"] for z in e.massnahmen.to_pylist()] == [STAND]

    def test_sheets_of_other_kinds_are_left_out(self, read: Leser) -> None:
        e = read(
            {
                "Anleitung": [["So geht's"]],
                "Arbeit": [KOPF, ZEILE],
                "Prüfprotokoll": [["x"]],
                "Listen": [["y"]],
                "Leer": [],
            }
        )
        assert (len(e.massnahmen), e.befunde) == (1, [])

    def test_repeated_header_and_hidden_rows(self, read: Leser) -> None:
        def hide(blatt: Any) -> None:
            blatt.row_dimensions[4].hidden = True

        e = read({"Arbeit": [KOPF, ZEILE, KOPF, ["1.10", *ZEILE[1:]]]}, hide)
        assert (len(e.massnahmen), e.bilanz.ausserhalb) == (2, 1)
        assert [b.code for b in e.befunde] == [Code.verborgen]


class TestVorlagen:
    KOPF = ("Vorlage Nr.", "Datum", "Titel", "Vereinbarkeit mit dem\nIntegrationskonzept", "Begründung")

    @pytest.mark.parametrize("name", ["Vorlagen", "Ratsvorlagen"])
    def test_papers_are_read_with_their_assessment(self, read: Leser, name: str) -> None:
        e = read({"Arbeit": [KOPF, ZEILE], name: [[*self.KOPF], ["2020/12", "15.03.2020", "Satzung", "Neutral", None]]})
        (v,) = e.vorlagen.to_pylist()
        assert (v["vorlage_nr"], v["datum"], v["vereinbarkeit"]) == ("2020/12", date(2020, 3, 15), "neutral")
        assert e.befunde == []

    def test_every_fault_of_a_paper_names_its_cell(self, read: Leser) -> None:
        reihen = [
            self.KOPF,
            ["1", "15.03.2020", "A", "positiv"],
            ["1", "2020", None, "so lala"],
            ["2", None, "B", None],
        ]
        e = read({"Arbeit": [KOPF, ZEILE], "Vorlagen": reihen})
        zellen = sorted(b.zellen[0] for b in e.befunde if b.schwere is Schwere.fehler)
        assert zellen == [f"Vorlagen!{z}" for z in ("A3", "B3", "B4", "C3", "D3", "D4")]


def colour(blatt: Any) -> None:
    blatt["F2"].fill = PatternFill("solid", fgColor="FFFF0000")


def merge_nummer(blatt: Any) -> None:
    blatt.merge_cells("A2:A3")


def eins(spalte: str, wert: Any) -> list[Reihe]:
    return [[*KOPF, spalte], [*ZEILE, wert]]


def mit(stelle: int, wert: Any) -> list[Reihe]:
    return [KOPF, [*ZEILE[:stelle], wert, *ZEILE[stelle + 1 :]]]


FEHLER = Schwere.fehler
FEHLGRIFFE: list[tuple[str, list[Reihe], Code, str, str, dict[str, Any]]] = [
    ("unknown status", mit(3, "umgesezt"), Code.wort_unbekannt, "D2", "»abgeschlossen«", {}),
    ("percent as status", mit(3, "80 %"), Code.wort_unbekannt, "D2", "»80 %«", {}),
    ("status forgotten", mit(3, None), Code.pflichtfeld, "D2", "der Status", {}),
    ("day forgotten", mit(4, None), Code.pflichtfeld, "E2", "der Stand", {}),
    ("status in the column of days", mit(4, "laufend"), Code.datum, "E2", "ist ein Status", {}),
    ("title forgotten", mit(1, None), Code.pflichtfeld, "B2", "der Titel", {}),
    ("number forgotten", mit(0, None), Code.pflichtfeld, "A2", "die Nummer", {}),
    ("number became an unknown date", mit(0, date(2026, 5, 7)), Code.datum, "A2", "'7.5", {}),
    ("middle of a year", eins("Beginn", "Mitte 2021"), Code.datum, "F2", "2. Quartal 2021", {}),
    ("year of two digits", eins("Ende", "12/21"), Code.datum, "F2", "12/2021", {}),
    ("begin in the column of ends", eins("Ende", "ab 2022"), Code.datum, "F2", "kein Ende", {}),
    ("end in the column of begins", eins("Beginn", "bis 2022"), Code.datum, "F2", "kein Beginn", {}),
    ("words for money", eins("Aufwand", "ca. 5 T€"), Code.zahl, "F2", "ca. 5 T€", {}),
    ("ambiguous point", eins("VZÄ", "1,234.5"), Code.zahl, "F2", "1,234.5", {}),
    ("half a participant", eins("TN", "12,5"), Code.zahl, "F2", "ist keine Anzahl", {}),
    ("negative participants", eins("TN", -3), Code.zahl, "F2", "ist negativ", {}),
    ("both sexes in one cell", eins("Ist gesamt", "7 w / 5 m"), Code.zahl, "F2", "7 w / 5 m", {}),
    ("unknown colour", eins("Ampel", "orange"), Code.wort_unbekannt, "F2", "die Ampel", {"ampel_schema": "massnahmen"}),
    ("colours without a scheme", eins("Ampel", "rot"), Code.layout, "F1", "ampel_schema", {}),
    ("error value", eins("Aufwand", "#REF!"), Code.fehlerwert, "F2", "#REF!", {}),
    ("formula never computed", eins("Eigenanteil", "=A1*2"), Code.formel_ohne_wert, "F2", "=A1*2", {}),
    ("other town", eins("Kommune", "Neuss"), Code.schluessel_unbekannt, "F2", "Neuss", {}),
    ("other concept", eins("Konzept", "k_2025"), Code.schluessel_unbekannt, "F2", "k_2025", {}),
    ("unknown kind", eins("Art", "Projektidee?"), Code.wort_unbekannt, "F2", "die Art", {}),
    ("two columns for one thing", eins("Projekt", "P"), Code.spalte_doppelt, "F1", "titel", {}),
    ("column missing", [KOPF[:4], ZEILE[:4]], Code.spalte_fehlt, "A1", "Stand", {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reihen", "code", "zelle", "worte", "mehr"), [f[1:] for f in FEHLGRIFFE], ids=[f[0] for f in FEHLGRIFFE]
)
def test_every_usual_mistake_is_an_error_that_names_sheet_and_cell(
    reihen: list[Reihe], code: Code, zelle: str, worte: str, mehr: dict[str, Any], read: Leser
) -> None:
    b = read.fund(reihen, code, **mehr)
    assert b.schwere is FEHLER
    assert (b.zellen[0], f'Blatt "Arbeit", Zelle {zelle}' in b.text()) == (f"Arbeit!{zelle}", True), b.text()
    assert worte in b.text()
    assert b.erwartet


def test_faulty_rows_are_set_aside_and_counted(read: Leser) -> None:
    e = read({"Arbeit": [KOPF, ZEILE, ["1.10", "B", "Amt", "umgesezt", STAND]]})
    assert (e.bilanz.gelesen, e.bilanz.uebernommen, e.bilanz.abgewiesen) == (2, 1, 1)


def test_lesser_faults_are_warnings_with_their_cell(read: Leser) -> None:
    b = read.fund(eins("Ampel", None), Code.pflichtfeld, colour, ampel_schema="massnahmen")
    assert (b.schwere, b.zellen) == (Schwere.warnung, ("Arbeit!F2",))
    b = read.fund(eins("Leitziel", "Weltfrieden"), Code.schluessel_unbekannt)
    assert (b.schwere, b.zellen) == (Schwere.warnung, ("Arbeit!F2",))
    b = read.fund(eins("Zielgrupe", "Azubis"), Code.spalte_ungelesen)
    assert (b.schwere, b.zellen, b.vorschlag) == (Schwere.hinweis, ("Arbeit!F1",), "Zielgruppe")


def test_measure_over_two_rows_is_an_error(read: Leser) -> None:
    b = read.fund([KOPF, ZEILE, [None, "und weiter", "Amt", "laufend", STAND]], Code.zeile_doppelt, merge_nummer)
    assert b.zellen == ("Arbeit!A3",)


def test_sheet_of_a_field_without_header_is_an_error_any_other_a_warning(read: Leser) -> None:
    e = read({"Arbeit": [KOPF, ZEILE], "S2": [["Notizen"]], "Diagramme": [["x"]]})
    assert [(b.code, b.schwere) for b in e.befunde] == [(Code.kopfzeile, FEHLER), (Code.kopfzeile, Schwere.warnung)]


def test_workbook_without_measures_and_unknown_concept_are_refused(read: Leser) -> None:
    with pytest.raises(LieferungAbgewiesen, match="kein Blatt enthält eine Maßnahme"):
        read({"Notizen": [["x"]]})
    with pytest.raises(LieferungAbgewiesen, match=r"k_2019.*k_2018"):
        read({"Arbeit": [KOPF, ZEILE]}, konzept="k_2019")
