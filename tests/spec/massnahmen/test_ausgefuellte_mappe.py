"""A filled measure workbook: sound it comes back without a complaint and answers what a measure cost, whom it reached and what
came of it; with any typical mistake of fehler.yaml it gives a message that names sheet and cell.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.utils import get_column_letter

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.massnahmen.ingest import ingest_massnahmen
from pipelines.foundation.findings import LieferungAbgewiesen, Schwere
from pipelines.stamm.quellen.massnahmen import Massnahmenquelle
from pipelines.stamm.quellen.time_label import IN_DER_DATEI
from tests.lib.massnahmen import HEUTE, KONZEPTE, QUELLE, Stadt

STAND = date(2020, 12, 31)
GEBIETE = {"01": "Nord", "02": "Süd"}
FAELLE = yaml.safe_load((Path(__file__).parent / "fehler.yaml").read_text(encoding="utf-8"))
ZEILE = {
    "Nr.": "1.1", "Maßnahme": "Angebote zeigen", "Handlungsfeld": "S1", "Verantwortlich": "Amt 50", "Status": "laufend",
    "Ampel": "grün", "Stand": STAND, "Beginn": "2019", "Ende": "fortlaufend", "Indikator": "Teilnahmen", "Zielwert": "25",
    "Zielzahl": 25, "Einheit der Zielzahl": "Personen", "Ist Frauen": 12, "Ist Männer": 9, "Ist gesamt": 21,
    "Istwert zählt": "Personen", "Teilnehmende": 21, "Teilnehmende Frauen": 12, "Teilnehmende Männer": 9,
    "Zeitraum der Teilnehmenden": 2020, "Bewertung der Wirkung": "teilweise",
    "Begründung der Wirkung": "Zwei von drei Kursen fanden statt.", "Sozialraum": "Nord",
    "Beruht auf Vorlage": "1/2019", "Beschluss vom": date(2019, 3, 15), "VZÄ": 1.5, "Aufwand": 48000, "Ertrag": 41000,
    "Eigenanteil": 7000,
}  # fmt: skip
ANDERE = {"Verantwortlich": "Amt 50", "Status": "geplant", "Stand": STAND}
MAPPE: dict[str, list[dict[str, Any]]] = {
    "Arbeit": [
        ZEILE,
        {**ANDERE, "Nr.": "1.2", "Maßnahme": "Sprachkurs", "Handlungsfeld": "S1"},
        {**ANDERE, "Nr.": "2.1", "Maßnahme": "Bücherei", "Handlungsfeld": "Bildung"},
    ],
    "Haushalt": [
        {"Nr.": "1.1", "Haushaltsjahr": 2020, "Aufwand Plan": 50000, "Aufwand Ist": 48000, "Ertrag Plan": 41000,
         "Ertrag Ist": 41000, "Mittelherkunft": "Land, Programm KIM", "Förderende": date(2022, 12, 31), "VZÄ befristet": 1,
         "VZÄ unbefristet": 0.5},
        {"Nr.": "1.1", "Haushaltsjahr": 2021, "Aufwand Plan": 52000, "Aufwand Ist": None, "Ertrag Plan": 41000},
    ],
    "Meilensteine": [
        {"Nr.": "1.1", "Meilenstein": "Erster Kurs beginnt", "geplant bis": "III/2019", "erreicht am": "15.10.2019"},
        {"Nr.": "1.1", "Meilenstein": "Zweiter Kurs beginnt", "geplant bis": "2020", "erreicht am": None},
    ],
    "Anpassungen": [
        {"Nr.": "1.1", "Datum": date(2020, 3, 15), "Gremium": "Lenkungsgruppe", "Anpassung": "Zielgruppe um Eltern erweitert",
         "Begründung": "Bedarf aus den Kursen"},
    ],
    "Vorlagen": [
        {"Vorlage Nr.": "1/2019", "Datum": date(2019, 2, 1), "Titel": "Angebote", "Vereinbarkeit": "positiv", "Begründung": None},
    ],
}  # fmt: skip


def deliver(stadt: Stadt, mappe: dict[str, list[dict[str, Any]]], datei: str = "status.xlsx") -> Ergebnis:
    """Deliver a workbook of these sheets; a row's missing columns are empty cells."""
    buch = openpyxl.Workbook()
    buch.remove(buch.worksheets[0])
    for name, zeilen in mappe.items():
        blatt = buch.create_sheet(name)
        blatt.append([*zeilen[0]])
        for z in zeilen:
            blatt.append([z.get(k) for k in zeilen[0]])
    pfad = stadt.ordner / "massnahmen" / datei
    pfad.parent.mkdir(exist_ok=True)
    buch.save(pfad)
    stadt.nummer += 1
    li = Lieferung("k", "massnahmen", "massnahmen", pfad, IN_DER_DATEI, IN_DER_DATEI, f"{stadt.nummer:064d}", "f")
    quelle = Massnahmenquelle.model_validate(QUELLE)
    try:
        return ingest_massnahmen(stadt.ablage, "k", KONZEPTE, quelle, li, True, heute=HEUTE, gebiete=GEBIETE)
    except LieferungAbgewiesen as grund:
        pytest.fail(str(grund))


