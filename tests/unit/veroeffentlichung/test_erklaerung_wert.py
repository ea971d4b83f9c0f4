"""Every published figure explains itself: the view `marts.herkunft_der_zahl` and `monitoring explain --wert`.

Long because every kind of figure is asked where it comes from.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung import published_file
from pipelines.veroeffentlichung.explain.key import read_key
from pipelines.veroeffentlichung.explain.text import kurz, mit_einheit
from pipelines.veroeffentlichung.views import ansichtstext
from schemas.register import REGISTERTABELLEN
from schemas.tabellen.herkunft import ERKLAERT, HERKUNFT, OHNE_ERKLAERUNG
from schemas.tabellen.registry import TABELLEN, VEROEFFENTLICHT
from tests.conftest import Aufruf, monitoring_im_prozess
from tests.lib.explained_rows import FRUEHER, JETZT, REIHE, rows
from tests.lib.literal_tables import VORGABEN, lay

# Numbers of the explained tables that are settings of a series, not figures.
EINSTELLUNGEN = {"abschnitt", "relevanzschwelle", "ziel", "ziel_jahr", "signifikanzniveau", "mindestpunkte"}
LEER = {"VARCHAR": "-", "BIGINT": 0, "DOUBLE": 0.0, "BOOLEAN": False, "DATE": date(2021, 1, 1), "VARCHAR[]": []}
REGISTER = "kommune=k; stichtag=2021-06-30; gebiet_id=01; profil=p; geschlecht=insgesamt; altersgruppe=insgesamt; "


def publish(ablage: Ablage, wert: float, kennung: str) -> None:
    """Build the published file of these rows, and its copy in the archive."""
    inhalt = rows(wert, kennung)
    for t in VEROEFFENTLICHT:
        vorgabe = {s.name: VORGABEN.get(s.name, LEER.get(s.typ)) for s in t.spalten if s.name not in t.leer_erlaubt}
        eigene = {"veroeffentlichung": kennung, **({"hinweise": []} if "hinweise" in t.namen else {})}
        leer = dict.fromkeys(t.leer_erlaubt)
        lay(ablage, t.voll, *(leer | vorgabe | eigene | z for z in inhalt.get(t.voll, [])))
    archiv = ablage.marts / "archiv" / kennung
    archiv.mkdir(parents=True)
    datei = archiv / ablage.publikation.name
    manifest: dict[str, Any] = {"veroeffentlichung": kennung, "tabellen": {}}
    published_file.build_file(ablage, datei, manifest, ())
    published_file.verify_file(datei, manifest)
    shutil.copyfile(datei, ablage.publikation)


@pytest.fixture(scope="module")
def daten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two releases; nothing in it is changed by a test."""
    ordner = tmp_path_factory.mktemp("daten")
    (ordner / "raw").mkdir()
    ablage = Ablage(ordner).create_folders()
    publish(ablage, 7.5, FRUEHER)
    publish(ablage, 8.0, JETZT)
    return ordner


@pytest.fixture
def explain(daten: Path) -> Callable[..., Aufruf]:
    return lambda *argumente: monitoring_im_prozess(daten, "explain", *argumente)


def ask(daten: Path, text: str) -> list[tuple[Any, ...]]:
    con = duckdb.connect(str(daten / "marts" / "integrationsmonitoring.duckdb"), read_only=True)
    try:
        return con.execute(text).fetchall()
    finally:
        con.close()


@cache
def read_once(daten: Path) -> duckdb.DuckDBPyConnection:
    """The published file with the rows of the view in its place: to plan it takes longer than a test."""
    con = duckdb.connect()
    con.execute(f"attach '{daten / 'marts' / 'integrationsmonitoring.duckdb'}' as datei (read_only)")
    con.execute("use datei")
    rows = con.execute(f"from {HERKUNFT.voll}").to_arrow_table()
    con.execute("use memory")
    for t in VEROEFFENTLICHT:
        con.execute(f"create schema if not exists {t.schema}; create table {t.voll} as from datei.{t.voll}")
    con.register("rows", rows)
    con.execute(f"create table {HERKUNFT.voll} as from rows; detach datei")
    return con


def ask_once(daten: Path, text: str) -> list[tuple[Any, ...]]:
    return read_once(daten).execute(text).fetchall()


