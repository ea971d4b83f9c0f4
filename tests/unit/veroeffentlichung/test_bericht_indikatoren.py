"""The report's part on indicators: nothing lost, nothing empty, every missing value and verdict with its reason in words.

Long because each reason for a missing value or verdict has its own literal row.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import SQL
from pipelines.veroeffentlichung.bericht.aussagen.content import as_text
from pipelines.veroeffentlichung.bericht.aussagen.indikatoren import level, no_verdict
from pipelines.veroeffentlichung.bericht.content import Definition
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.content import Eintrag, Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.gebiete import gebietswerte, load_gebietswerte
from pipelines.veroeffentlichung.bericht.indikatoren.section import load_indikatoren_part
from pipelines.veroeffentlichung.bericht.indikatoren.sparkline import verlauf_bild
from pipelines.veroeffentlichung.bericht.indikatoren.words import differenz, indikatorwert
from schemas.tabellen.registry import TABELLEN

GEBRAUCHT = ("marts.indikator_zeitreihe", "marts.indikator_trend", "dim.indikator", "dim.indikator_handlungsfeld",
             "marts.segregation", "dim.handlungsfeld", "dim.staat", "dim.gebiet")  # fmt: skip
ORT = {"kommune": "k", "ags": "05999", "name": "Kreis K"}
EIGENE = Definition("A", "eigene", "Eigene (Zusatz)", "1.0", "", "", False, False, "")
SERIE = {"kommune": "k", "gebiet_id": "05999", "indikator": "quote", "profil": "-", "gruppe": "insgesamt",
         "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "einheit": "prozent", "richtung": "hoch"}  # fmt: skip
WERT = {"gebiet": "Kreis K", "ebene": "kreis", "abschnitt": 1, "status": "ok", "hinweise": [], "beispieldaten": False,
        "quelle": "q", "nenner_quelle": "q", "herkunft": "Amt", "lizenz": "frei", "trend_auf_korrektur": False,
        "relevanz_art": "absolut", "relevanzschwelle": 1.0}  # fmt: skip


def lay(con: duckdb.DuckDBPyConnection, tabelle: str, **werte: Any) -> None:
    con.execute(f"insert into {tabelle} by name select {', '.join(f'? as {k}' for k in werte)}", list(werte.values()))


def punkt(con: duckdb.DuckDBPyConnection, jahr: int, wert: float | None, **mehr: Any) -> None:
    tag = date(jahr, 12, 31)
    lay(con, "marts.indikator_zeitreihe", **(SERIE | WERT | {"zeitraum": tag, "stichtag": tag, "wert": wert} | mehr))


def indikator(con: duckdb.DuckDBPyConnection, kennung: str, nummer: int, **mehr: Any) -> None:
    vorgabe = {"name": f"Name {kennung}", "definition": "Was es ist.", "einheit": "prozent", "faktor": 100.0,
               "richtung": "hoch", "rahmen": False, "prozess": False, "formel_vorschlag": False,
               "hauptgruppe": "auslaender" if kennung == "quote" else "insgesamt", "beachten": ["Achtung!"]}  # fmt: skip
    lay(con, "dim.indikator", indikator=kennung, nummer=nummer, **(vorgabe | mehr))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = duckdb.connect()
    for name in GEBRAUCHT:
        t = TABELLEN[name]
        con.execute(f"create schema if not exists {t.schema}")
        con.execute(f"create table {name} ({', '.join(f'{s.name} {s.typ}' for s in t.spalten)})")
    indikator(con, "quote", 1)
    yield con
    con.close()


def load(con: duckdb.DuckDBPyConnection, **kommune: str) -> Indikatorteil:
    return load_indikatoren_part(con, ORT | kommune, [EIGENE])


def eintraege(teil: Indikatorteil) -> list[Eintrag]:
    return [e for f in teil.felder for i in f.indikatoren for e in i.eintraege]


def summary(teil: Indikatorteil) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Verdict → (reason, indicators with the mark of invented figures behind them)."""
    return {
        art: tuple((g, tuple(f"{n.name} ({n.marke})" if n.marke else n.name for n in namen)) for g, namen in gruende)
        for art, gruende in teil.zusammenfassung
    }


