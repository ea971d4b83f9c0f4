"""The report's part on measures: what has not begun and why, what changed, which report is due, all of it in words.

Long because each of the many tables of this part is held against its rows in one place.
"""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from pipelines.veroeffentlichung.bericht.kapitel import massnahmentabelle
from pipelines.veroeffentlichung.bericht.massnahmen.outcome import ANDERES
from pipelines.veroeffentlichung.bericht.massnahmen.section import load_massnahmen_part
from pipelines.veroeffentlichung.bericht.massnahmen.words import zeitpunkt
from pipelines.veroeffentlichung.bericht.query import rows_of
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import Absatz
from pipelines.veroeffentlichung.bericht.ratsvorlage.money import KEIN_HAUSHALTSJAHR, KEINE_ANGABE, build_money
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle
from schemas.tabellen.registry import TABELLEN

GEBRAUCHT = ("dim.handlungsfeld", "dim.konzept", "dim.leitziel", "dim.leitziel_indikator", "marts.beratungsfolge",
             "marts.massnahme_haushalt",
             "marts.massnahme_meilenstein", "marts.massnahme_anpassung",
             "marts.massnahme", "marts.handlungsfeld_fortschritt", "marts.massnahme_aenderung",
             "marts.berichtspflicht", "marts.vorlage", "marts.foerderung", "marts.indikator_zeitreihe")  # fmt: skip
ORT = {"kommune": "k", "konzept": "k1", "handlungsfeld": "S1", "stand": date(2021, 12, 31)}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    for name in GEBRAUCHT:
        t = TABELLEN[name]
        con.execute(f"create schema if not exists {t.schema}")
        con.execute(f"create table {name} ({', '.join(f'{s.name} {s.typ}' for s in t.spalten)})")
    lay(con, "dim.handlungsfeld", name="Arbeit", reihenfolge=1)
    yield con
    con.close()


def lay(con: duckdb.DuckDBPyConnection, tabelle: str, **werte: Any) -> None:
    namen = TABELLEN[tabelle].namen
    zeile = {k: v for k, v in (ORT | werte).items() if k in namen}
    con.execute(f"insert into {tabelle} by name select {', '.join(f'? as {k}' for k in zeile)}", list(zeile.values()))


def massnahme(con: duckdb.DuckDBPyConnection, nr: str, status: str, **mehr: Any) -> None:
    vorgabe = {"art": "massnahme", "istwert_art": "personen", "titel": f"Titel {nr}",
               "stand_letzter": True, "ueberfaellig": 0, "ueberfaellig_heute": 0,
               "beispieldaten": False}  # fmt: skip
    lay(con, "marts.massnahme", massnahme_nr=nr, status=status, **(vorgabe | mehr))


def zellen(t: Tabelle | None) -> list[tuple[Any, ...]]:
    assert t is not None
    return [r.zellen for r in t.reihen]


def test_a_municipality_without_a_concept_has_an_empty_part(con: duckdb.DuckDBPyConnection) -> None:
    assert load_massnahmen_part(con, "andere").leer