def test_each_figure_of_a_row_has_its_own_status(daten: Path) -> None:
    def stati(gebiet: str) -> dict[str, str]:
        frageweise = f"tabelle = 'marts.migrationshintergrund' and gebiet_id = '{gebiet}' and quelle = 'melderegister'"
        return dict(ask_once(daten, f"select spalte, status from {HERKUNFT.voll} where {frageweise}"))

    west = stati("03")
    assert {s: west[s] for s in ("einwohner", "auslaender", "anteil_auslaender", "anteil_mh", "lokationsquotient_mh")} == {
        "einwohner": "ok", "auslaender": "geheim", "anteil_auslaender": "zu_klein", "anteil_mh": "mindestwert",
        "lokationsquotient_mh": "nicht_bewertbar",
    }  # fmt: skip
    assert (stati("02")["einwohner"], stati("02")["personen_mit_mh"]) == ("ok", "geheim")


def test_every_figure_of_an_explained_table_stands_in_the_view_once(daten: Path) -> None:
    for tabelle, zahlen in ERKLAERT.items():
        t = TABELLEN[tabelle]
        numerisch = {s.name for s in t.spalten if s.typ in ("BIGINT", "DOUBLE")} - set(t.schluessel) - EINSTELLUNGEN
        assert set(zahlen) == numerisch, tabelle
        gezeigt = ask_once(
            daten, f"select spalte, count(*) from {HERKUNFT.voll} where tabelle = '{tabelle}' group by all"
        )
        (anzahl,) = ask_once(daten, f"select count(*) from {tabelle}")[0]
        assert dict(gezeigt) == dict.fromkeys(zahlen, anzahl), tabelle
    for eindeutig in ("spalte", "kennzahl"):
        assert ask_once(
            daten, f"select count(*) - count(distinct (tabelle, schluessel, {eindeutig})) from {HERKUNFT.voll}"
        ) == [(0,)]


def test_every_published_table_with_numbers_is_explained_or_says_why_not() -> None:
    with_numbers = {
        t.voll
        for t in VEROEFFENTLICHT
        if any(s.typ in ("BIGINT", "DOUBLE") and s.name not in t.schluessel for s in t.spalten)
    }
    assert {*ERKLAERT} | {*OHNE_ERKLAERUNG} == with_numbers, (
        "ERKLAERT or OHNE_ERKLAERUNG (schemas/tabellen/herkunft.py)"
    )
    assert {*ERKLAERT} & {*OHNE_ERKLAERUNG} == set()
    assert {*OHNE_ERKLAERUNG} & {*REGISTERTABELLEN} == set(), "a count of the register is always explained"


# Shares that are no count divided by another: bounds, differences, what another figure would have to be.
KEINE_ANZAHLEN = {
    "unentscheidbar_unten", "unentscheidbar_oben", "unentscheidbar_spanne", "definition_unten", "definition_oben",
    "definition_spanne", "stichprobe_unten", "stichprobe_oben", "stichprobe_spanne", "gesamt_unten", "gesamt_oben",
    "anteil_mh_differenz", "noetiger_anteil_veraendert", "lage_quantil",
}  # fmt: skip


def test_every_share_has_the_numerator_and_denominator_it_is_made_of(daten: Path) -> None:
    for tabelle in ERKLAERT:
        anteile = {s.name for s in TABELLEN[tabelle].spalten if s.einheit.startswith("Anteil")} & {*ERKLAERT[tabelle]}
        for spalte in sorted(anteile - KEINE_ANZAHLEN):
            wo = f"from {HERKUNFT.voll} where tabelle = '{tabelle}' and spalte = '{spalte}' and wert > 0"
            assert ask_once(daten, f"select count(*) > 0 {wo}") == [(True,)], (
                f"no case of {tabelle}.{spalte} in explained_rows"
            )
            falsch = f"{wo} and (abs(zaehler / nullif(nenner, 0) - wert) < 1e-9) is not true"
            assert ask_once(daten, f"select schluessel, wert, zaehler, nenner {falsch}") == [], f"{tabelle}.{spalte}"


def test_facts_and_flows_of_the_register_say_which_they_are(daten: Path) -> None:
    gesagt = {z for (z,) in ask_once(daten, f"select bezeichnung from {HERKUNFT.voll} where spalte = 'personen'")}
    assert {
        "Personen (Wohndauer: 1 bis unter 5 Jahre)", "Personen (B)", "Personen (B, ohne deutsche Staatsangehörigkeit)",
    } <= gesagt  # fmt: skip