def test_a_municipality_without_values_has_an_empty_part(con: duckdb.DuckDBPyConnection) -> None:
    assert load(con).leer
    assert load(con).felder == ()


def test_the_latest_value_stands_with_its_day_and_its_change_in_percentage_points(
    con: duckdb.DuckDBPyConnection,
) -> None:
    punkt(con, 2020, 33.7)
    punkt(
        con, 2021, 34.4, vorperiode=date(2020, 12, 31), vorwert=33.7, veraenderung_vorperiode=0.7, trend="unveraendert"
    )
    (e,) = eintraege(load(con))
    assert (e.wert.text, e.stand) == ("34,4 %", "31.12.2021")
    assert e.veraenderung == ("+0,7 Prozentpunkte", "seit 31.12.2020")
    assert (e.symbol, e.urteilswort, e.grund) == ("●", "unverändert", "")


def test_a_value_is_rounded_half_up_whatever_noise_its_double_carries() -> None:
    z = SERIE | WERT | {"wert": 14.149999999999999}
    assert indikatorwert(z).text == "14,2 %", "283 of 2000 is 14.15 exactly"
    assert indikatorwert(z | {"wert": 107.3}).text == "107,3 %", "above 100 is possible"
    assert indikatorwert(z | {"wert": 250.0, "einheit": "promille"}).text == "250,0 je\u00a01.000"
    assert indikatorwert(z | {"wert": 87815.0, "einheit": "anzahl"}).text == "87.815"


@pytest.mark.parametrize(
    ("zahl", "einheit", "text"),
    [(4.5, "prozent", "+4,5 Prozentpunkte"), (-8.6, "jahre", "−8,6 Jahre"), (0.04, "prozent", "0,0 Prozentpunkte"),
     (-0.04, "prozent", "0,0 Prozentpunkte"), (0.1 + 0.2 - 0.25, "prozent", "+0,1 Prozentpunkte"), (-1200, "anzahl", "−1.200"),
     (0.0034, "index", "+0,003")],
)  # fmt: skip
def test_a_difference_has_sign_and_unit_and_none_where_it_rounds_to_zero(zahl: float, einheit: str, text: str) -> None:
    assert differenz(zahl, einheit) == text


def test_women_and_men_are_a_value_or_the_words_not_recorded(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 34.4)
    punkt(con, 2021, 33.1, geschlecht="w")
    punkt(con, 2021, None, geschlecht="m", status="nicht_erhoben", hinweise=["nicht_erhoben"])
    (e,) = eintraege(load(con))
    assert not isinstance(e.frauen, str)
    assert e.frauen.text == "33,1 %"
    assert e.maenner == "nicht erhoben"
    con.execute("delete from marts.indikator_zeitreihe where geschlecht in ('w', 'm')")
    (e,) = eintraege(load(con))
    assert (e.frauen, e.maenner) == ("nicht berechnet", "nicht berechnet"), "nobody said that the source has none"
    con.execute("update dim.indikator set prozess = true")
    (e,) = eintraege(load(con))
    assert (e.frauen, e.maenner) == ("entfällt", "entfällt"), "measures and papers are no persons"


def test_a_protected_woman_s_value_is_a_mark_not_the_words(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 34.4)
    punkt(con, 2021, None, geschlecht="w", status="geheim", hinweise=["geheim"])
    (e,) = eintraege(load(con))
    assert not isinstance(e.frauen, str)
    assert e.frauen.geschuetzt


def test_both_groups_stand_in_one_row_with_gap_ratio_and_case(con: duckdb.DuckDBPyConnection) -> None:
    mehr = {"vorperiode": date(2020, 12, 31), "trend": "unveraendert"}
    punkt(con, 2021, 40.0, gruppe="auslaender", vergleichsgruppe="deutsche", vergleichswert=50.0, abstand=-10.0,
          verhaeltnis=0.8, abstand_fall="nur_vergleichsgruppe_verschlechtert", **mehr)  # fmt: skip
    punkt(con, 2021, 50.0, gruppe="deutsche", vergleichsgruppe="auslaender", vergleichswert=40.0, abstand=10.0, **mehr)
    (e,) = eintraege(load(con))
    assert (e.gruppe, e.vergleichsgruppe) == ("Ausländer:innen", "Deutsche")
    assert e.vergleich is not None
    assert e.vergleich.text == "50,0 %"
    assert e.abstand == ("Abstand −10,0 Prozentpunkte", "Verhältnis 0,80")
    assert e.anmerkungen == ("Abstand kleiner, weil die Vergleichsgruppe schlechter wurde – kein Fortschritt",)


