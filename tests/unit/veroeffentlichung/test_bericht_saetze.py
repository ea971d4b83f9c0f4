"""No sentence of the report is printed under data that make it false: each has here the data under which it must not stand.

Belongs here: sentences and pictures that depend on what was delivered. Does not belong here: formats of numbers
(test_bericht.py).
Long because each sentence has the data under which it must not stand.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.veroeffentlichung.bericht.content import Definition, Zeitreihe
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.numbers import anteil, anzahl
from pipelines.veroeffentlichung.bericht.page import draw_pictures, load_templates, render_seite
from pipelines.veroeffentlichung.bericht.parts import load_teile
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import (
    AGS,
    MINDESTWERT,
    STICHTAGE,
    Seite,
    mustertabellen,
    profil,
    publish,
    zeile,
)

MH = "marts.migrationshintergrund"
Tabellen = dict[str, list[dict[str, Any]]]


def seite(tmp_path: Path, tabellen: Tabellen, name: str = "luenen") -> Seite:
    """The page of a municipality, without workbook, archive and pages of areas; the start page with everything it needs."""
    ablage = publish(tmp_path, tabellen)
    if name == "index":
        write_berichte(ablage)
        return Seite((ablage.marts / "bericht" / "index.html").read_text(encoding="utf-8"))
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        t = load_teile(con, next(k for k in load_kommunen(con) if k["kommune"] == name))
    return Seite(render_seite(load_templates(), t, "", draw_pictures(t)))


def nur(*zeilen: dict[str, Any]) -> Tabellen:
    """The small town with these figures of the population and no others."""
    return mustertabellen() | {MH: list(zeilen), "marts.staatsangehoerigkeit": []}


def bruch(tag: date, grund: str, text: str | None) -> Tabellen:
    """What the indicator table says of a break in the share with Migrationshintergrund."""
    z = {
        "kommune": "luenen", "gebiet_id": AGS, "indikator": "mh", "profil": "luenen_2021", "gruppe": "insgesamt",
        "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "zeitraum": tag, "stichtag": tag, "gebiet": "Lünen",
        "ebene": "gemeinde", "einheit": "prozent", "richtung": "neutral", "wert": 34.4, "abschnitt": 2, "abschnitt_grund": grund,
        "bruch_text": text, "status": "ok", "hinweise": [], "beispieldaten": False, "quelle": "q", "nenner_quelle": "q",
        "herkunft": "Amt", "lizenz": "frei", "trend_auf_korrektur": False, "lieferung_id": "luenen-register",
    }  # fmt: skip
    katalog = {
        "indikator": "mh", "nummer": 1, "name": "Anteil", "definition": "Was es ist.", "einheit": "prozent",
        "faktor": 100.0, "richtung": "neutral", "rahmen": True, "prozess": False, "formel_vorschlag": False,
        "beachten": [], "zaehler_merkmal": "personen_mit_mh", "nenner_merkmal": "einwohner",
    }  # fmt: skip
    return mustertabellen() | {"marts.indikator_zeitreihe": [z], "dim.indikator": [katalog]}


def test_one_area_with_a_share_is_no_picture_and_no_highest_and_lowest(tmp_path: Path) -> None:
    s = seite(tmp_path, nur(zeile("10", "Niederaden", 2212, 50, 313), zeile("13", "Wethmar", 4580, None, None)))
    assert "am höchsten" not in s.roh
    assert "am niedrigsten" not in s.roh
    assert s.bilder == []


def test_areas_with_the_same_share_have_no_highest(tmp_path: Path) -> None:
    s = seite(tmp_path, nur(zeile("10", "Niederaden", 1000, 50, 300), zeile("13", "Wethmar", 2000, 50, 600)))
    assert "am höchsten" not in s.roh
    assert "überall gleich (30,0 %)" in s.roh


def test_areas_that_share_the_highest_place_are_all_named(tmp_path: Path) -> None:
    drei = [zeile("1", "A", 1000, 50, 300), zeile("2", "B", 2000, 50, 600), zeile("3", "C", 1000, 50, 100)]
    assert "am höchsten in A, B (30,0 %), am niedrigsten in C (10,0 %)" in seite(tmp_path, nur(*drei)).roh


def test_lower_bounds_are_in_no_order_and_in_no_picture(tmp_path: Path) -> None:
    ungewiss = [zeile(str(i), f"G{i}", 1000, 50, 300 + i, unentscheidbar=500, **MINDESTWERT) for i in range(3)]
    stadt = [zeile(AGS, "Lünen", 3000, 150, 903, unentscheidbar=1500, stichtag=t, **MINDESTWERT) for t in STICHTAGE]
    s = seite(tmp_path, nur(*ungewiss, *stadt))
    assert s.bilder == []
    assert "am höchsten" not in s.roh
    assert "ab 30,1 %" in s.text


def test_a_count_and_a_quotient_of_many_undecidable_are_no_values_either() -> None:
    z = zeile("1", "A", 1000, 50, 249, unentscheidbar=600, **MINDESTWERT)
    assert anzahl(z, "personen_mit_mh").text == "ab 249"
    assert anzahl(z, "auslaender").text == "50"
    assert anteil(z, "lokationsquotient_mh").codes == ("nicht_bewertbar",)


def test_a_printed_share_that_does_not_follow_from_its_counts_stays_as_printed() -> None:
    assert anteil(zeile("1", "A", 1000, 50, 249) | {"anteil_auslaender": 0.052}, "anteil_auslaender").text == "5,2 %"


def test_one_sure_definition_makes_no_range(tmp_path: Path) -> None:
    tabellen = mustertabellen()
    for i in range(2):
        tabellen["dim.profil"].append(profil(f"weitere_{i}", f"Weitere {i}", True))
        ungewiss = zeile(AGS, "Lünen", 87815, 13259, 20000, profil=f"weitere_{i}", unentscheidbar=50000, **MINDESTWERT)
        tabellen[MH].append(ungewiss)
    assert "je nach Definition34,4–40,1 %" in "".join(seite(tmp_path / "zwei", tabellen).text.split("\n"))
    tabellen[MH] = [z for z in tabellen[MH] if z["profil"] != "kosis_like"]
    assert "Anteil mit Migrationshintergrund je nach Definition" not in seite(tmp_path / "eine", tabellen).text


def test_the_development_stops_at_a_break_and_says_why(tmp_path: Path) -> None:
    s = seite(tmp_path, bruch(STICHTAGE[1], "bruch", "Neues Gesetz."))
    (bild,) = [b for b in s.bilder if b["alternative"].startswith("Liniendiagramm")]
    assert "+0,6 Prozentpunkte" not in bild["unterschrift"]
    assert (
        "danach nicht vergleichbar (Bruch in der Zeitreihe: Neues Gesetz): 34,4 % am 30.06.2021" in bild["unterschrift"]
    )
    assert "senkrechte gestrichelte Linie" in bild["unterschrift"]
    satz = (
        "Ab 30.06.2021 nicht mit früheren Werten vergleichbar (A · Lünen 2021): Bruch in der Zeitreihe: Neues Gesetz."
    )
    assert satz in s.text


def test_a_change_of_source_is_a_break_too_and_a_break_before_the_first_day_is_none(tmp_path: Path) -> None:
    assert "Quelle gewechselt" in seite(tmp_path / "a", bruch(STICHTAGE[1], "quellenwechsel", None)).text
    s = seite(tmp_path / "b", bruch(STICHTAGE[0], "bruch", "Neues Gesetz."))
    assert "nicht mit früheren Werten vergleichbar" not in s.text
    assert "33,7 % am 31.12.2020, 34,4 % am 30.06.2021" in s.roh


@pytest.mark.parametrize("tabellen", [mustertabellen(), bruch(STICHTAGE[1], "bruch", "Neues Gesetz.")])
def test_no_report_says_that_breaks_are_not_marked(tmp_path: Path, tabellen: Tabellen) -> None:
    assert "noch nicht gekennzeichnet" not in seite(tmp_path, tabellen).text


@pytest.mark.parametrize(
    ("personen", "satz"),
    [
        (1044, "Am 30.06.2021 zählen deshalb 1.044 Personen anders, als sie es mit ihm täten."),
        (0, "Am 30.06.2021 zählt deshalb niemand anders."),
        (None, "Wie viele Personen am 30.06.2021 deshalb anders zählen, ist geschützt."),
    ],
)
def test_a_definition_that_misses_the_option_mark_says_how_many_it_changes(
    tmp_path: Path, personen: int | None, satz: str
) -> None:
    zeile_ = {"kommune": "luenen", "profil": "kosis_like", "beispieldaten": False}
    option = [
        zeile_ | {"stichtag": STICHTAGE[1], "personen": personen},
        zeile_ | {"stichtag": STICHTAGE[0], "personen": 7},
    ]
    text = " ".join(seite(tmp_path, mustertabellen() | {"marts.optionskennzeichen": option}).text.split())
    assert f"Wer nach kosis_like zählt. Das Optionskennzeichen ist hier abgeschaltet. {satz}" in text
    assert text.count("Optionskennzeichen") == 1, "luenen_2021 does not ask for it"


@pytest.mark.parametrize(
    ("status", "hinweis", "fussnote", "wort"),
    [
        ("nicht_bewertbar", "nenner_fehlt", "5", "Grundzahl fehlt"),  # 617 naturalisations were delivered
        ("nicht_bewertbar", "einheit_fremd", "8", "andere Einheit"),
        ("nicht_bewertbar", "nicht_bewertbar", "2", "nicht berechenbar"),
        ("keine_daten", "zeichen_unbekannt", "11", "Quelle: unbekannt"),  # a delivery that prints a dot is one
        ("zu_klein", "zeichen_unsicher", "13", "Quelle: zu unsicher"),
    ],
)
def test_a_missing_figure_tells_its_exact_reason(status: str, hinweis: str, fussnote: str, wort: str) -> None:
    z = zeile("1", "A", 1000, 50, 249) | {"personen_mit_mh": None, "status": status, "hinweise": [hinweis, status]}
    wert = anzahl(z, "personen_mit_mh")
    assert (wert.fussnote, wert.read_aloud) == (fussnote, wort)


def test_a_missing_figure_tells_its_own_reason_and_not_that_of_its_neighbour() -> None:
    """The town's total is missing, so there is no quotient; that the source has no undecidable is another matter."""
    hinweise = [
        "geschaetzt",
        "keine_daten",
        "keine_daten:lokationsquotient_mh",
        "nicht_erhoben",
        "nicht_erhoben:unentscheidbar",
    ]
    z = zeile("1", "A", 1000, 50, 249) | {"status": "geschaetzt", "hinweise": hinweise, "lokationsquotient_mh": None}
    z |= {"unentscheidbar": None}
    assert anteil(z, "lokationsquotient_mh").read_aloud == "keine Daten"
    assert anzahl(z, "unentscheidbar").read_aloud == "nicht erhoben"
    geheim = ["geheim", "geheim:auslaender", "zu_klein:anteil_auslaender"]
    z |= {"hinweise": geheim, "auslaender": None, "anteil_auslaender": None}
    assert (anzahl(z, "auslaender").text, anteil(z, "anteil_auslaender").read_aloud) == ("•", "Grundzahl zu klein")