def test_what_has_not_begun_stands_with_its_reason_or_without_one(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1.1", "nicht_begonnen", begruendung="kein Angebot")
    massnahme(con, "1.2", "verschoben")
    massnahme(con, "1.3", "laufend", ueberfaellig=1, risiko="rot", beispieldaten=True)
    teil = load_massnahmen_part(con, "k")
    assert zellen(teil.ohne_beginn) == [("1.1", "Titel 1.1", "nicht begonnen", "kein Angebot"),
                                        ("1.2", "Titel 1.2", "verschoben", "ohne Begründung")]  # fmt: skip
    assert zellen(teil.massnahmen)[2][2:6] == ("Arbeit", "–", "laufend, überfällig", "rot: weicht vom Plan ab")
    assert teil.beispiel, "one invented state is enough to say so"


def test_what_ended_only_since_the_sheet_is_told_from_what_was_overdue_on_it(con: duckdb.DuckDBPyConnection) -> None:
    release = {"ausgewertet_am": date(2026, 11, 29)}
    massnahme(con, "1.1", "laufend", ueberfaellig=1, ueberfaellig_heute=1, **release)
    massnahme(con, "1.2", "laufend", ueberfaellig_heute=1, **release)
    massnahme(con, "1.3", "laufend")
    lay(
        con,
        "marts.handlungsfeld_fortschritt",
        massnahmen=3,
        laufend=3,
        ohne_begruendung=0,
        ueberfaellig=1,
        ueberfaellig_heute=2,
        **release,
    )
    teil = load_massnahmen_part(con, "k")
    assert [z[4] for z in zellen(teil.massnahmen)] == [
        "laufend, überfällig", "laufend, Ende vor dem 29.11.2026 verstrichen", "laufend"]  # fmt: skip
    assert teil.fortschritt
    assert teil.fortschritt.kopf[-2:] == ("überfällig am Stand", "Ende vor dem 29.11.2026 verstrichen")
    assert zellen(teil.fortschritt)[0][-2:] == ("1", "2")


def test_measures_without_a_field_are_counted_in_their_row_or_named_below_and_never_both(
    con: duckdb.DuckDBPyConnection,
) -> None:
    zaehlung = {"laufend": 1, "ohne_begruendung": 0, "ueberfaellig": 0, "ueberfaellig_heute": 0}
    massnahme(con, "3a", "laufend", handlungsfeld="X")
    lay(con, "marts.handlungsfeld_fortschritt", massnahmen=3, **zaehlung)
    fortschritt = load_massnahmen_part(con, "k").fortschritt
    assert fortschritt
    assert fortschritt.anmerkungen == ("Ohne Handlungsfeld und hier nicht gezählt: 1 Maßnahme.",)
    lay(con, "marts.handlungsfeld_fortschritt", handlungsfeld="-", name="ohne Handlungsfeld", massnahmen=1, **zaehlung)
    fortschritt = load_massnahmen_part(con, "k").fortschritt
    assert fortschritt
    assert fortschritt.anmerkungen == ()


def test_the_three_answers_on_papers_stand_side_by_side_for_each_day(con: duckdb.DuckDBPyConnection) -> None:
    for jahr, zaehlungen in ((2019, (1, 1, 0)), (2021, (1, 0, 1))):
        for indikator, zaehler in zip(("vor_vereinbar", "vor_neutral", "vor_negativ"), zaehlungen, strict=True):
            lay(con, "marts.indikator_zeitreihe", indikator=indikator, stichtag=date(jahr, 12, 31), wert=zaehler * 50.0,
                 zaehler=zaehler, nenner=2, einheit="prozent", status="ok", hinweise=[], beispieldaten=jahr == 2021)  # fmt: skip
    t = load_massnahmen_part(con, "k").vereinbarkeit
    assert t
    assert t.kopf == ("Stand", "eingestufte Vorlagen", "positiv", "neutral", "negativ")
    assert [[z if isinstance(z, str) else z.text for z in r] for r in zellen(t)] == [
        ["31.12.2021 (Beispieldaten)", "2", "50,0 % (1)", "0,0 % (0)", "50,0 % (1)"],
        ["31.12.2019", "2", "50,0 % (1)", "50,0 % (1)", "0,0 % (0)"],
    ]


def test_what_a_measure_reached_says_whether_persons_or_things_are_counted(con: duckdb.DuckDBPyConnection) -> None:
    werte = {"hinweise": [], "nicht_erhoben": []}
    massnahme(con, "1", "laufend", **(werte | {"indikator": "Verträge", "zielwert": "2", "istwert_art": "sachen",
              "istwert_gesamt": 1.0, "nicht_erhoben": ["istwert_w", "istwert_m"]}))  # fmt: skip
    massnahme(con, "2", "laufend", **(werte | {"indikator": "Begleitete", "istwert_art": "personen", "istwert_gesamt": 52.5,
              "istwert_w": 23.0, "istwert_m": 29.5, "teilnehmende": 52}))  # fmt: skip
    massnahme(
        con, "3", "laufend", **(werte | {"indikator": "Paare", "istwert_art": "unbekannt", "hinweise": ["geheim"]})
    )
    massnahme(con, "4", "geplant", **(werte | {"indikator": "Besuche", "istwert_art": "unbekannt"}))
    massnahme(con, "5", "geplant", **(werte | {"istwert_art": "unbekannt"}))
    t = load_massnahmen_part(con, "k").istwerte
    assert [[z if isinstance(z, str) else z.text + z.fussnote for z in r[2:]] for r in zellen(t)] == [
        ["Verträge", "Sachen", "2", "entfällt", "entfällt", "1", "–"],
        ["Begleitete", "Personen", "–", "23", "29,5", "52,5", "52"],
        ["Paare", "nicht gesagt, geschützt wie Personen", "–", "•", "•", "•", "•"],
        ["Besuche", "–", "–", "–", "–", "–", "–"],
    ]
    assert t
    assert t.anmerkungen[1] == "In einer Zeile mit einem geschützten Wert kann • auch heißen: nicht angegeben."


def test_only_the_latest_state_is_listed(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1.1", "laufend", stand=date(2019, 12, 31), stand_letzter=False)
    massnahme(con, "1.1", "abgeschlossen")
    assert [z[4] for z in zellen(load_massnahmen_part(con, "k").massnahmen)] == ["abgeschlossen"]


def test_corrections_show_what_was_before(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "marts.massnahme_aenderung", massnahme_nr="1.1", art="korrektur", vorher="geplant", nachher="laufend")
    lay(con, "marts.massnahme_aenderung", massnahme_nr="5.7", art="umnummeriert", vorher="5.2", nachher="5.7")
    massnahme(con, "1.1", "laufend")
    assert [z[2:5] for z in zellen(load_massnahmen_part(con, "k").aenderungen)] == [
        ("früherer Stand berichtigt", "geplant", "laufend"), ("neue Nummer", "5.2", "5.7")]  # fmt: skip


def test_a_duty_without_a_date_says_why_and_a_missed_one_that_it_is(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "marts.berichtspflicht", bericht="a", titel="Bericht A", nummer=1, status="nicht_bestimmbar",
         grund="Beschluss nicht bekannt", gremien=["Rat"], regel="24 Monate nach dem Beschluss")  # fmt: skip
    lay(con, "marts.berichtspflicht", bericht="b", titel="Bericht B", nummer=1, status="ueberfaellig",
         faellig_am=date(2022, 6, 30), gremien=["Rat", "Sozialausschuss"], regel="r",
         ausgewertet_am=date(2026, 11, 29))  # fmt: skip
    ueberfaellig, ohne = zellen(load_massnahmen_part(con, "k").berichte)
    assert ueberfaellig[:4] == ("Bericht B", "30.06.2022", "überfällig, keine Abgabe vermerkt", "Rat, Sozialausschuss")
    assert ohne[1:3] == ("Beschluss nicht bekannt", "Termin nicht bestimmbar")
    berichte = load_massnahmen_part(con, "k").berichte
    assert berichte
    assert berichte.anmerkungen == ("Fristen sind am 29.11.2026 gemessen, dem Tag der Auswertung.",)


@pytest.mark.parametrize(
    ("genauigkeit", "text"),
    [
        ("jahr", "2026"),
        ("quartal", "3. Quartal 2026"),
        ("monat", "September 2026"),
        ("tag", "01.09.2026"),
        (None, "01.09.2026"),
    ],
)
def test_a_date_is_never_more_exact_than_the_sheet(genauigkeit: str | None, text: str) -> None:
    assert zeitpunkt(date(2026, 9, 1), genauigkeit) == text


def test_a_missing_begin_or_end_is_not_invented(con: duckdb.DuckDBPyConnection) -> None:
    jahr = {"beginn": date(2026, 1, 1), "beginn_genauigkeit": "jahr"}
    massnahme(con, "1", "geplant", **jahr, ende_genauigkeit="offen")
    massnahme(con, "2", "geplant", **jahr, ende=date(2026, 12, 31), ende_genauigkeit="jahr")
    massnahme(con, "3", "geplant", **jahr, ende=date(2027, 6, 30), ende_genauigkeit="tag")
    massnahme(con, "4", "geplant", ende=date(2027, 6, 30))
    massnahme(con, "5", "geplant")
    zeitraeume = [z[6] for z in zellen(load_massnahmen_part(con, "k").massnahmen)]
    assert zeitraeume == ["ab 2026", "2026", "2026 bis 30.06.2027", "bis 30.06.2027", "–"]


def test_bodies_stand_with_day_and_treatment_and_a_missing_one_is_said(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "marts.beratungsfolge", vorlage_nr="-", reihenfolge=1, gremium="rat", gremium_name="Rat")
    lay(con, "marts.beratungsfolge", vorlage_nr="1/2020", vorlage_titel="Konzept", vorlagenart="mitteilung", reihenfolge=1,
         gremium="rat", gremium_name="Rat", behandlung="kenntnisnahme", termin=date(2020, 3, 4), ergebnis="vertagt")  # fmt: skip
    assert zellen(load_massnahmen_part(con, "k").beratung) == [
        ("–", "1", "Rat", "nicht erhoben", "nicht erhoben", "nicht bekannt"),
        ("Mitteilung 1/2020: Konzept", "1", "Rat", "04.03.2020", "Kenntnisnahme", "vertagt"),
    ]


def test_a_concept_says_which_of_its_parts_were_not_at_hand(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "dim.konzept", titel="Konzept", beschluss=date(2015, 1, 1), beschluss_genauigkeit="jahr", handlungsfelder=7,
         leitziele=0, katalogmassnahmen=0, nicht_erhoben=["leitziele", "massnahmen"],
         nicht_erhoben_grund="Anlage fehlt.")  # fmt: skip
    assert zellen(load_massnahmen_part(con, "k").konzepte) == [
        ("Konzept", "2015", "–", "7", "nicht erhoben", "nicht erhoben", "Leitziele, Maßnahmen: Anlage fehlt."),
    ]


def test_an_indicator_of_a_goal_that_no_source_names_is_marked_as_a_proposal(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "dim.leitziel", leitziel="S1.a", text="Arbeit finden")
    lay(con, "dim.leitziel_indikator", leitziel="S1.a", indikator_text="arb_alq", indikator="arb_alq", name="Quote",
         vorschlag=True)  # fmt: skip
    lay(con, "dim.leitziel_indikator", leitziel="S1.a", indikator_text="Zahl der Kontakte", vorschlag=False)
    assert zellen(load_massnahmen_part(con, "k").leitziele) == [
        ("S1.a", "Arbeit finden", "Zahl der Kontakte (nicht im Katalog)", "Konzept"),
        ("S1.a", "Arbeit finden", "Quote", "Vorschlag dieses Projekts"),
    ]


def words(t: Tabelle | None) -> list[tuple[str, ...]]:
    return [tuple(z if isinstance(z, str) else z.text for z in r) for r in zellen(t)]


def test_a_measure_that_counts_something_else_than_participants_does_not_say_that_nobody_asked(
    con: duckdb.DuckDBPyConnection,
) -> None:
    massnahme(con, "1.1", "laufend", indikator="Beratungen", istwert_gesamt=19.0, istwert_w=11.0, istwert_m=8.0)
    massnahme(con, "1.2", "laufend")
    ergebnis = load_massnahmen_part(con, "k").ergebnis
    assert [z[4:7] for z in words(ergebnis)] == [("–", "–", "–"), ("nicht erhoben", "nicht erhoben", "nicht erhoben")]
    assert ergebnis is not None
    assert ANDERES in ergebnis.anmerkungen


def test_each_measure_says_what_it_cost_whom_it_reached_and_what_came_of_it(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1.1", "laufend", kosten=48000.0, kosten_von=2019, kosten_bis=2020, kosten_jahre=2,
              kosten_je_teilnehmende=2285.71, teilnehmende_von=date(2019, 1, 1), teilnehmende_bis=date(2020, 12, 31),
              teilnehmende=21, teilnehmende_w=12,
              teilnehmende_m=9, zielzahl=25.0, zielerreichung=0.84, einheit_ziel="Personen", gebiet="Nord",
              wirkung="teilweise", wirkung_grund="Zwei von drei Kursen.")  # fmt: skip
    massnahme(con, "1.2", "geplant")
    massnahme(con, "1.3", "laufend", teilnehmende=30, hinweise=["geheim"], zielzahl=10.0)
    massnahme(con, "1.4", "idee", art="idee")
    massnahme(con, "1.5", "laufend", teilnehmende=45, istwert_gesamt=45.0, istwert_w=21.0, istwert_m=24.0)
    massnahme(con, "1.6", "laufend", teilnehmende=45, istwert_gesamt=90.0, istwert_w=40.0, istwert_m=50.0)
    assert words(load_massnahmen_part(con, "k").ergebnis) == [
        ("1.1", "Titel 1.1", "laufend", "48.000 € (2019–2020)", "21", "12", "9", "2.285,71 € (2019–2020)", "Nord",
         "84 % von 25 Personen",
         "teilweise: Zwei von drei Kursen."),
        ("1.2", "Titel 1.2", "geplant", "nicht erhoben", *["nicht erhoben"] * 3, "–", "–", "nicht erhoben", "nicht erhoben"),
        ("1.3", "Titel 1.3", "laufend", "nicht erhoben", "30", "•", "•", "–", "–", "Ziel 10, Istwert fehlt", "nicht erhoben"),
        # Women and men of the result are those who took part only where the same persons are counted.
        ("1.5", "Titel 1.5", "laufend", "nicht erhoben", "45", "21", "24", "–", "–", "nicht erhoben", "nicht erhoben"),
        ("1.6", "Titel 1.6", "laufend", "nicht erhoben", "45", "nicht erhoben", "nicht erhoben", "–", "–", "nicht erhoben",
         "nicht erhoben"),
    ]  # fmt: skip


def test_money_milestones_and_adjustments_stand_in_words(con: duckdb.DuckDBPyConnection) -> None:
    lay(con, "marts.massnahme_haushalt", massnahme_nr="1.1", jahr=2020, aufwand_plan=50000.0, aufwand_ist=48000.5,
         ertrag_plan=41000.0, mittelherkunft="Land", foerderende=date(2022, 12, 31), vzae_befristet=1.0,
         vzae_unbefristet=0.5, beispieldaten=False)  # fmt: skip
    lay(con, "marts.massnahme_meilenstein", massnahme_nr="1.1", meilenstein="Kurs", geplant_am=date(2020, 1, 31),
         status="ueberfaellig", verzug_tage=40, beispieldaten=True)  # fmt: skip
    lay(con, "marts.massnahme_meilenstein", massnahme_nr="1.1", meilenstein="Probe", geplant_am=date(2020, 2, 29),
         status="ueberfaellig", verzug_tage=1, beispieldaten=True)  # fmt: skip
    for n, (genau, ende) in enumerate(
        [("quartal", date(2020, 9, 30)), ("halbjahr", date(2020, 12, 31)), ("jahr", date(2021, 12, 31))]
    ):
        lay(con, "marts.massnahme_meilenstein", massnahme_nr="1.2", meilenstein=f"M{n}", geplant_am=ende,
            geplant_genauigkeit=genau, status="offen", beispieldaten=False)  # fmt: skip
    lay(con, "marts.massnahme_anpassung", massnahme_nr="1.1", datum=date(2020, 3, 15), anpassung="Eltern dazu",
         beispieldaten=False)  # fmt: skip
    teil = load_massnahmen_part(con, "k")
    assert words(teil.haushalt) == [("1.1", "2020", "50.000 € / 48.000,50 €", "41.000 € / nicht erhoben", "Land", "31.12.2022",
                                     "1 befristet, 0,50 unbefristet")]  # fmt: skip
    assert words(teil.meilensteine) == [
        ("1.1 (Beispieldaten)", "Kurs", "31.01.2020", "überfällig, 40 Tage nach dem Termin", "–"),
        ("1.1 (Beispieldaten)", "Probe", "29.02.2020", "überfällig, 1 Tag nach dem Termin", "–"),
        # As exactly as the sheet gives it.
        ("1.2", "M0", "3. Quartal 2020", "offen", "–"), ("1.2", "M1", "2. Halbjahr 2020", "offen", "–"),
        ("1.2", "M2", "2021", "offen", "–")]  # fmt: skip
    assert words(teil.anpassungen) == [("1.1", "15.03.2020", "–", "Eltern dazu", "–")]
    assert {*teil.blaetter} == {"Haushalt", "Meilensteine", "Anpassungen"}


def test_the_decision_a_measure_rests_on_stands_beside_it_where_any_names_one(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1", "begonnen", vorlage_nr="12/2024", beschluss_am=date(2024, 6, 27))
    massnahme(con, "2", "begonnen", vorlage_nr="13/2024")
    massnahme(con, "3", "begonnen")
    tabelle = load_massnahmen_part(con, "k").massnahmen
    assert tabelle is not None
    assert tabelle.kopf[-1] == "Beruht auf"
    assert [z[-1] for z in zellen(tabelle)] == ["Vorlage 12/2024, Beschluss 27.06.2024", "Vorlage 13/2024", "–"]
    con.execute("update marts.massnahme set vorlage_nr = null, beschluss_am = null")
    tabelle = load_massnahmen_part(con, "k").massnahmen
    assert tabelle is not None
    assert tabelle.kopf[-1] == "Zeitraum"


def test_a_concept_tells_its_remark_and_stands_where_no_paper_of_its_decision_is_known(
    con: duckdb.DuckDBPyConnection,
) -> None:
    lay(con, "dim.konzept", titel="Konzept K", beschluss=date(2014, 1, 1), beschluss_genauigkeit="jahr", bemerkung="Vier Felder.",
        nicht_erhoben=[])  # fmt: skip
    lay(con, "marts.beratungsfolge", vorlage_nr="-", reihenfolge=1, gremium_name="Rat", behandlung="beschluss")
    teil = load_massnahmen_part(con, "k")
    assert teil.konzepte is not None
    assert teil.konzepte.anmerkungen == ("Konzept K: Vier Felder.",)
    assert zellen(teil.beratung)[0][0] == "Konzept K (Beschluss 2014; Vorlage nicht erhoben)"


def test_costs_of_years_that_are_not_all_known_say_so(con: duckdb.DuckDBPyConnection) -> None:
    kosten = {"kosten": 300.0, "kosten_von": 2018, "kosten_bis": 2020, "kosten_jahre": 2, "teilnehmende": 21}
    massnahme(con, "1", "begonnen", **kosten)
    massnahme(con, "2", "begonnen", teilnehmende_von=date(2017, 1, 1), teilnehmende_bis=date(2020, 12, 31), **kosten)
    ergebnis = words(load_massnahmen_part(con, "k").ergebnis)
    assert [(z[3], z[7]) for z in ergebnis] == [
        ("300 € (2 Jahre aus 2018–2020)", "Zeitraum der Teilnehmenden fehlt"),
        ("300 € (2 Jahre aus 2018–2020)", "andere Jahre als die Kosten"),
    ]


def test_meetings_are_no_women_and_men_who_took_part(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1", "laufend", teilnehmende=18, istwert_gesamt=18.0, istwert_art="sachen", indikator="Treffen")
    assert words(load_massnahmen_part(con, "k").ergebnis)[0][4:7] == ("18", "nicht erhoben", "nicht erhoben")


def test_money_in_the_budget_is_not_told_as_missing_in_the_sheet(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1", "begonnen", vzae=0.5, kosten=58200.0, kosten_von=2019, kosten_bis=2020, kosten_jahre=2)
    teil = load_massnahmen_part(con, "k")
    assert words(teil.mittel)[0][2:] == ("siehe Haushalt", "–", "–", "0,50")
    (m,) = rows_of(con, "massnahmen", kommune="k")
    tabelle = massnahmentabelle("Arbeit", [m])
    assert tabelle is not None
    assert tabelle.reihen[0].zellen[tabelle.kopf.index("Geld")] == "Kosten 58.200 € (2019–2020)"


def test_money_and_posts_of_the_sheet_stand_with_each_measure_that_has_any(con: duckdb.DuckDBPyConnection) -> None:
    massnahme(con, "1", "begonnen", aufwand=1500.0, vzae=0.5)
    massnahme(con, "2", "begonnen")
    teil = load_massnahmen_part(con, "k")
    assert [z[0] for z in zellen(teil.mittel)] == ["1"]
    assert words(teil.mittel)[0][2:] == ("1.500 €", "–", "–", "0,50")
    t: Any = SimpleNamespace(b=SimpleNamespace(kommune={"kommune": "k"}), konzept=teil, foerderung=[])
    with_sheet, without = (build_money(con, t, mittel) for mittel in (teil.mittel, None))
    texte = [[b.text for b in a.bloecke if isinstance(b, Absatz)] for a in (with_sheet, without)]
    assert (texte[0][-1], texte[1][-1]) == (KEIN_HAUSHALTSJAHR, KEINE_ANGABE)
