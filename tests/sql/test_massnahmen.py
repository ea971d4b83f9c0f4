"""Every check of measures finds its fault, says where, and leaves the sound neighbour alone.

Here belong the statements below sql/pruefungen/lieferungen/massnahme; door and marts are tested in test_massnahmen_marts.py.
"""

from datetime import date
from pathlib import Path

import pytest

from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.foundation.check_files import DOOR_CHECKS, check_names
from pipelines.foundation.findings import Befund, Code, Schwere
from tests.lib.massnahmen import ALLE, HEUTE, STAND, VOR, Stadt, row


@pytest.fixture
def stadt(tmp_path: Path) -> Stadt:
    return Stadt(tmp_path)


def funde(e: Ergebnis, name: str) -> list[Befund]:
    return [b for b in e.befunde if b.code.value == name]


def fund(e: Ergebnis, name: str, schwere: Schwere, zelle: str, *worte: str) -> Befund:
    """The one finding of this check, with its severity, first cell and words."""
    gefunden = funde(e, name)
    assert len(gefunden) == 1, [b.text() for b in e.befunde]
    b = gefunden[0]
    assert (b.schwere, b.zellen[0]) == (schwere, f"M!{zelle}"), b.text()
    assert 'Blatt "M", Zelle' in b.text()
    for wort in worte:
        assert wort in b.text(), b.text()
    assert e.pruefungen is not None
    assert e.pruefungen[name] is False
    return b


FEHLER, WARNUNG, HINWEIS = Schwere.fehler, Schwere.warnung, Schwere.hinweis


def test_every_check_has_a_code() -> None:
    assert set(check_names(DOOR_CHECKS / "massnahme")) == {p.name for p in load_massnahmen_checks()}
    assert all(Code(name) for name in check_names(DOOR_CHECKS / "massnahme"))


def test_sound_sheet_passes_every_check(stadt: Stadt) -> None:
    e = stadt.deliver(*ALLE)
    assert [b.text() for b in e.befunde] == []
    assert (e.angenommen, e.zahlen, e.bilanz.uebernommen) == (True, 3, 3)
    assert e.pruefungen == dict.fromkeys(check_names(DOOR_CHECKS / "massnahme"), True)
    assert e.lieferung.datenstand == STAND