def test_a_fact_and_a_flow_tell_what_they_count_and_of_which_days(explain: Callable[..., Aufruf]) -> None:
    fakt = explain("--wert", "marts.registermerkmal: merkmal=wohndauer; geschlecht=insgesamt", "--kennzahl", "personen")
    assert fakt.code == 0, fakt.output
    text = " ".join(fakt.output.split())
    assert "wohndauer: vollendete Jahre seit dem Einzug, den der Auszug nennt" in text
    assert "Stand 30.06.2021." in text
    assert "mehrstaatigkeit" not in text, "of the other facts nothing"
    fluss = explain("--wert", "marts.bewegung: bewegung=einbuergerung", "--kennzahl", "anteil")
    assert fluss.code == 0, fluss.output
    text = " ".join(fluss.output.split())
    assert "einbuergerung: vorher ohne, jetzt mit deutscher Staatsangehörigkeit." in text
    assert "Zwischen den Stichtagen 30.06.2021 und 30.06.2022." in text


def test_no_denominator_stands_without_a_numerator(daten: Path) -> None:
    ohne = "wert is not null and nenner is not null and zaehler is null"
    assert ask_once(daten, f"select distinct tabelle, spalte from {HERKUNFT.voll} where {ohne}") == []


def test_the_key_text_names_every_key_column_in_order_as_the_record_of_corrections_does(daten: Path) -> None:
    for tabelle in ERKLAERT:
        for (text,) in ask_once(daten, f"select distinct schluessel from {HERKUNFT.voll} where tabelle = '{tabelle}'"):
            teile = dict(teil.split("=", 1) for teil in text.split("; "))
            assert list(teile) == list(TABELLEN[tabelle].schluessel)
            wo = " and ".join(f"{s}::varchar = '{w}'" for s, w in teile.items())
            assert ask_once(daten, f"select count(*) from {tabelle} where {wo}") == [(1,)], text
    assert ask_once(daten, f"select count(*) from {HERKUNFT.voll} where schluessel = '{REIHE}zeitraum=2022-01-01'") == [
        (len(ERKLAERT["marts.indikator_zeitreihe"]),)
    ]


def test_published_values_are_those_of_the_tables(daten: Path) -> None:
    erklaert: dict[tuple[str, str], list[tuple[float | None]]] = {}
    for tabelle, spalte, wert in ask_once(daten, f"select tabelle, spalte, wert from {HERKUNFT.voll} order by wert"):
        erklaert.setdefault((tabelle, spalte), []).append((wert,))
    for tabelle, zahlen in ERKLAERT.items():
        for spalte in zahlen:
            aus_tabelle = ask_once(daten, f"select {spalte}::double from {tabelle} order by all")
            assert aus_tabelle == erklaert.get((tabelle, spalte), []), (tabelle, spalte)


def test_view_and_its_columns_are_commented_and_in_the_data_dictionary(daten: Path) -> None:
    assert ask(daten, "select comment from duckdb_views() where view_name = 'herkunft_der_zahl'") == [
        (HERKUNFT.kommentar(),)
    ]
    spalten = (
        "select column_name, comment from duckdb_columns() where table_name = 'herkunft_der_zahl' order by column_index"
    )
    assert ask(daten, spalten) == [(s.name, s.kommentar()) for s in HERKUNFT.spalten]
    woerterbuch = ask(daten, f"select spalte, typ from dim.spalte where tabelle = '{HERKUNFT.voll}'")
    assert set(woerterbuch) == {("*", "VIEW"), *((s.name, s.typ) for s in HERKUNFT.spalten)}
    assert HERKUNFT.voll not in {
        t for (t,) in ask(daten, "select schema_name || '.' || table_name from duckdb_tables()")
    }


