"""What the report says first: every number of a sentence is read back from the published file by the query beside it.

Belongs here: the sentences of the first screen, the chapters of the concept, the list of what has no figures yet. Does not
belong here: tables and pictures (test_bericht.py).
"""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.aussagen.check import check_sentences
from pipelines.veroeffentlichung.bericht.aussagen.content import (
    ACHTEN,
    GEAENDERT,
    STEHT,
    Aussage,
    BelegteZahl,
    sql_value,
)
from pipelines.veroeffentlichung.bericht.aussagen.select import HOECHSTENS, choose
from pipelines.veroeffentlichung.bericht.check_workbook import FremdeZahl
from tests.unit.veroeffentlichung.reports import write, write_once
from tests.unit.veroeffentlichung.test_bericht import AGS, STICHTAGE, Seite, mustertabellen, zeile
from tests.unit.veroeffentlichung.test_bericht_indikatorseite import TAGE, reihe, tabellen
from tests.unit.veroeffentlichung.test_bericht_saetze import DATEN, MASSNAHME, Tabellen, bruch, nur

SATZ = re.compile(r"<li class=\"(\w+)\"><details.*?><summary>(.*?)</summary>\s*<dl class=\"beleg\">(.*?)Adresse", re.S)
ZAHL = re.compile(r'<data value="([^"]+)">([^<]+)</data>')
ABFRAGE = re.compile(r"<div><dt>([^<]*)</dt><dd><code>(.*?)</code></dd></div>", re.S)
VERGANGEN = {"trend": "verschlechtert", "vorperiode": TAGE[0], "vorwert": 40.0, "veraenderung_vorperiode": -5.6,
             "beispieldaten": False, "relevanzschwelle": 1.0, "ziel": 45.0, "ziel_jahr": 2030, "zielabstand": 10.6,
             "ziel_erreicht": False}  # fmt: skip
BEURTEILT: Tabellen = tabellen() | {
    "marts.indikator_zeitreihe": [
        reihe(TAGE[0], 40.0, beispieldaten=False),
        reihe(TAGE[1], 34.4, **VERGANGEN),
    ]
}
KONZEPT: Tabellen = mustertabellen() | {
    "dim.handlungsfeld": [
        {"kommune": "luenen", "konzept": "k", "handlungsfeld": "S1", "name": "Arbeit", "art": "handlungsfeld", "reihenfolge": 1},
        {"kommune": "luenen", "konzept": "k", "handlungsfeld": "S2", "name": "Wohnen", "art": "handlungsfeld", "reihenfolge": 2},
    ],
    "dim.leitziel": [
        {"kommune": "luenen", "konzept": "k", "leitziel": "S1.a", "handlungsfeld": "S1", "text": "Betriebe einbeziehen",
         "indikatoren": []},
        {"kommune": "luenen", "konzept": "k", "leitziel": "S2.a", "handlungsfeld": "S2", "text": "Wohnungen bauen",
         "indikatoren": []},
    ],
    "marts.massnahme": [
        MASSNAHME | {"handlungsfeld": "S1", "titel": "Kurs", "istwert_w": 12.0, "istwert_m": 9.0, "istwert_gesamt": 21.0,
                     "aufwand": 1900.0, "ueberfaellig": 1, "istwert_art": "personen", "risiko": "rot"},
        MASSNAHME | {"handlungsfeld": "S1", "massnahme_nr": "2", "titel": "Messe", "status": "verschoben",
                     "begruendung": "Der Saal fehlte."},
        MASSNAHME | {"massnahme_nr": "3", "titel": "Feldlos", "status": "nicht_begonnen"},
    ],
}  # fmt: skip
ALLE: dict[str, Tabellen] = DATEN | {"konzept": KONZEPT, "beurteilt": BEURTEILT, "indikatoren": tabellen()}


@pytest.fixture(scope="module")
def seiten() -> dict[str, tuple[Ablage, str]]:
    return write_once(ALLE)


def sentences(roh: str) -> list[tuple[str, str]]:
    """(kind, text) of the sentences of a page."""
    return [
        (art, " ".join(unescape(re.sub(r"<[^>]+>", "", satz.split("</span>", 1)[1])).replace("Nachweis", "").split()))
        for art, satz, _ in SATZ.findall(roh)
    ]


def german(text: str) -> float:
    return float(re.sub(r"[^\d,]", "", text).replace(",", "."))