def test_the_two_counts_of_late_measures_are_told_apart_where_they_stand(
    seiten: dict[str, Seite], tmp_path: Path
) -> None:
    satz = "Überfällig am Stand: Das geplante Ende lag vor dem Stand des Maßnahmenblatts."
    feld = {"kommune": "luenen", "konzept": "k", "handlungsfeld": "S1", "stand": STICHTAGE[1], "massnahmen": 1, "laufend": 1,
            "ueberfaellig": 0, "ueberfaellig_heute": 1, "ohne_begruendung": 0}  # fmt: skip
    text = seite(tmp_path, NUR_MASSNAHMEN | {"marts.handlungsfeld_fortschritt": [feld]}).text
    assert text.index("Umsetzung je Handlungsfeld am") < text.index(satz)
    assert satz not in seiten["massnahmen"].text


def test_the_reading_aid_counts_its_marks_in_their_order(seiten: dict[str, Seite]) -> None:
    zeichen = list(seiten["voll"].tabelle("Zeichen und ihre Bedeutung"))
    ziffern = [int(z.removeprefix("– ")) for z in zeichen if z.startswith("– ")]
    assert ziffern == list(range(1, 14))


def test_one_day_is_no_development(tmp_path: Path) -> None:
    assert seite(tmp_path, nur(zeile(AGS, "Lünen", 87815, 13259, 30179))).bilder == []