def mit(mappe: dict[str, list[dict[str, Any]]], blatt: str, spalte: str, wert: Any, zeile: int = 2) -> tuple[Any, str]:
    """The workbook with one cell changed, and that cell's address."""
    assert spalte in mappe[blatt][0], (blatt, spalte)
    neu = [dict(z) for z in mappe[blatt]]
    neu[zeile - 2][spalte] = wert
    return {**mappe, blatt: neu}, f"{blatt}!{get_column_letter([*mappe[blatt][0]].index(spalte) + 1)}{zeile}"


@pytest.fixture
def stadt(tmp_path: Path) -> Stadt:
    return Stadt(tmp_path)


def test_a_filled_workbook_comes_back_without_a_complaint(stadt: Stadt) -> None:
    e = deliver(stadt, MAPPE)
    assert (e.angenommen, [b.text() for b in e.befunde]) == (True, [])


def test_there_are_thirty_typical_mistakes_and_each_gives_a_message_of_its_own() -> None:
    assert len(FAELLE) >= 30
    assert len({f["findet"] for f in FAELLE}) >= len(FAELLE) - 2


@pytest.mark.parametrize("fall", FAELLE, ids=lambda f: f["fall"])
def test_a_typical_mistake_is_told_with_sheet_and_cell(stadt: Stadt, fall: dict[str, Any]) -> None:
    mappe, zelle = mit(MAPPE, fall["blatt"], fall["spalte"], fall["wert"], fall.get("zeile", 2))
    for weitere in [fall["dazu"]] if "dazu" in fall else []:
        mappe, _ = mit(mappe, weitere["blatt"], weitere["spalte"], weitere["wert"])
    stelle = fall.get("stelle", zelle)
    if "!" not in stelle:
        _, stelle = mit(mappe, fall["blatt"], stelle, None)
    e = deliver(stadt, mappe)
    treffer = [b for b in e.befunde if fall["findet"] in b.text()]
    assert len(treffer) == 1, [b.text() for b in e.befunde]
    assert treffer[0].zellen[0] == stelle
    blatt, _, adresse = stelle.partition("!")
    assert re.search(rf'Blatt "{blatt}", Zellen? {adresse}\b', treffer[0].text())
    assert treffer[0].schwere is Schwere(fall.get("schwere", "fehler"))
    if "vorschlag" in fall:
        assert treffer[0].vorschlag == fall["vorschlag"]
    # One slip gives one error: nothing else is wrong with the workbook.
    fehler = [b.text() for b in e.befunde if b.schwere is Schwere.fehler]
    assert len(fehler) == fall.get("fehler", int(treffer[0].schwere is Schwere.fehler)), fehler
    assert e.angenommen is (not fehler)