def test_a_comparison_group_without_a_partner_still_has_its_row(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 50.0, gruppe="deutsche", vergleichsgruppe="auslaender")
    (e,) = eintraege(load(con))
    assert (e.gruppe, e.vergleichsgruppe, e.vergleich) == ("Deutsche", "Ausländer:innen", None)


@pytest.mark.parametrize(
    ("grund", "wert", "mehr", "worte"),
    [("bruch", 5.0, {"bruch_text": "Neues Gesetz."}, "Bruch in der Zeitreihe: Neues Gesetz."),
     ("quellenwechsel", 5.0, {}, "Quelle gewechselt"), ("geschuetzt", 5.0, {}, "Vorwert geschützt"),
     ("geschuetzt", None, {"status": "geheim"}, "Wert geschützt"), ("nenner_zu_klein", 5.0, {}, "Grundzahl zu klein"),
     ("erster_wert", 5.0, {}, "erster Wert"), ("kein_wert", 5.0, {}, "Vorwert fehlt")],
)  # fmt: skip
def test_no_verdict_always_has_its_reason_in_words(
    con: duckdb.DuckDBPyConnection, grund: str, wert: float | None, mehr: dict[str, Any], worte: str
) -> None:
    punkt(con, 2021, wert, trend="nicht_bewertbar", trend_grund=grund, **mehr)
    teil = load(con)
    (e,) = eintraege(teil)
    assert (e.urteilswort, e.grund) == ("nicht bewertbar", worte)
    summe = summary(teil)
    assert summe["nicht_bewertbar"] == ((worte, ("Name quote",)),)


def test_the_summary_counts_every_shown_series_once_under_its_verdict(con: duckdb.DuckDBPyConnection) -> None:
    indikator(con, "neu", 2)
    indikator(con, "arm", 3, richtung="neutral")
    vorher = {"vorperiode": date(2020, 12, 31)}
    punkt(con, 2021, 5.0, trend="verbessert", **vorher)
    punkt(con, 2021, 4.0, trend="verschlechtert", gruppe="auslaender", **vorher)
    punkt(con, 2021, 4.0, indikator="neu", trend="nicht_bewertbar", trend_grund="erster_wert")
    punkt(con, 2021, 4.0, indikator="arm", trend_grund="neutral", richtung="neutral")
    teil = load(con)
    assert list(summary(teil).items()) == [
        ("verbessert", (("", ("Name quote (alle zusammen)",)),)),
        ("verschlechtert", (("", ("Name quote (Ausländer:innen)",)),)),
        ("unveraendert", ()),
        ("nicht_bewertbar", (("erster Wert", ("Name neu",)),)),
        ("neutral", (("", ("Name arm",)),)),
    ]
    assert eintraege(teil)[-1].urteilswort == "neutral, kein Urteil"
    assert len(eintraege(teil)) == 4


def test_a_value_that_is_missing_now_names_the_last_one_there_was(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2020, 33.7)
    punkt(con, 2021, None, status="geheim", hinweise=["geheim"])
    (e,) = eintraege(load(con))
    assert e.wert.geschuetzt
    assert e.zuletzt == "zuletzt 33,7 % am 31.12.2020"


def test_the_last_value_of_another_count_or_with_a_mark_says_so(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2020, 11.8, status="geschaetzt", hinweise=["geschaetzt"], bevoelkerung="hauptwohnung")
    punkt(con, 2021, None, status="nicht_bewertbar", hinweise=["nenner_fehlt"], bevoelkerung="azr")
    (e,) = eintraege(load(con))
    assert e.zuletzt == "zuletzt 11,8 % am 31.12.2020 (geschätzt, Registerzählung)"


def test_a_value_that_stands_alone_is_named_by_its_count(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 16.0, bevoelkerung="hauptwohnung")
    (aussage,) = level(load(con), ORT, ())
    assert aussage.satz == "Name quote (Registerzählung) im Kreis K am 31.12.2021: 16,0 %."