class TestPruefungen:
    def test_verantwortlich_fehlt(self, stadt: Stadt) -> None:
        e = stadt.deliver(*ALLE[:2], row("2.1", Verantwortlich=None), row("9", "Idee", Verantwortlich=None))
        fund(e, "verantwortlich_fehlt", FEHLER, "D4", "2.1", "keine verantwortliche Stelle")
        assert not e.angenommen

    def test_name_in_place_of_a_role_is_a_warning(self, stadt: Stadt) -> None:
        e = stadt.deliver(*ALLE[:2], row("2.1", Verantwortlich="Anna Beispiel"))
        fund(e, "verantwortlich_fehlt", WARNUNG, "D4", "anscheinend eine Person")
        assert e.angenommen

    @pytest.mark.parametrize("status", ["nicht begonnen", "verschoben", "entfällt"])
    def test_grund_fehlt(self, stadt: Stadt, status: str) -> None:
        e = stadt.deliver(*ALLE[:2], row("2.1", status, Begründung=None))
        fund(e, "grund_fehlt", FEHLER, "G4", "ohne Begründung")
        assert funde(stadt.deliver(*ALLE[:2], row("2.1", status, Begründung="keine Mittel")), "grund_fehlt") == []

    def test_planned_begin_is_reason_enough_but_not_for_what_was_dropped(self, stadt: Stadt) -> None:
        assert funde(stadt.deliver(row("1.1", "verschoben", Beginn="III/2021")), "grund_fehlt") == []
        assert len(funde(stadt.deliver(row("1.1", "verschoben", Beginn="2019")), "grund_fehlt")) == 1
        assert len(funde(stadt.deliver(row("1.1", "entfallen", Beginn="2021")), "grund_fehlt")) == 1

    def test_istwert_fehlt(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1", "laufend", **{"Ist w": None, "Ist m": None}), row("1.2", "erledigt"), row("2.1"))
        fund(e, "istwert_fehlt", WARNUNG, "G2", "1.1, 1.2", "keinen Istwert")
        e = stadt.deliver(row("1.1", "laufend", **{"Ist w": 12, "Ist m": None, "Ist gesamt": 20}), *ALLE[1:])
        fund(e, "istwert_fehlt", WARNUNG, "H2", "nicht für Frauen und Männer getrennt")
        for werte in ({"Ist w": 12, "Ist m": 9}, {"Ist gesamt": "nicht erhoben"}):
            assert funde(stadt.deliver(row("1.1", "laufend", **werte)), "istwert_fehlt") == []

    def test_katalog_unvollstaendig(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1"), row("1.3", Maßnahme="Sprachkurs"), row("7"))
        texte = [b.was for b in funde(e, "katalog_unvollstaendig")]
        assert [t.partition(": ")[2] for t in texte] == ["2.1", "7 »Titel 7«", "1.3 heißt dort 1.2"]
        assert {b.schwere for b in funde(e, "katalog_unvollstaendig")} == {WARNUNG}
        e = stadt.deliver(*ALLE[:2], row("2.1", Handlungsfeld="S1"))
        fund(e, "katalog_unvollstaendig", WARNUNG, "A4", "2.1 in S1 statt S2")

    def test_measures_of_another_file_of_the_same_day_complete_the_catalogue(self, stadt: Stadt) -> None:
        stadt.deliver(row("2.1"), datei="bildung.xlsx")
        assert funde(stadt.deliver(*ALLE[:2], datei="arbeit.xlsx"), "katalog_unvollstaendig") == []

    def test_stand_veraltet(self, stadt: Stadt) -> None:
        alt = [z | {"Stand": date(2019, 11, 30)} for z in ALLE]
        fund(stadt.deliver(*alt, schreiben=False), "stand_veraltet", WARNUNG, "F2", "30.11.2019", "18 Monate")
        assert funde(stadt.deliver(*alt, schreiben=False, veraltet_nach_monaten=24), "stand_veraltet") == []
        fund(
            stadt.deliver(*ALLE, fruehestens="2021-01-01"), "stand_veraltet", WARNUNG, "F2", "vor dem Berichtszeitraum"
        )
        assert funde(stadt.deliver(*alt, datei="alt.xlsx"), "stand_veraltet") == [], "there is a newer state"

    def test_stand_zukunft(self, stadt: Stadt) -> None:
        morgen = [z | {"Stand": date(2021, 6, 2)} for z in ALLE]
        fund(stadt.deliver(*morgen), "stand_zukunft", FEHLER, "F2", "02.06.2021 liegt in der Zukunft")
        heute = [z | {"Stand": HEUTE} for z in ALLE]
        assert funde(stadt.deliver(*heute), "stand_zukunft") == []
        fund(
            stadt.deliver(*heute, spaetestens="2021-05-31"), "stand_zukunft", FEHLER, "F2", "nach dem Berichtszeitraum"
        )

    def test_status_uebergang(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "abgeschlossen", VOR, Begründung="x"), datei="2019.xlsx")
        e = stadt.deliver(row("1.1", "laufend", Begründung=None))
        fund(e, "status_uebergang", WARNUNG, "E2", "war am 31.12.2019 abgeschlossen (massnahmen/2019.xlsx, M!A2)")
        for zeile in (
            row("1.1", "laufend", Begründung="neue Förderung"),
            row("1.1", "verstetigt"),
            row("1.1", "erledigt"),
        ):
            assert funde(stadt.deliver(zeile), "status_uebergang") == []

    def test_step_back_of_a_renumbered_measure_within_one_file_is_found(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1", "laufend", VOR), row("1.5", "geplant", Maßnahme="Angebote zeigen"))
        fund(e, "status_uebergang", WARNUNG, "E3", "M!A2")

    def test_geld_rechnet_nicht(self, stadt: Stadt) -> None:
        geld = {"Aufwand": 48000, "Ertrag": 41000}
        b = fund(stadt.deliver(row("1.1", **geld, Eigenanteil=8000)), "geld_rechnet_nicht", FEHLER, "I2",
                 "48.000,00 € − 41.000,00 € = 7.000,00 €")  # fmt: skip
        assert b.vorschlag == "7.000,00 €, wenn Aufwand und Ertrag stimmen"
        for zeile in (
            row("1.1", **geld, Eigenanteil=7000),
            row("1.1", **geld),
            row("1.1", Aufwand=0.3, Ertrag=0.1, Eigenanteil=0.2),
        ):
            assert funde(stadt.deliver(zeile), "geld_rechnet_nicht") == []

    @pytest.mark.parametrize(
        ("zaehlt", "w", "m_", "gesamt", "schwere", "worte"),
        [
            ("Personen", 12, 9, 20, FEHLER, "Frauen 12 und Männer 9 sind zusammen 21, insgesamt ist 20 eingetragen"),
            ("Personen", 12, 9, 99, WARNUNG, "insgesamt ist 99"),
            (None, 12, 9, 99, WARNUNG, "insgesamt ist 99"),
            ("Personen", 12, 8.5, 21, FEHLER, "gezählt sind Personen, eingetragen ist 8,5"),
            ("Personen", 12, 9, 21, None, ""),
            ("Personen", 12, 9, 22, None, ""),  # one person of neither sex
            (None, 52.5, 48, 50, None, ""),  # shares of women, men and all
            ("Sachen", 1.5, 1, 2.5, None, ""),
        ],
    )
    def test_istwert_rechnet_nicht(
        self, stadt: Stadt, zaehlt: str | None, w: float, m_: float, gesamt: float, schwere: Schwere | None, worte: str
    ) -> None:
        werte = {"Ist Frauen": w, "Ist Männer": m_, "Ist gesamt": gesamt, "Istwert zählt": zaehlt}
        gefunden = funde(stadt.deliver(row("1.1", **werte)), "istwert_rechnet_nicht")
        assert [b.schwere for b in gefunden][:1] == ([schwere] if schwere else [])
        assert all(worte in b.text() for b in gefunden[:1])

    def test_a_number_that_stands_twice_is_told_in_german(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1"), row("1.1"))
        assert not any("uniqueness" in b.text() for b in e.befunde)
        assert sum(b.code is Code.schema for b in e.befunde) <= 1

    def test_handlungsfeld_unbekannt(self, stadt: Stadt) -> None:
        b = fund(
            stadt.deliver(row("1.1", Handlungsfeld="Arbeit u. Beschäftigung")), "handlungsfeld_unbekannt", FEHLER, "C2"
        )
        assert b.vorschlag == "»Arbeit und Beschäftigung« (S1), wenn das gemeint ist"
        assert "S1 Arbeit und Beschäftigung, S2 Bildung, SQ1 Gleichstellung" in b.erwartet
        assert funde(stadt.deliver(row("1.1", Handlungsfeld="arbeit & Beschäftigung")), "handlungsfeld_unbekannt") == []

    def test_field_left_empty_is_that_of_the_catalogue(self, stadt: Stadt) -> None:
        stadt.deliver(row("2.1", Handlungsfeld=None))
        assert stadt.massnahmen()["2.1", STAND]["handlungsfeld"] == "S2"

    def test_personenangabe(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1", Begründung="Frau Muster ist krank, Tel. 02552 925-390"), vorlagen=[
            ["1", "01.02.2020", "T", "positiv", "Herr Muster"]])  # fmt: skip
        texte = [(b.zellen[0], b.was) for b in funde(e, "personenangabe")]
        assert texte == [
            ("M!G2", "Maßnahme 1.1: die Begründung enthält anscheinend: Anrede mit Namen, Telefonnummer"),
            ("Vorlagen!E2", "Vorlage 1: die Begründung enthält anscheinend: Anrede mit Namen"),
        ]
        assert not any("Muster" in b.text() for b in e.befunde)
        assert funde(stadt.deliver(row("1.1", Begründung="Frauen fehlen")), "personenangabe") == []

    def test_teilnehmende_klein(self, stadt: Stadt) -> None:
        fund(stadt.deliver(row("1.1", TN=4)), "teilnehmende_klein", HINWEIS, "G2", "unter 5")
        fund(stadt.deliver(row("1.1", **{"Ist m": 2})), "teilnehmende_klein", HINWEIS, "G2")
        for n in (0, 5):
            assert funde(stadt.deliver(row("1.1", TN=n)), "teilnehmende_klein") == []

    def test_massnahme_doppelt(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1"), row("1.2"), row("1.1", Maßnahme="Anderes"))
        b = fund(e, "massnahme_doppelt", FEHLER, "A4", "2 Mal: »Angebote zeigen«, »Anderes«")
        assert b.zellen == ("M!A4", "M!A2")
        assert funde(stadt.deliver(row("1.1"), row("1.1", stand=VOR)), "massnahme_doppelt") == []

    def test_zeit_verdreht(self, stadt: Stadt) -> None:
        fund(stadt.deliver(row("1.1", Beginn="2021", Ende="2020")), "zeit_verdreht", FEHLER, "H2", "31.12.2020")
        fund(stadt.deliver(row("1.1", Laufzeit="2021–2019")), "zeit_verdreht", FEHLER, "G2")
        assert funde(stadt.deliver(row("1.1", Beginn="2020", Ende="I/2020")), "zeit_verdreht") == []

    def test_vergangenheit_geaendert(self, stadt: Stadt) -> None:
        stadt.deliver(row("1.1", "laufend", VOR, TN=40), datei="2019.xlsx")
        e = stadt.deliver(row("1.1", "geplant", VOR, TN=40), row("1.1"), datei="2020.xlsx")
        fund(e, "vergangenheit_geaendert", HINWEIS, "A2", "2019.xlsx, M!A2 ab: Status früher laufend, jetzt geplant")
        e = stadt.deliver(row("1.1", "geplant", VOR, TN=40), datei="2021.xlsx")
        assert funde(e, "vergangenheit_geaendert") == []

    def test_source_may_change_the_severity(self, stadt: Stadt) -> None:
        e = stadt.deliver(row("1.1", Verantwortlich=None), pruefungen={"verantwortlich_fehlt": "warnung"})
        fund(e, "verantwortlich_fehlt", WARNUNG, "D2")
        assert e.angenommen