MASSNAHME = {
    "kommune": "luenen", "konzept": "k", "massnahme_nr": "1", "stand": STICHTAGE[1], "titel": "Kurs", "art": "massnahme",
    "status": "laufend", "ueberfaellig": 0, "stand_letzter": True, "beispieldaten": True, "herkunft": "Beispielblatt",
    "lieferung_id": "luenen-blatt", "veroeffentlichung": "2021-08-01.1",
}  # fmt: skip
BLATT = {
    "lieferung_id": "luenen-blatt", "kommune": "luenen", "quelle": "massnahmen", "datei": "massnahmen/m.xlsx", "sha256": "a" * 64,
    "stichtag": STICHTAGE[1], "zeilen_gelesen": 1, "zeilen_uebernommen": 1, "zeilen_ausserhalb": 0, "zeilen_abgewiesen": 0,
    "synthetisch": False, "status": "uebernommen", "eingelesen_am": datetime(2021, 7, 6),
}  # fmt: skip
TABELLENWERT = {
    "kommune": "luenen", "quelle_id": "presse", "stichtag": STICHTAGE[0], "gebiet_id": AGS, "merkmal": "einwohner",
    "groesse": "wert", "profil": "-", "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "staat": "insgesamt",
    "gruppe": "insgesamt", "umgerechnet": False, "gebiet": "Lünen", "merkmal_titel": "Einwohner", "wert": 1234.0,
    "wert_einheit": "personen", "herkunft": "Tageblatt, März 2019", "status": "ok", "hinweise": [],
    "lieferung_id": "luenen-presse", "fundstelle": "Zeile 2, Feld 3", "veroeffentlichung": "2021-08-01.1",
}  # fmt: skip
LEER: Tabellen = {k: v for k, v in mustertabellen().items() if k in ("dim.kommune", "dim.profil")}
NUR_MASSNAHMEN: Tabellen = LEER | {"marts.massnahme": [MASSNAHME], "protokoll.lieferung": [BLATT]}
NUR_TABELLEN: Tabellen = LEER | {
    "protokoll.lieferung": [BLATT | {"lieferung_id": "luenen-presse", "quelle": "presse", "datei": "tabellen/presse.csv"}],
    MH: [zeile(AGS, "Lünen", 1234, 100, None, profil="-", quelle="presse", herkunft="Tageblatt, März 2019", status="ok",
               hinweise=["nicht_erhoben"], lieferung_id="luenen-presse", stichtag=STICHTAGE[0])],
    "marts.tabellenwert": [TABELLENWERT, TABELLENWERT | {"merkmal": "umzuege", "merkmal_titel": "Umzüge", "wert": 41.0},
                           TABELLENWERT | {"merkmal": "budget", "merkmal_titel": "Ausgaben", "wert": 131000.0,
                                           "wert_einheit": "euro"}],
}  # fmt: skip
GERUNDET: Tabellen = mustertabellen()
GERUNDET["dim.kommune"][0] |= {"verfahren": "rundung", "verfahren_text": "Rundung: jede Anzahl ist auf 5 gerundet."}
GEHEIM: Tabellen = nur(zeile(AGS, "Lünen", 30, None, None), zeile("10", "Niederaden", 30, None, None))
# (sentence that must not stand on the page, name of the data under which it would be false)
FALSCH = [
    ("Das Melderegister kennt kein Feld", "leer"), ("Was heißt hier Migrationshintergrund?", "leer"),
    ("Was heißt hier Migrationshintergrund?", "massnahmen"), ("tragen einen Buchstaben", "ein_gebiet"),
    ("Die Definitionen in diesem Bericht", "ein_gebiet"), ("wie in der Quelle beschrieben", "voll"),
    ("Die Quellen sagen nichts zum Migrationshintergrund", "tabellen"), ("bilden keine Zeitreihe", "tabellen"),
    ("Abschnitt Indikatoren", "massnahmen"), ("Geschlecht, wie es im Melderegister", "massnahmen"),
    ("Geschlecht, wie es im Melderegister", "tabellen"), ("Letzter Stichtag", "massnahmen"), ("Letzter Stichtag", "tabellen"),
    ("Personen mit alleiniger oder Hauptwohnung", "tabellen"), ("Stimmen Register und gedruckte", "tabellen"),
    ("Ja: Alle", "geheim"), ("am höchsten", "ein_gebiet"), ("am höchsten", "geheim"), ("+0,6 Prozentpunkte", "ein_tag"),
    ("Wer auch die deutsche Staatsangehörigkeit hat", "tabellen"), ("etwa jede zwanzigste", "voll"),
    ("Eine Prüfung der Schwere »fehler« hält die Veröffentlichung an", "voll"), ("noch nicht gekennzeichnet", "voll"),
    ("die Maßnahmenblätter dieser Kommune sind Beispiele", "massnahmen"), ("bis offen", "massnahmen"),
    ("Werte der Stadtteile und Gebiete:", "tabellen"), ("Synthetische Beispieldaten", "massnahmen"),
    ("Kinder zählen auch nach ihren Eltern", "voll"), ("von 1 bis 4 Personen werden nicht gezeigt", "gerundet"),
    ("damit sich keine durch Abziehen errechnen lässt", "gerundet"),
]  # fmt: skip
DATEN: dict[str, Tabellen] = {
    "leer": LEER, "massnahmen": NUR_MASSNAHMEN, "tabellen": NUR_TABELLEN, "geheim": GEHEIM, "voll": mustertabellen(),
    "gerundet": GERUNDET,
    "ein_gebiet": nur(zeile("10", "Niederaden", 2212, 50, 313)) | {"protokoll.lieferung": []},
    "ein_tag": nur(zeile(AGS, "Lünen", 87815, 13259, 30179)),
}  # fmt: skip