def test_a_verdict_on_corrected_or_few_cases_says_so(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 5.0, trend="verbessert", aenderung_im_band=True, trend_auf_korrektur=True, status="korrigiert")
    (e,) = eintraege(load(con))
    assert e.wert.fussnote == "k"
    assert e.anmerkungen == ("Die Änderung ist kleiner als die Stabilitätsbänder beider Werte zusammen.",
                             "Urteil beruht auf berichtigten Zahlen (Abschnitt Korrekturen).")  # fmt: skip


def test_the_trend_names_its_years_and_too_few_values_are_no_trend(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 5.0)
    assert eintraege(load(con))[0].verlauf == "Verlauf: nicht gerechnet"
    trend = {
        k: SERIE[k] for k in ("kommune", "gebiet_id", "indikator", "profil", "gruppe", "geschlecht", "altersgruppe")
    }
    lay(con, "marts.indikator_trend", **trend, punkte=4, mindestpunkte=5, verlauf="nicht_bewertbar", test="T")
    assert eintraege(load(con))[0].verlauf == "Verlauf: zu wenige vergleichbare Werte (4, nötig 5)"
    con.execute("update marts.indikator_trend set punkte = 6, verlauf = 'fallend', steigung_je_jahr = -0.4, "
                "einheit = 'prozent', kleinster = 4.8, groesster = 7.1, von = '2016-12-31', bis = '2021-06-30'")  # fmt: skip
    assert eintraege(load(con))[0].verlauf == (
        "Verlauf: fallend, −0,4 Prozentpunkte im Jahr; zwischen 4,8 und 7,1 % (2016–2021, 6 Werte)"
    )
    assert load(con).test == "T"


def test_a_goal_stands_with_distance_and_pace(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 31.0, ziel=40.0, ziel_jahr=2030, zielabstand=9.0, ziel_tempo=1.0, ziel_erreicht=False)
    assert eintraege(load(con))[0].ziel == (
        "Ziel: 40,0 % bis 2030", "noch +9,0 Prozentpunkte", "nötig +1,0 Prozentpunkte je Jahr")  # fmt: skip
    con.execute("update marts.indikator_zeitreihe set ziel_erreicht = true")
    assert eintraege(load(con))[0].ziel == ("Ziel: 40,0 % bis 2030", "erreicht")
    con.execute("update marts.indikator_zeitreihe set ziel = null")
    assert eintraege(load(con))[0].ziel == ("kein Zielwert",)


def test_fields_come_in_the_order_of_the_latest_concept_rahmen_first_the_rest_last(
    con: duckdb.DuckDBPyConnection,
) -> None:
    indikator(con, "einw", 2, rahmen=True)
    indikator(con, "wohnen", 3)
    indikator(con, "ohne", 4)
    indikator(con, "fehlt", 5)
    for konzept, feld, name, folge, kennung in (
        ("k_2015", "A", "Altes Feld", 1, "ohne"), ("k_2022", "N2", "Wohnen", 2, "wohnen"), ("k_2022", "N1", "Arbeit", 1, "quote"),
        ("k_2022", "N2", "Wohnen", 2, "quote"), ("k_2022", "N2", "Wohnen", 2, "fehlt"),
    ):  # fmt: skip
        lay(con, "dim.indikator_handlungsfeld", indikator=kennung, kommune="k", konzept=konzept, handlungsfeld=feld,
             handlungsfeld_name=name, vorschlag=True)  # fmt: skip
        con.execute("delete from dim.handlungsfeld where konzept = ? and handlungsfeld = ?", [konzept, feld])
        lay(con, "dim.handlungsfeld", kommune="k", konzept=konzept, handlungsfeld=feld, name=name, reihenfolge=folge)
    for kennung in ("quote", "einw", "wohnen", "ohne"):
        punkt(con, 2021, 5.0, indikator=kennung)
    teil = load(con)
    assert teil.konzept == "k_2022"
    assert [(f.name, [i.kennung for i in f.indikatoren]) for f in teil.felder] == [
        ("Rahmen", ["einw"]), ("Arbeit", ["quote"]), ("Wohnen", ["wohnen"]), ("Weitere Indikatoren", ["ohne"])]  # fmt: skip
    wohnen = teil.felder[2]
    assert [i.kennung for i in wohnen.verwiesen] == ["quote"], "shown once in full, named again where it also belongs"
    assert wohnen.ohne_zahlen == ("Name fehlt",)
    assert teil.felder[1].indikatoren[0].auch_in == ("Wohnen",)
    assert teil.felder[1].indikatoren[0].beachten == ("Achtung!",)


