"""Measures behind the checks: what is stored, what the door hides, what the marts count and which changes they list.

Long because one literal town of measures is asked what its store, door and marts make of it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from schemas.tabellen.massnahme import EINGANG_MASSNAHME
from schemas.validate import als_pandas, check_pandas
from schemas.words.massnahmen import STATUS
from tests.lib.massnahmen import ALLE, HEUTE, NEBEN, STAND, VOR, Stadt, Zeile, row


@pytest.fixture
def stadt(tmp_path: Path) -> Stadt:
    return Stadt(tmp_path)


Published = Callable[[Sequence[Zeile]], list[Zeile]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """What the mart makes of rows of one sheet, in their order, each a measure of its own; the same rows are delivered once."""
    seen: dict[str, list[Zeile]] = {}

    def deliver(zeilen: Sequence[Zeile]) -> list[Zeile]:
        if repr(zeilen) not in seen:
            stadt = Stadt(tmp_path_factory.mktemp("stadt"))
            e = stadt.deliver(*(z | {"Nr.": f"9.{n}", "Maßnahme": f"Titel {n}"} for n, z in enumerate(zeilen, start=1)))
            assert e.angenommen, [b.text() for b in e.fehler]
            marts = stadt.massnahmen()
            seen[repr(zeilen)] = [marts[f"9.{n}", STAND] for n in range(1, len(zeilen) + 1)]
        return seen[repr(zeilen)]

    return deliver


OVERDUE: tuple[tuple[str, str, str | None, bool, str | None], ...] = (
    ("laufend", "30.12.2020", "grün", True, "gelb"), ("laufend", "30.12.2020", None, True, "gelb"),
    ("laufend", "30.12.2020", "rot", True, "rot"), ("laufend", "31.12.2020", "grün", False, "gruen"),
    ("laufend", "fortlaufend", None, False, None), ("erledigt", "2019", "grün", False, "gruen"),
    ("entfallen", "2019", None, False, None), ("Idee", "2019", None, False, None),
)  # fmt: skip
# Women, men, all, participants, what of them is shown, why something is not.
GROUPS: tuple[tuple[Any, Any, Any, Any, tuple[Any, ...], list[str]], ...] = (
    (20, 30, 50, 60, (20, 30, 50, 60), []),
    (4, 30, 34, 60, (None, None, 34, 60), ["geheim"]),
    (4, 30, None, None, (None, 30, None, None), ["geheim"]),
    (4, 30, None, 34, (None, None, None, 34), ["geheim"]),
    (30, None, 33, 60, (None, None, 33, 60), ["geheim"]),
    (1, 2, 3, 3, (None, None, None, None), ["geheim"]),
    (0, 3, 3, 60, (None, None, None, 60), ["geheim"]),
    (0, 30, 30, 0, (0, 30, 30, 0), []),
    (45.5, 2.5, None, 60, (45.5, 2.5, None, 60), []),
)
COUNTED = (
    ("Unterzeichneter Vertrag", "Sachen", "sachen", 1.0),
    ("Beschlossenes Konzept", "sachen", "sachen", 1.0),
    ("Teilnehmende am Runden Tisch", "Personen", "personen", None),
    # Words decide nothing: these looked like things, and the last two are persons.
    ("Unterzeichneter Vertrag", None, "unbekannt", None),
    ("Ausbildungsverträge", None, "unbekannt", None),
    ("Vermittelte in Projekte", None, "unbekannt", None),
)


class TestAblage:
    def test_faulty_sheet_is_refused_as_a_whole_and_the_last_good_one_stays(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "laufend"))
        e = stadt.deliver(row("1.1", "erledigt"), row("1.2", "fast fertig"))
        assert (e.angenommen, e.bilanz.uebernommen, e.bilanz.abgewiesen) == (False, 0, 2)
        assert {k: z["status"] for k, z in stadt.massnahmen().items()} == {("1.1", STAND): "laufend"}

    def test_checking_alone_stores_nothing(self, stadt: Stadt) -> None:
        assert stadt.deliver(*ALLE, schreiben=False).angenommen
        assert stadt.massnahmen() == {}

    def test_stored_rows_fit_the_vocabulary(self, stadt: Stadt) -> None:
        stadt.deliver(*ALLE)
        (datei,) = stadt.ablage.quelle("eingang", "massnahme")
        rahmen = als_pandas(EINGANG_MASSNAHME, pq.read_table(datei).to_pandas())
        assert check_pandas(EINGANG_MASSNAHME, rahmen) == []

    def test_an_old_version_that_comes_back_counts_again(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "geplant"))
        stadt.deliver(row("1.1", "begonnen"))
        stadt.nummer = 0
        stadt.deliver(row("1.1", "geplant"))
        assert stadt.massnahmen()["1.1", STAND]["status"] == "geplant"


class TestMassnahme:
    def test_all_fields_reach_the_mart(self, stadt: Stadt) -> None:
        werte = {"Inhalt": "I", "Zielgruppe": "Z", "Partner": "A, B", "Laufzeit": "2018–2021", "VZÄ": "0,5", "Aufwand": 9,
                 "Ertrag": 4, "Eigenanteil": 5, "Indikator": "X", "Zielwert": "50", "Ist w": 20, "Ist m": 30, "Ist gesamt": 50,
                 "TN": 60, "TN w": 25, "TN m": 35, "TN Zeitraum": 2020, "Einheit der Zielzahl": "Personen", "Sozialraum": "Nord",
                 "Beruht auf Vorlage": "1/2018", "Beschluss vom": "01.03.2018", "Bewertung der Wirkung": "teilweise",
                 "Begründung der Wirkung": "w",
                 "Ampel": "grün", "Begründung": "b", "Ausblick": "weiter",
                 "Priorität": "Quick-win", "Anmerkung": "a"}  # fmt: skip
        stadt.deliver(row("1.1", "laufend", **werte), beispiel=True)
        (z,) = stadt.build("massnahme")["massnahme"]
        leer = [k for k, w in z.items() if w is None]
        assert leer == ["leitziel"]
        assert (z["partner"], z["hinweise"], z["beispieldaten"], z["stand_letzter"]) == (["A", "B"], [], True, True)
        assert (z["risiko"], z["risiko_abgeleitet"], z["ueberfaellig"], z["veroeffentlichung"]) == (
            "gruen",
            "gruen",
            False,
            "v",
        )

    @pytest.mark.parametrize("fall", OVERDUE)
    def test_what_ended_before_its_day_is_overdue_and_at_least_yellow(
        self, published: Published, fall: tuple[str, str, str | None, bool, str | None]
    ) -> None:
        zeilen = [row("9", status, Ende=ende, Ampel=ampel, Begründung="x") for status, ende, ampel, *_ in OVERDUE]
        z = published(zeilen)[OVERDUE.index(fall)]
        _, _, ampel, spaet, risiko = fall
        assert (z["ueberfaellig"], z["risiko_abgeleitet"]) == (spaet, risiko)
        assert z["risiko"] == {"grün": "gruen", "rot": "rot", None: None}[ampel], "the given light stays"

    @pytest.mark.parametrize("fall", GROUPS)
    def test_small_groups_are_hidden_with_what_gives_them_away(
        self, published: Published, fall: tuple[Any, Any, Any, Any, tuple[Any, ...], list[str]]
    ) -> None:
        def komma(wert: Any) -> Any:
            return str(wert).replace(".", ",") if isinstance(wert, float) else wert

        spalten = ("Ist w", "Ist m", "Ist gesamt", "TN")
        zeilen = [row("9", **{s: komma(w) for s, w in zip(spalten, fall[:4], strict=True)}) for fall in GROUPS]
        z = published(zeilen)[GROUPS.index(fall)]
        assert tuple(z[k] for k in ("istwert_w", "istwert_m", "istwert_gesamt", "teilnehmende")) == fall[4]
        assert z["hinweise"] == fall[5]

    def test_texts_that_point_to_a_person_are_not_published(self, stadt: Stadt) -> None:
        stadt.deliver(
            row("1.1", "verschoben", Begründung="Herr Muster fehlt", Ausblick="weiter", Verantwortlich="Anna Beispiel")
        )
        z = stadt.massnahmen()["1.1", STAND]
        assert (z["begruendung"], z["verantwortlich"], z["naechste_schritte"]) == (None, None, "weiter")
        assert (z["begruendet"], z["hinweise"]) == (True, ["personenangabe"])

    def test_of_several_states_only_the_latest_is_marked(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", stand=VOR), row("1.2", stand=VOR), datei="2019.xlsx")
        stadt.deliver(row("1.1"), datei="2020.xlsx")
        assert {k for k, z in stadt.massnahmen().items() if z["stand_letzter"]} == {("1.1", STAND)}


class TestFortschritt:
    def felder(self, stadt: Stadt) -> dict[tuple[str, date], Zeile]:
        zeilen = stadt.build("handlungsfeld_fortschritt")["handlungsfeld_fortschritt"]
        return {(z["handlungsfeld"], z["stand"]): z for z in zeilen}

    def test_every_field_and_day_has_a_row_and_missing_measures_are_counted_as_such(self, stadt: Stadt) -> None:
        stadt.deliver(
            row("1.1", "erledigt"),
            row("9", "Idee"),
            row("1.1", stand=VOR),
            row("1.2", stand=VOR),
            row("2.1", stand=VOR),
        )
        z = self.felder(stadt)
        assert set(z) == {(f, s) for f in ("S1", "S2", "SQ1") for s in (VOR, STAND)}, "a Leitlinie is no field"
        s1 = z["S1", STAND]
        assert (s1["massnahmen"], s1["abgeschlossen"], s1["ohne_angabe"], s1["ideen"]) == (2, 1, 1, 1)
        assert (s1["anteil_umgesetzt"], s1["anteil_begonnen"], s1["status"], s1["hinweise"]) == (
            0.5,
            0.5,
            "ok",
            ["keine_daten"],
        )
        s2, sq = z["S2", STAND], z["SQ1", STAND]
        assert (s2["massnahmen"], s2["ohne_angabe"], s2["anteil_umgesetzt"], s2["status"]) == (
            1,
            1,
            None,
            "keine_daten",
        )
        assert (sq["massnahmen"], sq["anteil_umgesetzt"], sq["status"]) == (0, None, "nicht_bewertbar")
        assert (z["S1", VOR]["geplant"], z["S1", VOR]["anteil_begonnen"], z["S1", VOR]["hinweise"]) == (2, 0.0, [])

    def test_counts_of_all_statuses_add_up_to_the_measures(self, stadt: Stadt) -> None:
        worte = [s for s in STATUS if s != "idee"]
        stadt.deliver(*(row(f"1.{n}", s.replace("_", " "), Begründung="x") for n, s in enumerate(worte, start=1)))
        z = self.felder(stadt)["S1", STAND]
        assert [z[s] for s in worte] == [1] * 8
        assert z["massnahmen"] == sum(z[s] for s in (*worte, "ohne_angabe")) == 8
        assert (z["anteil_umgesetzt"], z["anteil_begonnen"]) == (1 / 8, 4 / 8)

    def test_overdue_measures_and_missing_reasons_are_counted(self, stadt: Stadt) -> None:
        milde = {"pruefungen": {"grund_fehlt": "hinweis"}}
        stadt.deliver(
            row("1.1", "laufend", Ende="2019"),
            row("1.2", "entfallen"),
            row("2.1", "verschoben", Beginn="2021"),
            **milde,
        )
        z = self.felder(stadt)
        assert (z["S1", STAND]["ueberfaellig"], z["S1", STAND]["ohne_begruendung"]) == (1, 1)
        assert (z["S2", STAND]["ueberfaellig"], z["S2", STAND]["ohne_begruendung"]) == (0, 0)

    def test_a_renumbered_measure_is_one(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1"), row("1.7", "erledigt", Maßnahme="Sprachkurs"), row("2.1"))
        z = self.felder(stadt)["S1", STAND]
        assert (z["massnahmen"], z["ohne_angabe"], z["anteil_umgesetzt"]) == (2, 0, 1 / 2)

    def test_what_ran_and_was_put_off_has_begun(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "laufend", VOR), row("1.2", "geplant", VOR), row("1.1", "verschoben", Begründung="x"),
                      row("1.2", "verschoben", Begründung="x"))  # fmt: skip
        z = self.felder(stadt)["S1", STAND]
        assert (z["verschoben"], z["anteil_begonnen"]) == (2, 1 / 2)

    def test_a_dropped_measure_stays_in_the_denominator(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "erledigt"), row("1.2", "entfallen", Begründung="x"))
        assert self.felder(stadt)["S1", STAND]["anteil_umgesetzt"] == 1 / 2

    def test_overdue_is_measured_against_today_too(self, stadt: Stadt) -> None:
        # Sheet of 31.12.2020, today 01.06.2021: due in March, not yet overdue on the sheet, overdue now.
        stadt.deliver(row("1.1", "laufend", VOR, Ende="03/2021"), row("1.1", "laufend", Ende="03/2021"), row("1.2"))
        z = self.felder(stadt)
        assert (z["S1", STAND]["ueberfaellig"], z["S1", STAND]["ueberfaellig_heute"]) == (0, 1)
        assert z["S1", VOR]["ueberfaellig_heute"] == 0
        assert z["S1", STAND]["ausgewertet_am"] == HEUTE


class TestIstwertArt:
    @pytest.mark.parametrize("fall", COUNTED)
    def test_only_the_sheet_says_that_things_are_counted(
        self, published: Published, fall: tuple[str, str | None, str, float | None]
    ) -> None:
        zeilen = [
            row("9", "laufend", Indikator=indikator, **{"Istwert gesamt": 1, "Istwert zählt": zaehlt})
            for indikator, zaehlt, *_ in COUNTED
        ]
        z = published(zeilen)[COUNTED.index(fall)]
        assert (z["istwert_art"], z["istwert_gesamt"]) == fall[2:]

    def test_women_and_men_are_persons_whatever_the_sheet_says(self, stadt: Stadt) -> None:
        stadt.deliver(
            row("1.1", "laufend", **{"Istwert w": 3, "Istwert m": 9, "Istwert gesamt": 12, "Istwert zählt": "Sachen"})
        )
        z = stadt.massnahmen()["1.1", STAND]
        assert (z["istwert_art"], z["istwert_w"]) == ("personen", None)

    def test_another_word_is_told_and_never_guessed(self, stadt: Stadt) -> None:
        ergebnis = stadt.deliver(row("1.1", "laufend", **{"Istwert gesamt": 1, "Istwert zählt": "Verträge"}))
        assert [b.was for b in ergebnis.befunde if b.code.value == "wort_unbekannt"] == [
            "was der Istwert zählt »Verträge« ist unbekannt"
        ]


class TestAenderung:
    def test_first_state_changes_nothing(self, stadt: Stadt) -> None:
        stadt.deliver(*ALLE)
        assert stadt.aenderungen() == []

    def test_new_gone_and_retitled_measures(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", stand=VOR), row("1.2", stand=VOR), row("1.1", Maßnahme="Angebote zeigen!"), row("1.3"))
        assert stadt.aenderungen() == [("1.2", "entfallen_aus_blatt", "geplant", None), ("1.3", "neu", None, "geplant")]

    def test_other_title_under_the_same_number(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", stand=VOR), row("1.1", Maßnahme="Angebote bündeln"))
        assert stadt.aenderungen() == [("1.1", "titel_geaendert", "Angebote zeigen", "Angebote bündeln")]

    def test_renumbered_measure_is_neither_new_nor_gone(self, stadt: Stadt) -> None:
        stadt.deliver(
            row("1.1", stand=VOR),
            row("1.2", stand=VOR),
            row("1.2", Maßnahme="ANGEBOTE zeigen"),
            row("1.3", Maßnahme="Sprachkurs"),
        )
        assert stadt.aenderungen() == [("1.2", "umnummeriert", "1.1", "1.2"), ("1.3", "umnummeriert", "1.2", "1.3")]

    def test_step_back_is_listed_with_its_reason(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "erledigt", VOR), row("1.1", "laufend", Begründung="neue Förderung"))
        (z,) = stadt.build("massnahme_aenderung")["massnahme_aenderung"]
        assert (z["art"], z["vorher"], z["nachher"], z["begruendung"]) == (
            "status_zurueck", "abgeschlossen", "laufend", "neue Förderung")  # fmt: skip

    def test_running_measure_that_becomes_permanent_is_no_step_back(self, stadt: Stadt) -> None:
        stadt.deliver(
            row("1.1", "erledigt", VOR), row("1.2", "laufend", VOR), row("1.1", "verstetigt"), row("1.2", "verstetigt")
        )
        assert stadt.aenderungen() == []

    def test_later_file_corrects_a_past_state_and_both_deliveries_are_named(self, stadt: Stadt) -> None:
        alt = stadt.deliver(row("1.1", "laufend", VOR, Aufwand=500), datei="2019.xlsx").lieferung.lieferung_id
        neu = stadt.deliver(row("1.1", "geplant", VOR, Aufwand=700), datei="2019_neu.xlsx").lieferung.lieferung_id
        (z,) = stadt.build("massnahme_aenderung")["massnahme_aenderung"]
        assert (z["art"], z["stand"], z["vorher"], z["nachher"]) == (
            "korrektur", VOR, "Status: laufend; Aufwand: 500", "Status: geplant; Aufwand: 700")  # fmt: skip
        assert (z["lieferung_vorher"], z["lieferung_id"]) == (alt, neu)
        assert stadt.massnahmen()["1.1", VOR]["status"] == "geplant", "the newest counts"

    def test_edited_file_corrects_its_own_earlier_version(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "laufend"), row("1.2"))
        stadt.deliver(row("1.1", "erledigt"))
        assert stadt.aenderungen() == [
            ("1.1", "korrektur", "Status: laufend", "Status: abgeschlossen"),
            ("1.2", "korrektur", "Status: geplant", "Zeile gestrichen"),
        ]
        assert set(stadt.massnahmen()) == {("1.1", STAND)}, "a row taken out of its file is gone"

    def test_hidden_small_counts_do_not_show_in_corrections(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", TN=3))
        stadt.deliver(row("1.1", TN=4))
        assert stadt.aenderungen() == []
        stadt.deliver(row("1.1", TN=12))
        assert stadt.aenderungen() == [("1.1", "korrektur", "Teilnehmende: leer", "Teilnehmende: 12")]


def test_papers_reach_their_mart_in_the_newest_version(stadt: Stadt) -> None:
    stadt.deliver(
        *ALLE, vorlagen=[["2020/1", "01.02.2020", "A", "positiv", None], ["2020/2", "01.03.2020", "B", "negativ", "c"]]
    )
    stadt.deliver(
        row("1.1"), datei="neu.xlsx", vorlagen=[["2020/1", "01.02.2020", "A", "neutral", "Herr Muster bat darum"]]
    )
    zeilen = stadt.build("vorlage")["vorlage"]
    gelesen = [(z["vorlage_nr"], z["vereinbarkeit"], z["begruendung"], z["hinweise"]) for z in zeilen]
    assert gelesen == [("2020/1", "neutral", None, ["personenangabe"]), ("2020/2", "negativ", "c", [])]


def test_every_mart_is_empty_without_deliveries(stadt: Stadt) -> None:
    assert stadt.build() == {
        n: [] for n in ("massnahme", "handlungsfeld_fortschritt", "massnahme_aenderung", "vorlage", *NEBEN)
    }


def test_a_paper_of_the_concept_stands_with_its_effects_and_a_sheets_judgement_joins_it(stadt: Stadt) -> None:
    stadt.deliver(row("1.1"), vorlagen=[["1/2020", "01.02.2020", "Anderer Titel", "positiv", None]])
    papier = {
        "titel": "Konzept",
        "art": "mitteilung",
        "datum": date(2020, 1, 5),
        "personell": "nein",
        "herkunft": "Rat",
    }
    zeilen = stadt.build(
        "vorlage", papiere=({**papier, "vorlage_nr": "1/2020"}, {**papier, "vorlage_nr": "2/2020", "datum": None})
    )["vorlage"]
    spalten = (
        "vorlage_nr",
        "datum",
        "titel",
        "auswirkung_finanziell",
        "auswirkung_personell",
        "vereinbarkeit",
        "status",
    )
    assert [tuple(z[s] for s in spalten) for z in zeilen] == [
        ("1/2020", date(2020, 1, 5), "Konzept", None, "nein", "positiv", "ok"),
        ("2/2020", None, "Konzept", None, "nein", None, "nicht_erhoben"),
    ]