def test_an_older_client_reads_the_view(daten: Path) -> None:
    anweisung = ansichtstext(HERKUNFT).split("with migrationshintergrund", 1)[1]
    assert "->" not in anweisung
    assert "lambda" not in anweisung
    alt = Path(sys.executable).with_name("duckdb")
    aus = subprocess.run(
        [alt, "-readonly", "-csv", "-noheader", daten / "marts" / "integrationsmonitoring.duckdb",
         f"select sum(wert), max(len(frueher)), max(len(regeln)) from {HERKUNFT.voll} "
         "where spalte in ('wert', 'personen_mit_mh')"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    summe, fruehere, regeln = aus.stdout.strip().split(",")
    assert float(summe) == pytest.approx(5 * 313 + 0.1234 + 8.5 + 85 + 1000 + 8.5 + 8.0)
    assert (fruehere, regeln) == ("1", "3")


def test_a_register_count_tells_its_categories_delivery_and_definition(explain: Callable[..., Aufruf]) -> None:
    a = explain("--wert", f"marts.migrationshintergrund: {REGISTER}quelle=melderegister")
    assert a.code == 0, a.output
    assert "Personen mit Migrationshintergrund, Nord (01), 30.06.2021: 313 Personen" in a.stdout
    assert "Definition der Stadt (Version 1.2)" in a.stdout
    for kategorie, anzahl in (("A Ausländer", "200"), ("E Eingebürgerte", "113"), ("U unbekannt", "geschützt")):
        assert any(z.split() == [*kategorie.split(), anzahl, *z.split()[3:]] for z in a.lines), kategorie
    assert "insgesamt  " not in a.stdout
    for teil in ("melderegister/2021-06-30.csv", "a" * 64, "aus dem Register gezählt", "Register der Stadt", "nur mit Quelle",
                 "Weder geschützt noch gerundet", "Bruch der Definition ab 27.06.2024: Gesetz.",
                 "einwohner: 2.212 Personen"):  # fmt: skip
        assert teil in a.stdout, teil


def test_a_share_tells_numerator_and_denominator(explain: Callable[..., Aufruf]) -> None:
    a = explain(
        "--tabelle", "migrationshintergrund", "--wert", REGISTER + "quelle=melderegister", "--kennzahl", "anteil_mh"
    )
    assert a.code == 0, a.output
    assert "14,2 % (als Anteil 0,141501)" in a.stdout
    assert "Zähler: 313; Nenner: 2.212." in a.stdout


def test_a_share_of_a_group_of_states_is_one_of_all_inhabitants(explain: Callable[..., Aufruf]) -> None:
    a = explain("--wert", "staatengruppe: kommune=k; staatengruppe=EU", "--kennzahl", "anteil")
    assert "Zähler: 40; Nenner: 2.212." in a.stdout, a.output


def test_a_protected_figure_tells_why_and_shows_no_value(explain: Callable[..., Aufruf]) -> None:
    a = explain("--wert", "gebiet=Süd; kommune=k", "--tabelle", "marts.migrationshintergrund")
    assert a.code == 0, a.output
    assert "30.06.2021: wird nicht veröffentlicht" in a.stdout
    assert "unter der Mindestfallzahl 5" in a.stdout
    assert "oder aus ihr ließe sich eine solche errechnen" in a.stdout
    assert "313" not in a.stdout


def test_a_delivered_figure_tells_sheet_and_cell_and_who_rounded_it(explain: Callable[..., Aufruf]) -> None:
    a = explain(
        "--wert", "tabellenwert: kommune=k; groesse=wert", "--kennzahl", "arbeitslosenquote", "--stichtag", "2021-06-30"
    )
    assert a.code == 0, a.output
    for teil in ("8,5 %", "indikatoren/quote.xlsx", "b" * 64, "Fundstelle: Tabelle 1!C4", "In der Quelle gedruckt: 8.5",
                 "eingelesen am 05.01.2026 08:30", "auf ein Vielfaches von 5 gerundet",
                 "Zähler: 85; Nenner: 1.000."):  # fmt: skip
        assert teil in a.stdout, teil


def test_a_corrected_indicator_tells_verdict_break_and_earlier_value(explain: Callable[..., Aufruf]) -> None:
    a = explain("--wert", f"indikator_zeitreihe: {REIHE}zeitraum=01.01.2022")
    assert a.code == 0, a.output
    for teil in ("Arbeitslosenquote, Stadt (00), 31.12.2022: 8,0 %", "Nur mit der Zahl der Erwerbspersonen nennen.",
                 "Abschnitt 2 der Reihe", "Bruch in der Zeitreihe: Neue Zählweise.", "Nicht bewertbar: Bruch in der Zeitreihe",
                 f"Bis Veröffentlichung {FRUEHER}: 7,5 % – geändert: neue Lieferung"):  # fmt: skip
        assert teil in a.stdout, teil


@pytest.mark.parametrize(
    ("schluessel", "erwartet"),
    [
        (f"marts.indikator_trend: {REIHE}",
         ("Prozentpunkte je Jahr (ungerundet −0,25)", "Arbeitslosenquote", "Fallend: Abschnitt", "mit 6 Werten",
          "31.12.2015 bis 31.12.2020", "Theil-Sen", "nötig 5")),
        (f"marts.wertespanne: {REGISTER}quelle=melderegister", ("14,2 %", "Definition der Stadt", "definition_oben: 17,0 %")),
        ("marts.staatengruppe: kommune=k; staatengruppe=EU", ("40 Personen", "(EU)", "aus dem Register gezählt")),
        ("marts.staatengruppe: kommune=gerundet; staatengruppe=EU", ("45 Personen", "Rundung: auf 5.")),
        ("marts.datenstandvergleich: kommune=k; datenstand_neu=01.09.2021", ("2.212 Personen", "einwohner_neu: 2.220")),
        ("marts.massnahme_reichweite: massnahme_nr=7", ("7 Sprachkurs", "Zähler: 50; Nenner: 200", "25")),
        ("marts.handlungsfeld_fortschritt: handlungsfeld=1", ("Sprache", "Zähler: 2; Nenner: 8", "25,0 %", "31.12.2021")),
    ],
    ids=lambda w: w.split(":")[0] if isinstance(w, str) else "",
)  # fmt: skip
def test_figures_drawn_from_others_explain_themselves_too(
    explain: Callable[..., Aufruf], schluessel: str, erwartet: tuple[str, ...]
) -> None:
    a = explain("--wert", schluessel)
    assert a.code == 0, a.output
    for text in erwartet:
        assert text in a.stdout, a.stdout


def test_a_key_without_table_means_what_was_counted_or_delivered_and_not_what_was_drawn_from_it(
    explain: Callable[..., Aufruf],
) -> None:
    a = explain("--wert", f"{REGISTER}quelle=melderegister")
    assert (a.code, "marts.migrationshintergrund" in a.stdout) == (0, True), a.output


def test_an_archived_release_shows_what_it_said(explain: Callable[..., Aufruf]) -> None:
    schluessel = ("--wert", "kommune=k; zeitraum=2022-01-01", "--kennzahl", "quote")
    assert "8,0 %" in explain(*schluessel).stdout
    damals = explain(*schluessel, "--veroeffentlichung", FRUEHER)
    assert damals.code == 0, damals.output
    assert "31.12.2022: 7,5 %" in damals.stdout
    assert f"Veröffentlichung {FRUEHER}" in damals.lines[0]
    assert "Früher veröffentlicht" not in damals.stdout


def test_an_ambiguous_key_lists_rows_and_says_what_is_missing(explain: Callable[..., Aufruf]) -> None:
    a = explain("--wert", f"migrationshintergrund: {REGISTER}")
    assert a.code == 2
    assert "passt zu 2 Zeilen" in a.stderr
    assert f"{REGISTER}quelle=stadtteiltabelle" in a.stderr
    assert "fehlt: quelle (melderegister, stadtteiltabelle)" in a.stderr
    ohne_tabelle = explain("--wert", "kommune=k; staat=163")
    assert ohne_tabelle.code == 2
    assert "--tabelle" in ohne_tabelle.stderr


def test_a_row_that_does_not_exist_names_what_exists_nearby(explain: Callable[..., Aufruf]) -> None:
    a = explain("--wert", "segregation: kommune=k; mass=eta3")
    assert a.code == 1
    assert "mass=eta3 gibt es hier nicht; vorhanden: eta2" in a.stdout
    zwei = explain("--wert", "segregation: kommune=x; mass=eta3")
    assert zwei.code == 1
    assert "kommune=x gibt es nirgends; vorhanden: k" in zwei.stdout
    weg = explain("--wert", "segregation: kommune=k; stichtag=2021-06-30; profil=p; gruppe=auslaender; mass=isolation; "
                  "quelle=melderegister")  # fmt: skip
    assert weg.code == 1
    assert f"Bis zur Veröffentlichung {FRUEHER} gab es sie; seit {JETZT} ist sie entfallen." in weg.stdout


@pytest.mark.parametrize(
    ("argumente", "worte"),
    [
        (("--wert", "kommun=k"), ("»kommun«", "»kommune«")),
        (("--wert", "marts.segregatio: kommune=k"), ("»marts.segregatio«", "»marts.segregation«")),
        (("--wert", "kommune=k", "--tabelle", "dim.staat"), ("»dim.staat«",)),
        (("--wert", "segregation: kommune=k", "--tabelle", "bezugsland"), ("segregation", "bezugsland")),
        (("--wert", "mass=eta2; staat=163"), ("marts.segregation", "marts.bezugsland")),
        (("--wert", "segregation: kommune=k", "--kennzahl", "anteil_mh"), ("»anteil_mh«", "marts.segregation")),
        (("--wert", "segregation: eta2"), ("»eta2«", "spalte=wert")),
        (("--wert", "kommune=k; kommune=l"), ("zweimal",)),
        (("--wert", "kommune=k", "--kommune", "l"), ("Verschiedenes",)),
        (("--wert", "kommune=k", "--pid", "1"), ("--pid",)),
        (("--wert", "kommune=k", "--veroeffentlichung", "../x"), ("»../x«", FRUEHER, JETZT)),
        (("--kennzahl", "anteil_mh"), ("--wert",)),
        ((), ("--kommune", "--stichtag", "--wert")),
    ],
)
def test_wrong_usage_is_explained(
    explain: Callable[..., Aufruf], argumente: tuple[str, ...], worte: tuple[str, ...]
) -> None:
    a = explain(*argumente)
    assert a.code == 2
    assert "Traceback" not in a.output
    assert "Unerwarteter" not in a.output
    for wort in worte:
        assert wort in a.stderr, a.output


def test_before_the_view_existed_a_release_says_so(daten: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    ablage = Ablage(tmp_path).create_folders()
    leer = monitoring_im_prozess(tmp_path, "explain", "--wert", "kommune=k")
    assert (leer.code, "noch keine Veröffentlichung" in leer.stderr) == (2, True)
    duckdb.connect(str(ablage.publikation)).close()
    alt = monitoring_im_prozess(tmp_path, "explain", "--wert", "kommune=k")
    assert (alt.code, "früheren Fassung" in alt.stderr) == (2, True)


def test_a_key_is_read_with_or_without_table_and_a_value_may_hold_signs() -> None:
    search = read_key(" marts.tabellenwert : gruppe=a; b: c ;staat=163; ")
    assert (search.tabelle, search.bedingungen) == ("marts.tabellenwert", {"gruppe": "a; b: c", "staat": "163"})
    assert read_key("kommune=k").tabelle is None
    assert read_key("kommune=k", "segregation").tabelle == "marts.segregation"
    with pytest.raises(KonfigurationsFehler, match="--tabelle"):
        read_key("segregation: kommune=k", "tabellenwert")


@pytest.mark.parametrize(
    ("wert", "einheit", "spalte", "text"),
    [
        (313.0, "Personen", "personen_mit_mh", "313 Personen"),
        (0.14150090415913, "Anteil 0–1", "anteil_mh", "14,2 % (als Anteil 0,141501)"),
        (15.1, "prozent", "wert", "15,1 %"),
        (34.366566, "prozent", "wert", "34,4 % (ungerundet 34,366566)"),
        (-0.5, "prozent", "abstand", "−0,5 Prozentpunkte"),
        (1.25, "prozent je Jahr", "veraenderung_je_jahr", "+1,3 Prozentpunkte je Jahr (ungerundet 1,25)"),
        (12.0, "", "lage_rang", "12"),
        (15.41, "qkm", "wert", "15,41 km²"),
    ],
)  # fmt: skip
def test_a_figure_is_written_with_its_unit_and_without_losing_digits(
    wert: float, einheit: str, spalte: str, text: str
) -> None:
    assert mit_einheit(wert, einheit, spalte) == text


def test_short_numbers_lose_no_digit_up_to_six() -> None:
    assert [kurz(x) for x in (87815.0, 0.1, 1234.5, 1e-9, -2.5)] == ["87.815", "0,1", "1.234,5", "0", "−2,5"]