def test_of_several_definitions_the_municipality_s_first_is_shown_and_the_rest_counted(
    con: duckdb.DuckDBPyConnection,
) -> None:
    punkt(con, 2021, 40.0, profil="andere", gruppe="mit_mh")
    punkt(con, 2021, 30.0, profil="eigene", gruppe="mit_mh")
    punkt(con, 2021, 9.0, profil="eigene", gruppe="mit_mh", altersgruppe="00-02")
    teil = load(con)
    (e,) = eintraege(teil)
    assert (e.wert.text, e.definition) == ("30,0 %", "Definition A · Eigene")
    assert teil.felder[0].indikatoren[0].nur_arbeitsmappe == 2


def test_an_indicator_of_single_states_refers_to_their_section(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 264.0, gruppe="staat_163", einheit="anzahl")
    (i,) = load(con).felder[0].indikatoren
    assert (i.eintraege, i.verweis) == ((), "staaten")


def test_invented_figures_are_marked_also_where_only_earlier_ones_are(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2020, 5.0, beispieldaten=True)
    punkt(con, 2021, 6.0)
    assert eintraege(load(con))[0].beispiel == "frühere Werte: Beispieldaten"
    con.execute("update marts.indikator_zeitreihe set beispieldaten = true")
    assert eintraege(load(con))[0].beispiel == "Beispieldaten"
    assert load(con).beispiel == 1


def test_the_small_line_stops_at_breaks_and_missing_values_and_says_so() -> None:
    def z(jahr: int, wert: float | None, **mehr: Any) -> dict[str, Any]:
        return SERIE | WERT | {"stichtag": date(jahr, 12, 31), "wert": wert, "abschnitt_grund": None} | mehr

    geschuetzt = {"status": "geheim", "hinweise": ["geheim"]}
    bild = verlauf_bild([z(2015, 1.0), z(2016, 2.0), z(2017, None, **geschuetzt), z(2018, 3.0), z(2019, 4.0),
                         z(2020, 9.0, abschnitt=2, abschnitt_grund="quellenwechsel")])  # fmt: skip
    assert bild is not None
    assert bild.svg.count("<polyline") == 2, "2015–2016 and 2018–2019; 2020 stands alone"
    assert bild.svg.count("stroke-dasharray") == 1
    assert bild.alternative == (
        "Verlauf: 31.12.2015 1,0 %; 31.12.2016 2,0 %; 31.12.2017 geschützt; 31.12.2018 3,0 %; 31.12.2019 4,0 %; "
        "nicht fortgesetzt (Quelle gewechselt); 31.12.2020 9,0 %."
    )
    assert verlauf_bild([z(2020, None, **geschuetzt)]) is None