@pytest.mark.parametrize("daten", list(ALLE))
def test_every_number_of_a_sentence_is_what_its_query_returns(
    seiten: dict[str, tuple[Ablage, str]], daten: str
) -> None:
    ablage, roh = seiten[daten]
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        for _, satz, beleg in SATZ.findall(roh):
            zahlen, abfragen = ZAHL.findall(satz), ABFRAGE.findall(beleg)
            assert [text for _, text in zahlen] == [text for text, _ in abfragen], "each number has its query"
            ohne = re.sub(r"<data.*?</data>|\d\d\.\d\d\.\d{4}|»[^«]*«|\b(19|20)\d\d\b", "", satz)
            assert not re.search(r"\d", re.sub(r"<[^>]+>", "", ohne)), f"a number without a query: {ohne}"
            for (wert, text), (_, abfrage) in zip(zahlen, abfragen, strict=True):
                ((gelesen,),) = con.execute(unescape(abfrage)).fetchall()
                assert gelesen == pytest.approx(float(wert))
                faktor = 100 if "anteil_mh" in abfrage else 1
                assert german(text) == pytest.approx(abs(float(wert)) * faktor, abs=0.0501)


def test_the_share_its_change_and_its_areas_are_said_with_definition_day_and_source(
    seiten: dict[str, tuple[Ablage, str]],
) -> None:
    _, roh = seiten["voll"]
    saetze = sentences(roh)
    assert (
        "steht",
        "Am 30.06.2021 hatten 34,4 % der 87.815 Einwohner:innen in Lünen einen Migrationshintergrund (Definition "
        "»Lünen 2021«). Beispieldaten",
    ) in saetze
    assert not any("31.12.2020" in s for _, s in saetze)  # another day of the year, as the table refuses it
    assert any(
        "Am höchsten ist der Anteil in Ährenfeld & Söhne mit 41,0 %, am niedrigsten in Niederaden" in s
        for _, s in saetze
    )
    belege = [b for *_, b in SATZ.findall(roh)]
    assert all(f"<dt>{wort}</dt>" in belege[0] for wort in ("Definition", "Stichtag", "Quelle", "Stelle", "Schutz"))


def test_a_falling_share_is_said_to_fall_and_an_equal_one_to_stay(tmp_path: Path) -> None:
    frueher = zeile(AGS, "Lünen", 87815, 13259, 31000, stichtag=date(2020, 6, 30))
    jetzt = zeile(AGS, "Lünen", 87815, 13259, 30179)
    _, roh = write(tmp_path / "a", nur(frueher, jetzt))
    assert any("um 0,9 Prozentpunkte gesunken: von 35,3 % auf 34,4 %" in s for _, s in sentences(roh))
    _, roh = write(tmp_path / "b", nur(jetzt | {"stichtag": date(2020, 6, 30)}, jetzt))
    assert any("gleich geblieben (damals 34,4 %)" in s for _, s in sentences(roh))


def test_a_change_is_told_of_one_day_of_the_year_alone(tmp_path: Path) -> None:
    jahre = [zeile(AGS, "Lünen", 87815, 13259, n, stichtag=date(y, 12, 31)) for y, n in ((2018, 30000), (2020, 31000))]
    _, roh = write(tmp_path, nur(*jahre, zeile(AGS, "Lünen", 87815, 13259, 40000)))
    saetze = [s for _, s in sentences(roh)]
    assert any(
        "Vom 31.12.2018 bis zum 31.12.2020 ist der Anteil mit Migrationshintergrund um 1,1 Pro" in s for s in saetze
    )
    assert not any("Seit dem" in s for s in saetze)


def test_no_change_is_told_over_a_break(tmp_path: Path) -> None:
    _, roh = write(tmp_path, bruch(STICHTAGE[1], "bruch", "Neue Zählung."))
    saetze = [s for _, s in sentences(roh)]
    assert not any("Seit dem" in s for s in saetze)
    assert any(
        "ab 30.06.2021 nicht mit früheren vergleichbar: Bruch in der Zeitreihe: Neue Zählung." in s for s in saetze
    )


def test_a_protected_share_is_said_to_be_protected_and_nothing_else_of_it(
    seiten: dict[str, tuple[Ablage, str]],
) -> None:
    saetze = sentences(seiten["geheim"][1])
    assert [s for _, s in saetze if "nicht veröffentlicht: geschützt" in s]
    assert "<data" not in seiten["geheim"][1]


