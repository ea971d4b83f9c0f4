"""A past figure changes: the correction is on record and in the report, the old publication is still readable, the verdict that
rested on it says so. And a town adds an indicator by an entry. One municipality that has tables only, twice refreshed."""

from pathlib import Path

import duckdb
import pytest

from tests.conftest import Aufruf, create_data_folder, create_kleinstadt, monitoring_im_prozess

pytestmark = pytest.mark.e2e

QUELLEN = """
  indikatoren:
    - id: arbeitsamt
      titel: Arbeitslosenquote
      herkunft: Statistik der Bundesagentur für Arbeit (erfundene Zahlen)
      lizenz: ohne
      datei: quoten.csv
      bereits_veroeffentlicht: true
      zeit: {spalte: jahr, form: jahr}
      spalten: {gebiet_id: schluessel}
      merkmale: {arbeitslosenquote: {titel: Arbeitslosenquote, einheit: prozent},
                 gartenquote: {titel: Gartenquote, einheit: prozent}}
      werte:
        - {merkmal: arbeitslosenquote, spalte: alle}
        - {merkmal: arbeitslosenquote, gruppe: auslaender, spalte: auslaender}
        - {merkmal: arbeitslosenquote, gruppe: deutsche, spalte: deutsche}
        - {merkmal: gartenquote, spalte: garten}
"""
EINTRAG = """
  - id: gartenquote
    name: Teilnahme am Gemeinschaftsgarten
    thema: teilhabe
    definition: Anteil der Haushalte mit Beet im Gemeinschaftsgarten.
    zaehler: Haushalte mit Beet
    nenner: Haushalte
    einheit: prozent
    richtung: hoch
    gliederungen: []
    quelle: [integrationsbuero]
    periodizitaet: jaehrlich
    stichtag: "12-31"
    handlungsfelder: {}
    zuordnung_vorschlag: true
    vorbild: []
    formel_vorschlag: true
    hinweise: []
    herleitung: {art: lieferung, merkmal: gartenquote}
"""


def quoten(ordner: Path, auslaender_2020: str) -> None:
    zeilen = ["2019;AGS;7,0;16,0;6,0;1,0", f"2020;AGS;8,0;{auslaender_2020};6,5;2,5", "2021;AGS;7,5;15,0;6,2;4,0"]
    ags = (ordner / "gebiete.csv").read_text(encoding="utf-8").splitlines()[1].split(";")[0]
    text = "jahr;schluessel;alle;auslaender;deutsche;garten\n" + "\n".join(zeilen).replace("AGS", ags)
    (ordner / "indikatoren").mkdir(exist_ok=True)
    (ordner / "indikatoren" / "quoten.csv").write_text(text + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def stadt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Aufruf, Aufruf]:
    ordner = create_kleinstadt(create_data_folder(tmp_path_factory.mktemp("korrektur") / "data", ()))
    daten = ordner.parents[1]
    yaml = ordner / "kommune.yaml"
    text = yaml.read_text(encoding="utf-8")
    yaml.write_text(text.rstrip() + QUELLEN, encoding="utf-8")
    katalog = daten / "raw" / "referenz" / "indikatoren.yaml"
    katalog.write_text(katalog.read_text(encoding="utf-8").rstrip() + EINTRAG, encoding="utf-8")
    quoten(ordner, "18,0")
    erster = monitoring_im_prozess(daten, "refresh")
    quoten(ordner, "17,1")
    return daten, erster, monitoring_im_prozess(daten, "refresh")


def ask(datei: Path, sql: str) -> list[tuple]:
    con = duckdb.connect(str(datei), read_only=True)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


REIHE = """
select year(zeitraum), wert, trend, status, trend_auf_korrektur from marts.indikator_zeitreihe
where indikator = 'arb_alq' and gruppe = 'auslaender' and geschlecht = 'insgesamt' order by 1
"""