def test_a_county_s_towns_stand_with_rank_and_quotient_and_those_without_a_value_by_name(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ort = {"ebene": "gemeinde", "lage_gebiete": 2}
    punkt(con, 2021, 40.0, gebiet_id="1", gebiet="Aa", lage_rang=2, lage_quotient=0.8, **ort)
    punkt(con, 2021, 60.0, gebiet_id="2", gebiet="Bb", lage_rang=1, lage_quotient=1.2, **ort)
    punkt(con, 2021, None, gebiet_id="3", gebiet="Cc", status="keine_daten", hinweise=["keine_daten"], ebene="gemeinde")
    punkt(
        con,
        2021,
        None,
        gebiet_id="4",
        gebiet="Dd",
        status="geheim",
        hinweise=["geheim"],
        ebene="gemeinde",
    )
    punkt(con, 2022, None, gebiet_id="1", gebiet="Aa", status="keine_daten", hinweise=["keine_daten"], ebene="gemeinde")
    werte = load_gebietswerte(con, ORT, [EIGENE], immer=False)
    tabelle = gebietswerte(ORT, werte, [EIGENE], {})
    assert tabelle is not None
    titel, *reihen = [tuple(z if isinstance(z, str) else z.text for z in r.zellen) for r in tabelle.reihen]
    assert titel == ("Name quote am 31.12.2021",)
    assert reihen == [("Bb", "60,0 %", "1 von 2 gelieferten", "1,20"), ("Aa", "40,0 %", "2 von 2 gelieferten", "0,80"),
                      ("Dd", "•", "kein Rang", "nicht bestimmbar")]  # fmt: skip
    assert "Ohne Wert – Name quote am 31.12.2021: keine Daten: Cc." in tabelle.anmerkungen
    assert load_gebietswerte(con, ORT | {"ags": "05999001"}, [EIGENE], immer=False) == []


def test_a_protected_town_is_no_reason_to_show_an_older_day(con: duckdb.DuckDBPyConnection) -> None:
    punkt(con, 2021, 40.0, gebiet_id="1", gebiet="Aa", ebene="gemeinde")
    punkt(
        con,
        2022,
        None,
        gebiet_id="1",
        gebiet="Aa",
        status="geheim",
        hinweise=["geheim"],
        ebene="gemeinde",
    )
    assert [z["stichtag"].year for z in load_gebietswerte(con, ORT, [EIGENE], immer=False)] == [2022]


def test_every_reason_and_every_case_of_the_vocabulary_has_its_words() -> None:
    from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
    from schemas.spalten import zeitreihe as spalten

    assert set(worte.GRUENDE) == set(spalten.GRUENDE) - {"neutral"}
    assert set(worte.FAELLE) == set(spalten.FAELLE)
    assert set(worte.VERLAEUFE) == set(spalten.VERLAEUFE) - {"nicht_bewertbar"}


def test_numbers_of_inhabitants_say_who_counted_them(con: duckdb.DuckDBPyConnection) -> None:
    indikator(con, "einw", 2, name="Einwohner", einheit="anzahl")
    mehr = {"indikator": "einw", "einheit": "anzahl", "richtung": "neutral", "trend_grund": "neutral"}
    punkt(con, 2020, 87815.0, bevoelkerung="hauptwohnung", **mehr)
    punkt(con, 2021, 86163.0, bevoelkerung="fortschreibung", **mehr)
    teil = load(con)
    assert [i.name for f in teil.felder for i in f.indikatoren] == ["Einwohner (amtliche Fortschreibung)"]
    summe = summary(teil)
    assert summe["neutral"] == (("", ("Einwohner (amtliche Fortschreibung)",)),)


def test_the_summary_says_the_group_where_the_name_alone_would_say_another(con: duckdb.DuckDBPyConnection) -> None:
    indikator(con, "alq", 2, name="Quote der Ausländerinnen und Ausländer", hauptgruppe="auslaender")
    punkt(con, 2021, 6.4, indikator="alq", trend="unveraendert")
    summe = summary(load(con))
    assert summe["unveraendert"] == (("", ("Quote der Ausländerinnen und Ausländer (alle zusammen)",)),)


def test_the_summary_names_an_indicator_once_with_its_groups(con: duckdb.DuckDBPyConnection) -> None:
    for gruppe in ("insgesamt", "auslaender"):
        punkt(con, 2021, 4.0, gruppe=gruppe, trend="unveraendert")
    (genannt,) = dict(load(con).zusammenfassung)["unveraendert"][0][1]
    assert (genannt.name, genannt.zahl, genannt.marke) == ("Name quote (alle zusammen; Ausländer:innen)", 2, "")


@pytest.mark.parametrize("urteil", ["verbessert", "verschlechtert", "unveraendert"])
def test_no_verdict_rests_on_examples_and_the_lists_mark_them(con: duckdb.DuckDBPyConnection, urteil: str) -> None:
    punkt(con, 2021, 50.0, trend=urteil, beispieldaten=True)
    summe = summary(load(con))
    assert summe[urteil] == ()
    assert summe["nicht_bewertbar"] == (("Beispieldaten, darum kein Urteil", ("Name quote (Beispieldaten)",)),)


def test_the_reason_why_examples_are_not_judged_is_that_they_are_examples(con: duckdb.DuckDBPyConnection) -> None:
    """A year between two states of an example sheet is missing: its series has a value, and no earlier one."""
    luecke: dict[str, Any] = {"trend": "nicht_bewertbar", "trend_grund": "kein_wert"}
    punkt(con, 2021, 50.0, beispieldaten=True, **luecke)
    satz = no_verdict(load(con))
    assert satz is not None
    assert satz.werte == {"grund": "Beispieldaten, darum kein Urteil"}
    indikator(con, "echt", 2)
    punkt(con, 2021, 40.0, indikator="echt", trend="nicht_bewertbar", trend_grund="erster_wert")
    satz = no_verdict(load(con))
    assert satz is not None
    assert satz.satz.endswith("Häufigste Gründe: Beispieldaten, darum kein Urteil; erster Wert."), (
        "none is the most frequent"
    )
    assert as_text(satz.tell("en")).startswith("For no indicator can it be said yet")
    for nummer, name in enumerate(("leer", "auch"), start=3):  # without a value, and so without a sentence of their own
        indikator(con, name, nummer)
        punkt(con, 2021, None, indikator=name, trend="nicht_bewertbar", trend_grund="kein_wert", status="keine_daten")
    satz = no_verdict(load(con))
    assert satz is not None
    (haeufigste,) = [g for g, namen in summary(load(con))["nicht_bewertbar"] if len(namen) == 2]
    assert satz.werte == {"grund": haeufigste.split(":")[0]}, "what stands most often in the summary it leads to"
    con.execute("delete from marts.indikator_zeitreihe where indikator in ('leer', 'auch')")
    con.execute("update marts.indikator_zeitreihe set beispieldaten = false where indikator <> 'echt'")
    con.execute("delete from marts.indikator_zeitreihe where indikator = 'echt'")
    satz = no_verdict(load(con))
    assert satz is not None
    assert satz.werte == {"grund": "Vorwert fehlt"}


def test_an_index_over_areas_has_no_women_because_nobody_computes_it(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update dim.indikator set herleitung = 'segregation'")
    punkt(con, 2021, 0.2)
    punkt(con, 2021, None, geschlecht="w", status="nicht_erhoben", hinweise=["nicht_erhoben"])
    (e,) = eintraege(load(con))
    assert (e.frauen, e.maenner) == ("nicht berechnet", "nicht berechnet")


@pytest.mark.parametrize(("einheit", "gesagt"), [("anzahl", False), ("prozent", True)])
def test_a_number_of_persons_is_told_without_a_distance(
    con: duckdb.DuckDBPyConnection, einheit: str, gesagt: bool
) -> None:
    punkt(con, 2021, 116.0, abstand=-526.0, verhaeltnis=0.18, abstand_fall="abstand_kleiner")
    con.execute("update marts.indikator_zeitreihe set einheit = ?", [einheit])
    (e,) = eintraege(load(con))
    assert (len(e.abstand), "Abstand kleiner" in e.anmerkungen) == ((2, True) if gesagt else (0, False))


def test_a_lower_bound_is_never_shown_as_a_value() -> None:
    z = SERIE | WERT | {"wert": 35.7, "status": "mindestwert", "hinweise": ["mindestwert"]}
    assert indikatorwert(z).text == "ab 35,7 %"


def test_an_index_over_few_areas_says_how_few(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("update dim.indikator set herleitung = 'segregation'")
    tag = date(2021, 12, 31)
    lay(con, "marts.segregation", kommune="k", stichtag=tag, profil="-", gruppe="auslaender", mass="dissimilaritaet",
         anzahl_gebiete=6)  # fmt: skip
    punkt(con, 2021, None, status="nicht_bewertbar", hinweise=["nicht_bewertbar"])
    (e,) = eintraege(load(con))
    assert e.anmerkungen == ("Nur 6 Gebiete; unter 10 wird kein Index berechnet.",)
    sql = (SQL / "geheimhaltung" / "bevoelkerung" / "segregation.sql").read_text(encoding="utf-8")
    assert f"{worte.MINDESTGEBIETE} as mindestgebiete" in sql, "the rule stands there"
