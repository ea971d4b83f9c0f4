"""Sheets and columns under other names, missing or set aside: nothing is lost without a word, and no fault is told twice."""

from datetime import date
from typing import Any

import pytest

from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.foundation.findings import Schwere
from tests.lib.massnahmen import Stadt
from tests.spec.massnahmen.test_ausgefuellte_mappe import MAPPE, deliver, mit, stadt  # noqa: F401

Mappe = dict[str, list[dict[str, Any]]]


def texte(e: Ergebnis, schwere: Schwere) -> list[str]:
    return [b.text() for b in e.befunde if b.schwere is schwere]


def umbenannt(blatt: str, alt: str, neu: str) -> Mappe:
    """The workbook with one column under another header."""
    return {**MAPPE, blatt: [{neu if k == alt else k: w for k, w in z.items()} for z in MAPPE[blatt]]}


@pytest.mark.parametrize(("spalte", "wert"), [("Zielzahl", "vierzig"), ("Status", "läuft"), ("Stand", "demnächst")])
def test_what_belongs_to_a_measure_with_a_fault_is_not_told_as_strange(stadt: Stadt, spalte: str, wert: str) -> None:  # noqa: F811
    mappe, _ = mit(MAPPE, "Arbeit", spalte, wert)
    e = deliver(stadt, mappe)
    assert len(texte(e, Schwere.fehler)) == 1
    assert not [b for b in e.befunde if "gibt es in dieser Mappe nicht" in b.text() or "des Katalogs" in b.text()]


def test_a_paper_whose_row_has_a_fault_is_known_all_the_same(stadt: Stadt) -> None:  # noqa: F811
    mappe, _ = mit(MAPPE, "Vorlagen", "Vereinbarkeit", "gut")
    assert [b.code.value for b in deliver(stadt, mappe).befunde] == ["wort_unbekannt"]


def test_where_a_sheet_of_measures_is_not_read_nothing_is_told_as_strange(stadt: Stadt) -> None:  # noqa: F811
    mappe = {**MAPPE, "Arbeit": [{k: w for k, w in z.items() if k != "Status"} for z in MAPPE["Arbeit"]]}
    mappe["Bildung"] = [MAPPE["Arbeit"][2]]
    assert [b.code.value for b in deliver(stadt, mappe).befunde] == ["spalte_fehlt"]


def test_the_same_year_in_two_sheets_is_told_once_and_in_words_of_the_sheet(stadt: Stadt) -> None:  # noqa: F811
    e = deliver(stadt, {**MAPPE, "Finanzen": MAPPE["Haushalt"][:1]})
    (fehler,) = texte(e, Schwere.fehler)
    assert "das Haushaltsjahr 2020 der Maßnahme 1.1 steht 2 Mal" in fehler
    assert "lieferung_id" not in fehler


@pytest.mark.parametrize(("blatt", "tabelle"), [
    ("Haushalt", "massnahme_haushalt"), ("Meilensteine", "massnahme_meilenstein"), ("Anpassungen", "massnahme_anpassung"),
    ("Vorlagen", "vorlage"),
])  # fmt: skip
def test_a_known_sheet_under_another_name_is_read_by_its_headers(stadt: Stadt, blatt: str, tabelle: str) -> None:  # noqa: F811
    e = deliver(stadt, {("Tabelle 7" if k == blatt else k): z for k, z in MAPPE.items()})
    assert e.angenommen
    (hinweis,) = [b.text() for b in e.befunde]
    assert f"das Blatt »Tabelle 7« ist nach seinen Überschriften als »{blatt}« gelesen" in hinweis
    assert len(stadt.build()[tabelle]) == len(MAPPE[blatt])


def test_a_sheet_whose_name_promises_something_else_is_read_by_its_headers(stadt: Stadt) -> None:  # noqa: F811
    mappe = {k: z for k, z in MAPPE.items() if k not in ("Haushalt", "Meilensteine")}
    e = deliver(stadt, {**mappe, "Meilensteine": MAPPE["Haushalt"]})
    assert (e.angenommen, len(stadt.build()["massnahme_haushalt"])) == (True, 2)


def test_an_amount_under_an_unknown_header_is_a_warning_that_names_the_known_one(stadt: Stadt) -> None:  # noqa: F811
    (b,) = deliver(stadt, umbenannt("Haushalt", "Aufwand Ist", "Ausgaben")).befunde
    assert (b.schwere, b.vorschlag) == (Schwere.warnung, "Aufwand Ist")
    assert "die Spalte »Ausgaben« ist unbekannt und wird nicht gelesen" in b.text()


def test_a_column_that_the_delivery_before_had_is_missed(stadt: Stadt) -> None:  # noqa: F811
    deliver(stadt, MAPPE)
    e = deliver(stadt, umbenannt("Haushalt", "Aufwand Ist", "Ausgaben"))
    (text,) = [b.text() for b in e.befunde if b.code.value == "angabe_verschwunden"]
    assert (
        "die Spalte »Aufwand Ist« gibt es nicht mehr (Haushalt); die vorige Lieferung (massnahmen/status.xlsx)" in text
    )
    assert "hatte darin 1 Wert" in text
    assert "»Ausgaben«" in text


def test_a_sheet_that_the_delivery_before_had_is_missed(stadt: Stadt) -> None:  # noqa: F811
    deliver(stadt, MAPPE)
    ohne = {k: z for k, z in MAPPE.items() if k != "Meilensteine"}
    (text,) = texte(deliver(stadt, ohne), Schwere.warnung)
    assert "die Mappe hat kein Blatt »Meilensteine« mehr" in text
    assert "hatte darin 2 Zeilen" in text
    deliver(stadt, MAPPE)
    (text,) = texte(
        deliver(stadt, {**MAPPE, "Meilensteine": [dict.fromkeys(MAPPE["Meilensteine"][0])]}), Schwere.warnung
    )
    assert "das Blatt »Meilensteine« ist leer" in text


def test_a_sheet_of_measures_that_the_delivery_before_had_is_missed(stadt: Stadt) -> None:  # noqa: F811
    zwei = {**MAPPE, "Arbeit": MAPPE["Arbeit"][:2], "Bildung": MAPPE["Arbeit"][2:]}
    deliver(stadt, zwei)
    texte_ = texte(deliver(stadt, {k: z for k, z in zwei.items() if k != "Bildung"}), Schwere.warnung)
    assert any("kein Blatt »Bildung« mehr" in t and "1 Maßnahme, keine davon" in t for t in texte_)
    assert not [t for t in texte(deliver(stadt, MAPPE), Schwere.warnung) if "kein Blatt" in t], "moved to another sheet"


def test_what_an_earlier_day_had_in_another_file_is_missed_too(stadt: Stadt) -> None:  # noqa: F811
    frueher = {**MAPPE, "Arbeit": [{**z, "Stand": date(2019, 12, 31)} for z in MAPPE["Arbeit"]]}
    frueher["Haushalt"] = [{**z, "Haushaltsjahr": 2019 - i} for i, z in enumerate(MAPPE["Haushalt"])]
    frueher["Anpassungen"] = [{**MAPPE["Anpassungen"][0], "Datum": date(2019, 3, 15)}]
    deliver(stadt, frueher, "status_2019.xlsx")
    ohne = {k: z for k, z in MAPPE.items() if k != "Haushalt"}
    (text,) = [
        b.text() for b in deliver(stadt, ohne, "status_2020.xlsx").befunde if b.code.value == "angabe_verschwunden"
    ]
    assert "kein Blatt »Haushalt« mehr; die vorige Lieferung (massnahmen/status_2019.xlsx)" in text