@pytest.fixture(scope="module")
def seiten(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seite]:
    return {name: seite(tmp_path_factory.mktemp(name), tabellen) for name, tabellen in DATEN.items()}


@pytest.mark.parametrize(("satz", "daten"), FALSCH)
def test_a_sentence_does_not_stand_over_data_that_make_it_false(
    seiten: dict[str, Seite], satz: str, daten: str
) -> None:
    assert satz not in " ".join(seiten[daten].text.split())


@pytest.mark.parametrize("daten", list(DATEN))
def test_no_section_says_that_it_is_empty_without_the_reason(seiten: dict[str, Seite], daten: str) -> None:
    assert 'class="keine-daten">keine Daten' not in seiten[daten].roh


def test_a_town_of_one_day_without_areas_shows_neither_a_table_of_areas_nor_a_development(
    seiten: dict[str, Seite],
) -> None:
    text = " ".join(seiten["ein_tag"].text.split())
    assert "Stadtteile und Gebiete am" not in text
    assert (
        "Veröffentlicht sind keine Zahlen zum Migrationshintergrund nach einer der Definitionen für Gebiete in Lünen"
        in text
    )
    assert "Bisher gibt es einen Stichtag" in text
    assert "Bisher gibt es einen Stichtag" not in seiten["voll"].text
    assert "Stadtteile und Gebiete am" in seiten["ein_gebiet"].text