def test_both_refreshes_publish(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    daten, erster, zweiter = stadt
    assert (erster.code, zweiter.code) == (0, 0), erster.output + zweiter.output
    assert len(list((daten / "marts" / "archiv").glob("*.duckdb"))) == 2


def test_the_correction_is_on_record_with_both_values_and_the_reason(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    daten = stadt[0]
    zeilen = ask(
        daten / "marts" / "integrationsmonitoring.duckdb",
        "select spalte, alt, neu, grund from protokoll.revision where tabelle = 'marts.indikator_zeitreihe' "
        "and schluessel like '%indikator=arb_alq;%gruppe=auslaender; geschlecht=insgesamt;%zeitraum=2020-01-01' order by 1",
    )
    # 16.0 -> 18.0 and 16.0 -> 17.1 are both worse; 18.0 -> 15.0 and 17.1 -> 15.0 both better.
    assert zeilen == [("wert", "18.0", "17.1", "neue_lieferung")]


def test_verdicts_that_rest_on_the_corrected_figure_say_so(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    assert ask(stadt[0] / "marts" / "integrationsmonitoring.duckdb", REIHE) == [
        (2019, 16.0, "nicht_bewertbar", "ok", False),
        (2020, 17.1, "verschlechtert", "korrigiert", True),
        (2021, 15.0, "verbessert", "ok", True),
    ]


def test_the_publication_before_is_still_readable(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    erste = sorted((stadt[0] / "marts" / "archiv").glob("*.duckdb"), key=lambda p: (len(p.name), p.name))[0]
    assert [z[:4] for z in ask(erste, REIHE)] == [
        (2019, 16.0, "nicht_bewertbar", "ok"),
        (2020, 18.0, "verschlechtert", "ok"),
        (2021, 15.0, "verbessert", "ok"),
    ]


def test_the_gap_and_women_and_men_stand_beside_it(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    zeilen = ask(
        stadt[0] / "marts" / "integrationsmonitoring.duckdb",
        "select year(zeitraum), round(abstand, 1), abstand_fall from marts.indikator_zeitreihe "
        "where indikator = 'arb_alq' and gruppe = 'auslaender' and geschlecht = 'insgesamt' order by 1",
    )
    assert zeilen == [
        (2019, 10.0, None),
        (2020, 10.6, "gruppe_verschlechtert"),
        (2021, 8.8, "gruppe_verbessert_abstand_kleiner"),
    ]
    frauen = ask(
        stadt[0] / "marts" / "integrationsmonitoring.duckdb",
        "select distinct geschlecht, wert, status from marts.indikator_zeitreihe where indikator = 'arb_alq' "
        "and geschlecht <> 'insgesamt' order by 1",
    )
    assert frauen == [("m", None, "nicht_erhoben"), ("w", None, "nicht_erhoben")]


def test_what_is_computed_from_it_follows(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    zeilen = ask(
        stadt[0] / "marts" / "integrationsmonitoring.duckdb",
        "select year(zeitraum), round(wert, 1) from marts.indikator_zeitreihe where indikator = 'arb_alq_abst' "
        "and geschlecht = 'insgesamt' order by 1",
    )
    assert zeilen == [(2019, 9.0), (2020, 9.1), (2021, 7.5)]


def test_a_town_adds_an_indicator_by_adding_an_entry(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    datei = stadt[0] / "marts" / "integrationsmonitoring.duckdb"
    assert ask(
        datei,
        "select z.wert, z.trend, i.name from marts.indikator_zeitreihe as z join dim.indikator as i using (indikator) "
        "where indikator = 'gartenquote' and geschlecht = 'insgesamt' order by zeitraum",
    ) == [
        (1.0, "nicht_bewertbar", "Teilnahme am Gemeinschaftsgarten"),
        (2.5, "verbessert", "Teilnahme am Gemeinschaftsgarten"),
        (4.0, "verbessert", "Teilnahme am Gemeinschaftsgarten"),
    ]


def test_the_report_lists_the_correction(stadt: tuple[Path, Aufruf, Aufruf]) -> None:
    seite = (stadt[0] / "marts" / "bericht" / "kleinstadt.html").read_text(encoding="utf-8")
    assert "Korrekturen" in seite
    assert "18,0" in seite
    assert "17,1" in seite