def test_the_marts_answer_what_it_cost_whom_it_reached_and_what_came_of_it(stadt: Stadt) -> None:
    deliver(stadt, MAPPE)
    marts = stadt.build()
    (z,) = [m for m in marts["massnahme"] if m["massnahme_nr"] == "1.1"]
    assert (z["kosten"], z["teilnehmende"], z["teilnehmende_w"], z["teilnehmende_m"]) == (48000.0, 21, 12, 9)
    assert z["kosten_je_teilnehmende"] == pytest.approx(48000 / 21)
    assert z["zielerreichung"] == pytest.approx(21 / 25)
    assert (z["wirkung"], z["wirkung_grund"]) == ("teilweise", "Zwei von drei Kursen fanden statt.")
    assert (z["gebiet_id"], z["vorlage_nr"], z["beschluss_am"]) == ("01", "1/2019", date(2019, 3, 15))
    haushalt = {h["jahr"]: h for h in marts["massnahme_haushalt"]}
    assert (haushalt[2020]["abweichung"], haushalt[2020]["ausschoepfung"]) == (-2000.0, 0.96)
    assert (haushalt[2021]["abweichung"], haushalt[2021]["status"], haushalt[2021]["hinweise"]) == (
        None,
        "ok",
        ["nicht_erhoben"],
    )
    meilensteine = {n["meilenstein"]: (n["status"], n["verzug_tage"]) for n in marts["massnahme_meilenstein"]}
    assert meilensteine == {
        "Erster Kurs beginnt": ("erreicht", 15), "Zweiter Kurs beginnt": ("ueberfaellig", (HEUTE - STAND).days),
    }  # fmt: skip
    genau = {n["meilenstein"]: n["geplant_genauigkeit"] for n in marts["massnahme_meilenstein"]}
    assert genau == {"Erster Kurs beginnt": "quartal", "Zweiter Kurs beginnt": "jahr"}
    assert [(a["gremium_name"], a["anpassung"]) for a in marts["massnahme_anpassung"]] == [
        ("Lenkungsgruppe", "Zielgruppe um Eltern erweitert")]  # fmt: skip


def test_without_an_amount_in_its_row_a_measure_costs_what_its_budget_says(stadt: Stadt) -> None:
    mappe = MAPPE
    for spalte in ("Aufwand", "Ertrag", "Eigenanteil"):
        mappe, _ = mit(mappe, "Arbeit", spalte, None)
    deliver(stadt, mappe)
    kosten = {z["massnahme_nr"]: z["kosten"] for z in stadt.build()["massnahme"]}
    assert kosten == {"1.1": 48000.0, "1.2": None, "2.1": None}


def build_costs(
    stadt: Stadt, haushalt: dict[int, float | None], aufwand: float | None, zeitraum: Any
) -> dict[str, Any]:
    """The measure 1.1 with these amounts by budget year, in its row, and this time of its participants."""
    zeile = {**ZEILE, "Stand": STAND, "Aufwand": aufwand, "Ertrag": None, "Eigenanteil": None,
             "Zeitraum der Teilnehmenden": zeitraum}  # fmt: skip
    jahre = [{"Nr.": "1.1", "Haushaltsjahr": j, "Aufwand Ist": ist, "Bemerkung": "b"} for j, ist in haushalt.items()]
    e = deliver(stadt, {**MAPPE, "Arbeit": [zeile, *MAPPE["Arbeit"][1:]], "Haushalt": jahre})
    assert e.angenommen, [b.text() for b in e.befunde]
    (z,) = [m for m in stadt.build("massnahme")["massnahme"] if m["massnahme_nr"] == "1.1"]
    return {**z, "gemeldet": [b.code.value for b in e.befunde]}