def test_a_protected_share_is_said_in_a_word_and_not_as_a_dot_of_all_inhabitants(seiten: dict[str, Seite]) -> None:
    text = " ".join(seiten["geheim"].text.split())
    assert "Anteil: geschützt" in text
    assert "• der Einwohner:innen" not in text


def test_the_head_says_up_to_which_day_each_kind_of_figures_reaches(seiten: dict[str, Seite]) -> None:
    kopf = " ".join(seiten["tabellen"].text.split("Lesehilfe")[0].split())
    assert "Ausländer:innen bis31.12.2020" in kopf
    assert "Migrationshintergrund bis" not in kopf, "no figure of it was delivered"
    assert "Migrationshintergrund bis30.06.2021" in " ".join(seiten["voll"].text.split("Lesehilfe")[0].split())
    assert "Maßnahmen bis" not in kopf
    assert "Maßnahmen bis30.06.2021" in " ".join(seiten["massnahmen"].text.split("Lesehilfe")[0].split())


def test_a_rounded_municipality_says_how_its_figures_are_protected(seiten: dict[str, Seite]) -> None:
    assert "Schutz kleiner Zahlen: Rundung: jede Anzahl ist auf 5 gerundet." in " ".join(
        seiten["gerundet"].text.split()
    )
    assert "von 1 bis 4 Personen werden nicht gezeigt" in " ".join(seiten["voll"].text.split())


def test_delivered_figures_without_a_section_are_listed_with_their_source_and_shown_ones_are_not(
    seiten: dict[str, Seite],
) -> None:
    t = seiten["tabellen"].tabelle("Gelieferte Zahlen für Lünen ohne eigenen Abschnitt")
    assert t["Umzüge"] == ["Lünen", "31.12.2020", "41", "Zeile 2, Feld 3"], "no source tells women and men"
    assert t["Ausgaben"][2] == "131.000 €"
    assert "Tageblatt, März 2019" in t
    assert "Einwohner" not in t, "it stands in section Entwicklung"
    assert "Keine Daten: Es ist nichts geliefert." in seiten["leer"].text