def test_a_town_without_anything_says_so_first(seiten: dict[str, tuple[Ablage, str]]) -> None:
    roh = seiten["leer"][1]
    assert sentences(roh) == []
    assert "Für Lünen ist noch keine Zahl veröffentlicht" in roh.split("<nav")[0]


def test_measures_are_counted_with_their_reasons_and_delays(seiten: dict[str, tuple[Ablage, str]]) -> None:
    saetze = {s.split(" Beispieldaten")[0]: art for art, s in sentences(seiten["konzept"][1])}
    assert saetze["Von 3 Maßnahmen (Stand 30.06.2021) sind 0 abgeschlossen; nicht begonnen, verschoben oder entfallen sind 2, "
                  "ohne Begründung davon 1."] == "steht"  # fmt: skip
    assert saetze["Überfällig ist 1 Maßnahme (Stand 30.06.2021)."] == "achten"


def test_what_got_worse_and_the_missed_goal_are_to_be_watched(seiten: dict[str, tuple[Ablage, str]]) -> None:
    achten = [s for art, s in sentences(seiten["beurteilt"][1]) if art == ACHTEN]
    assert any(
        s.startswith("Schlechter: Beschäftigtenquote, mit Migrationshintergrund: −5,6 Prozentpunkte") for s in achten
    )


def test_an_example_is_no_verdict_and_no_sentence_calls_it_better(seiten: dict[str, tuple[Ablage, str]]) -> None:
    assert not any("Besser" in s for _, s in sentences(seiten["indikatoren"][1]))


VON = {"name": "Anteil", "ort": "Lünen", "tag": date(2021, 6, 30)}


def aussage(art: str, n: int) -> Aussage:
    return Aussage(art, "bruch", {"ab": f"{art} {n}", "grund": "so"}, ())


def test_at_most_five_sentences_and_always_one_to_watch_if_there_is_one() -> None:
    viele = [aussage(STEHT, n) for n in range(6)] + [aussage(GEAENDERT, 1), aussage(ACHTEN, 1), aussage(ACHTEN, 2)]
    gewaehlt = choose(viele)
    assert [a.art for a in gewaehlt] == [STEHT] * 3 + [GEAENDERT, ACHTEN]
    assert len(gewaehlt) == HOECHSTENS
    assert [a.werte["ab"] for a in choose([None, aussage(ACHTEN, 1), aussage(STEHT, 1)])] == ["steht 1", "achten 1"]


def test_a_value_in_a_query_cannot_end_its_string() -> None:
    assert sql_value("O'Brien") == "'O''Brien'"
    assert sql_value(date(2021, 6, 30)) == "date '2021-06-30'"


@pytest.mark.parametrize(
    "abfrage",
    ["select 6.0", "select null", "select 5.0 where false", "select unnest([5.0, 5.0])"],
)
def test_a_sentence_with_a_number_that_the_file_does_not_have_is_refused(abfrage: str) -> None:
    con = duckdb.connect()
    check_sentences([Aussage(STEHT, "indikator", VON | {"wert": BelegteZahl("5", 5.0, "select 5.0")}, ())], con)
    with pytest.raises(FremdeZahl, match="steht so nicht"):
        check_sentences([Aussage(STEHT, "indikator", VON | {"wert": BelegteZahl("5", 5.0, abfrage)}, ())], con)


def test_chapters_hold_goals_and_measures_and_empty_ones_stand_in_the_list_alone(
    seiten: dict[str, tuple[Ablage, str]],
) -> None:
    s = Seite(seiten["konzept"][1])
    kapitel, luecken = (
        s.roh.split(f'<section id="{k}">')[1].split("</section>")[0] for k in ("indikatoren", "luecken")
    )
    assert "Betriebe einbeziehen" in kapitel
    assert "Wohnen" not in kapitel
    assert "Wohnungen bauen" in luecken
    tabelle = s.tabelle("Maßnahmen: Arbeit")
    assert tabelle["1"] == [
        "Kurs",
        "laufend, überfällig; Ampel rot: weicht vom Plan ab",
        "–",
        "Aufwand 1.900\N{NO-BREAK SPACE}€",
        "–",
        "12",
        "9",
        "21",
    ]
    assert tabelle["2"][1:3] == ["verschoben", "Der Saal fehlte."]
    assert [z[0] for z in s.tabelle("Maßnahmen: Ohne Handlungsfeld").values()] == ["Maßnahme", "Feldlos"]