@pytest.mark.parametrize(
    ("haushalt", "aufwand", "zeitraum", "kosten", "je", "gemeldet"),
    [
        # What the budget says counts by year; the row fills the year of the state alone.
        ({2019: 18500, 2020: 39700}, None, "2019–2020", (58200, 2019, 2020, 2), 58200 / 21, []),
        ({2019: 18500}, 39700, "2019–2020", (58200, 2019, 2020, 2), 58200 / 21, ["geld_zweimal"]),
        ({2019: 18500, 2020: 39700}, 39700, "2019–2020", (58200, 2019, 2020, 2), 58200 / 21, ["geld_zweimal"]),
        ({2018: 100, 2020: 200}, None, "2020", (300, 2018, 2020, 2), 200 / 21, []),
        # Money and persons of different or unknown times give no ratio.
        ({2019: 18500, 2020: 39700}, None, None, (58200, 2019, 2020, 2), None, ["zeitraum_teilnehmende"]),
        ({2019: 18500}, None, None, (18500, 2019, 2019, 1), None, ["zeitraum_teilnehmende"]),
        ({2019: 18500, 2020: 39700}, None, "2018–2020", (58200, 2019, 2020, 2), None, ["zeitraum_teilnehmende"]),
        ({2019: 18500, 2020: 39700}, None, "03/2019–2020", (58200, 2019, 2020, 2), None, []),
        ({2020: 39700}, None, "2020", (39700, 2020, 2020, 1), 39700 / 21, []),
        ({}, 39700, None, (39700, 2020, 2020, 1), 39700 / 21, []),
        ({2020: None}, None, None, (None, None, None, None), None, []),
    ],
)  # fmt: skip
def test_costs_name_their_years_and_are_set_against_persons_of_the_same_years(
    stadt: Stadt, haushalt: dict[int, float | None], aufwand: float | None, zeitraum: Any, kosten: tuple[Any, ...],
    je: float | None, gemeldet: list[str],
) -> None:  # fmt: skip
    z = build_costs(stadt, haushalt or {2021: None}, aufwand, zeitraum)
    assert (z["kosten"], z["kosten_von"], z["kosten_bis"], z["kosten_jahre"]) == kosten
    assert z["kosten_je_teilnehmende"] == (None if je is None else pytest.approx(je))
    assert z["gemeldet"] == gemeldet


def test_meetings_beside_participants_are_meetings_and_protected_where_they_are_few(stadt: Stadt) -> None:
    unbeachtet = ("istwert_fehlt", "vergangenheit_geaendert", "angabe_verschwunden")

    def istwert(zahl: int) -> tuple[dict[str, Any], list[str]]:
        zeile = {**ZEILE, "Ist Frauen": None, "Ist Männer": None, "Ist gesamt": zahl, "Istwert zählt": "Sachen",
                 "Zielzahl": 20, "Einheit der Zielzahl": "Treffen"}  # fmt: skip
        e = deliver(stadt, {**MAPPE, "Arbeit": [zeile, *MAPPE["Arbeit"][1:]]})
        (z,) = [m for m in stadt.build("massnahme")["massnahme"] if m["massnahme_nr"] == "1.1"]
        return z, [b.code.value for b in e.befunde if b.code.value not in unbeachtet]

    z, gemeldet = istwert(18)
    assert (z["istwert_art"], z["istwert_gesamt"], z["teilnehmende"], z["teilnehmende_w"]) == ("sachen", 18, 21, 12)
    assert gemeldet == []
    z, gemeldet = istwert(3)
    assert (z["istwert_art"], z["istwert_gesamt"], z["teilnehmende"], z["teilnehmende_w"]) == ("sachen", None, 21, 12)
    assert (z["hinweise"], gemeldet) == (["geheim"], ["istwert_zaehlt_widerspruch", "teilnehmende_klein"])


def test_few_women_among_the_participants_are_shown_in_no_figure(stadt: Stadt) -> None:
    mappe = MAPPE
    for spalte, wert in (("Teilnehmende Frauen", 2), ("Teilnehmende Männer", 19)):
        mappe, _ = mit(mappe, "Arbeit", spalte, wert)
    deliver(stadt, mappe)
    (z,) = [m for m in stadt.build()["massnahme"] if m["massnahme_nr"] == "1.1"]
    verborgen = ("teilnehmende_w", "teilnehmende_m", "istwert_w", "istwert_m")
    assert [z[s] for s in verborgen] == [None] * 4
    assert (z["teilnehmende"], "geheim" in z["hinweise"]) == (21, True)


def test_what_a_corrected_workbook_no_longer_has_is_gone(stadt: Stadt) -> None:
    deliver(stadt, MAPPE)
    deliver(
        stadt, {**MAPPE, "Haushalt": MAPPE["Haushalt"][:1], "Meilensteine": [{**MAPPE["Meilensteine"][0], "Nr.": None}]}
    )
    assert [h["jahr"] for h in stadt.build()["massnahme_haushalt"]] == [2020, 2021], "a faulty one changes nothing"
    deliver(stadt, {k: v for k, v in MAPPE.items() if k != "Haushalt"})
    marts = stadt.build()
    assert marts["massnahme_haushalt"] == []
    assert len(marts["massnahme_meilenstein"]) == 2