@pytest.mark.parametrize(
    ("wert", "gedruckt", "gezeigt"),
    [(12.0, "12.0", "12,0 %"), (12.0, "12", "12 %"), (8.4, "8.4", "8,4 %"), (8.0, "0.08", "8 %"), (12.0, None, "12 %")],
)
def test_a_delivered_figure_keeps_its_printed_decimals(
    tmp_path: Path, wert: float, gedruckt: str | None, gezeigt: str
) -> None:
    z = TABELLENWERT | {"wert": wert, "gedruckt": gedruckt, "wert_einheit": "prozent"}
    t = seite(tmp_path, NUR_TABELLEN | {"marts.tabellenwert": [z]}).tabelle("Gelieferte Zahlen")
    assert t["Einwohner"][2] == gezeigt


def test_a_day_that_is_only_assumed_is_called_so_wherever_it_stands(tmp_path: Path) -> None:
    tabellen = NUR_TABELLEN | {
        "protokoll.lieferung": [z | {"stichtag_angenommen": True} for z in NUR_TABELLEN["protokoll.lieferung"]]
    }
    s = seite(tmp_path, tabellen)
    assert "31.12.2020 (angenommen)" in s.tabelle("Einwohner:innen und Ausländer:innen in")
    assert "Tageblatt, März 2019 (Stichtag angenommen)" in s.tabelle("Gelieferte Zahlen")
    assert s.tabelle("Lieferungen für")["tabellen/presse.csv"][0].endswith("(angenommen)")
    assert "Die Quelle nennt keinen Tag" in s.text


def test_a_delivered_group_is_named_in_words(tmp_path: Path) -> None:
    z = TABELLENWERT | {"gruppe": "auslaender"}
    t = seite(tmp_path, NUR_TABELLEN | {"marts.tabellenwert": [z]}).tabelle("Gelieferte Zahlen")
    assert "Einwohner, Ausländer:innen" in t


def test_a_county_is_spoken_of_as_one(tmp_path: Path) -> None:
    tabellen = mustertabellen()
    tabellen["dim.kommune"][0] |= {"name": "Kreis Lünen"}
    text = seite(tmp_path, tabellen).text
    assert "Kreis Lünen" in text
    assert " in Kreis Lünen" not in text
    assert "für Kreis Lünen" not in text
    assert "im Kreis Lünen" in text


def test_women_and_men_of_a_register_say_where_others_are_counted(seiten: dict[str, Seite]) -> None:
    satz = (
        "Wer dort als divers oder ohne Angabe steht, ist zum Schutz dieser wenigen Personen als weiblich oder männlich"
    )
    assert satz in " ".join(seiten["voll"].text.split())


def test_a_comparison_with_a_generated_register_says_that_it_is_a_circle(tmp_path: Path) -> None:
    tabellen = mustertabellen()
    for z in tabellen[MH]:
        z["herkunft"] = "Synthetischer Auszug" if z["quelle"] == "melderegister" else "Vorlage"
    s = seite(tmp_path / "anders", tabellen)
    assert (
        "Dieser Vergleich belegt nichts: Das verglichene Register ist nicht geliefert, sondern erzeugt (Synthetischer Auszug)."
        in s.text
    )
    assert "ein Zirkel" not in s.text, "nothing says that it was made from this table"
    tabellen["protokoll.lieferung"][0]["erzeugt_aus"] = ["stadtteiltabelle"]
    assert (
        "und zwar aus eben diesen gedruckten Zahlen. Der Vergleich ist ein Zirkel"
        in seite(tmp_path / "gleich", tabellen).text
    )
    echt = seite(tmp_path / "echt", mustertabellen(synthetisch=False))
    assert "belegt nichts" not in echt.text


def test_generated_figures_are_marked_where_they_stand(tmp_path: Path, seiten: dict[str, Seite]) -> None:
    kacheln = seiten["voll"].text.split("Das Wichtigste")[2].split("Personen mit Migrationshintergrund in")[0]
    assert kacheln.count("Beispieldaten") == 4, "inhabitants, foreigners and both definitions"
    for anfang in ("Stadtteile und Gebiete am", "Personen mit Migrationshintergrund in", "Geschlecht in", "Häufigste"):
        assert any(t.startswith(anfang) and t.endswith("Beispieldaten") for t in seiten["voll"].tabellen), anfang
    assert all("Beispieldaten" in b["unterschrift"] for b in seiten["voll"].bilder)
    assert "Beispieldaten" not in seite(tmp_path, mustertabellen(synthetisch=False)).text