@pytest.mark.parametrize("daten", list(ALLE))
def test_every_measure_stands_in_exactly_one_chapter(seiten: dict[str, tuple[Ablage, str]], daten: str) -> None:
    s = Seite(seiten[daten][1])
    genannt = [z[1] for t, zeilen in s.tabellen.items() if t.startswith("Maßnahmen: ") for z in zeilen[1:]]
    titel = [m["titel"] for m in ALLE[daten].get("marts.massnahme", [])]
    assert sorted(g.split(" (")[0] for g in genannt) == sorted(titel)


def test_rules_stand_in_the_method_chapter_alone(seiten: dict[str, tuple[Ablage, str]]) -> None:
    davor, methode = seiten["voll"][1].split('<section id="methode">')
    assert "1. Ausländer → mit" in methode
    assert "1. Ausländer → mit" not in davor


@pytest.mark.parametrize("daten", list(ALLE))
def test_no_section_of_a_page_is_empty(seiten: dict[str, tuple[Ablage, str]], daten: str) -> None:
    for abschnitt in seiten[daten][1].split("<section ")[1:]:
        text = re.sub(r"<h[23].*?</h[23]>", "", abschnitt.split("</section>")[0].split(">", 1)[1])
        assert re.sub(r"<[^>]+>|\s", "", text), abschnitt[:60]
        if daten in ("leer", "massnahmen"):
            assert 'id="luecken"' in seiten[daten][1]


@pytest.mark.parametrize("daten", list(ALLE))
def test_a_cell_says_its_column_where_the_header_is_hidden(seiten: dict[str, tuple[Ablage, str]], daten: str) -> None:
    s: Any = Seite(seiten[daten][1])
    for karte in re.findall(r'<table class="[^"]*karten[^"]*">(.*?)</table>', s.roh, re.S):
        zellen = re.findall(r"<td[^>]*>", karte.split("</thead>")[1])
        assert all("data-kopf=" in z for z in zellen)


def pictures(tmp_path: Path, *reihen: dict[str, Any]) -> list[dict[str, Any]]:
    ohne = tabellen() | {"marts.migrationshintergrund": [], "marts.indikator_zeitreihe": list(reihen)}
    return Seite(write(tmp_path, ohne)[1]).bilder


def test_a_town_without_a_share_shows_its_longest_comparable_series_and_none_over_a_break(tmp_path: Path) -> None:
    ohne = {"profil": "-", "gruppe": "insgesamt"}
    (bild,) = pictures(tmp_path / "a", reihe(TAGE[0], 33.7, **ohne), reihe(TAGE[1], 34.4, **ohne))
    assert "Beschäftigtenquote: 33,7 % am 31.12.2020; 34,4 % am 30.06.2021" in bild["unterschrift"]
    assert pictures(tmp_path / "b", reihe(TAGE[0], 33.7, **ohne), reihe(TAGE[1], 34.4, abschnitt=2, **ohne)) == []


def test_a_range_of_definitions_says_which_it_leaves_out(tmp_path: Path) -> None:
    """Of a third definition there is a lower bound only: the range is of the other two, and the sentence says so."""
    zwei = [zeile(AGS, "Lünen", 87815, 13259, 30179), zeile(AGS, "Lünen", 87815, 13259, 35171, profil="kosis_like")]
    dritte = zeile(AGS, "Lünen", 87815, 13259, 20000, profil="dritte", unentscheidbar=60000) | {
        "status": "mindestwert", "hinweise": ["mindestwert"],
    }  # fmt: skip
    for name, zeilen, beginn in (
        ("zwei", zwei, "Je nach Definition liegt"),
        ("drei", [*zwei, dritte], "Nach den Definitionen,"),
    ):
        daten = nur(*zeilen)
        daten["dim.profil"] = [*daten["dim.profil"], daten["dim.profil"][0] | {"profil": "dritte"}]
        _, roh = write(tmp_path / name, daten)
        (satz,) = (s for _, s in sentences(roh) if "zwischen 34,4 %" in s and "40,1 %" in s)
        assert satz.startswith(beginn)