def test_the_index_names_the_sources_and_what_is_not_real(tmp_path: Path) -> None:
    tabellen = NUR_TABELLEN | {"marts.massnahme": [MASSNAHME]}
    tabellen["protokoll.lieferung"] = [*NUR_TABELLEN["protokoll.lieferung"], BLATT]
    index = seite(tmp_path, tabellen, "index")
    assert "Lieferungen der Kommune" not in index.text
    assert "Tageblatt, März 2019" in index.text
    assert "Beispielblatt – Beispiel mit erfundenen Ständen" in index.text
    leer = next(z for z in index.tabellen["Berichte nach Kommune"] if z[0] == "Leerstadt")
    assert leer[1] == leer[3] == "keine Daten"


def test_a_list_row_stands_whole_where_one_of_its_figures_stands_nowhere_else(tmp_path: Path) -> None:
    maenner = TABELLENWERT | {"geschlecht": "m", "wert": 600.0, "fundstelle": "Zeile 2, Feld 4"}
    t = seite(tmp_path, NUR_TABELLEN | {"marts.tabellenwert": [TABELLENWERT, maenner]}).tabelle("Gelieferte Zahlen")
    assert t["Einwohner"][2:4] == ["1.234", "600"]


def test_areas_without_any_figure_are_named_and_not_listed_as_rows(tmp_path: Path) -> None:
    leer = zeile("13", "Wethmar", 1, None, None, status="keine_daten", hinweise=["keine_daten"]) | {"einwohner": None}
    s = seite(tmp_path, nur(zeile("10", "Niederaden", 2212, 50, 313), zeile("11", "Lanstrop", 900, 50, 100), leer))
    assert "Wethmar" not in s.tabelle("Stadtteile und Gebiete am")
    assert "Ohne Zahl nach dieser Definition: Wethmar." in s.text


def test_nationalities_of_a_table_stand_with_their_rank_among_the_named_and_their_source(tmp_path: Path) -> None:
    staat = {
        "kommune": "luenen", "stichtag": STICHTAGE[0], "gebiet_id": AGS, "geschlecht": "insgesamt", "quelle": "presse",
        "gebiet": "Lünen", "status": "ok", "hinweise": [], "lieferung_id": "luenen-presse", "herkunft": "Tageblatt",
    }  # fmt: skip
    zeilen = [
        staat | {"staat": s, "staat_name": n, "personen": p, "rang": r, "rang_bezug": r and "genannte"}
        for s, n, p, r in (("152", "Polen", 7, 2), ("163", "Türkei", 99, 1), ("999", "ohne Angabe", 3, None))
    ]
    register = [z | {"stichtag": STICHTAGE[0]} for z in mustertabellen()["marts.staatsangehoerigkeit"]]
    s = seite(tmp_path / "presse", NUR_TABELLEN | {"marts.staatsangehoerigkeit": zeilen})
    t = s.tabelle("Staatsangehörigkeiten in Lünen am 31.12.2020, wie geliefert")
    assert t == {
        "Rang unter den genannten": ["Staatsangehörigkeit", "Personen"], "1": ["Türkei", "99"], "2": ["Polen", "7"],
        "–": ["ohne Angabe", "3"],
    }  # fmt: skip
    assert "Quelle: Tageblatt." in s.text
    beide = seite(tmp_path / "beide", mustertabellen() | {"marts.staatsangehoerigkeit": [*zeilen, *register]})
    assert list(beide.tabelle("Häufigste")) == ["Rang", "1", "2"], "two sources of one day are not one list"


@pytest.mark.parametrize(
    ("herkunft", "name"),
    [
        ("Vorlage 204/2021, Abbildung 1; dort: Register", "A · Kurz (Vorlage 204/2021)"),
        (None, "A · Kurz (stadtteiltabelle)"),
    ],
)
def test_a_line_of_a_delivered_table_bears_the_name_of_its_source_and_no_key(herkunft: str | None, name: str) -> None:
    d = Definition("A", "p", "Kurz (lang)", "1", "", "", False, False, "")
    assert Zeitreihe(d, "stadtteiltabelle", [{"herkunft": herkunft}]).name == name
    assert Zeitreihe(d, "melderegister", [{"herkunft": herkunft}]).name == "A · Kurz"
