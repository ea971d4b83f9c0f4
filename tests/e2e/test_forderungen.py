"""What the five papers demand, row by row, asked of a published file: all that the five deliver, without a register."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipelines.veroeffentlichung.bericht.aussagen.translation import Translation, load_catalogue
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.parts import load_teile
from pipelines.veroeffentlichung.bericht.ratsvorlage import paged
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import ARTEN
from pipelines.veroeffentlichung.bericht.ratsvorlage.build import build_ratsvorlage
from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl
from tests.conftest import create_data_folder, monitoring_im_prozess

KOMMUNEN = ("luenen", "mettmann", "neumuenster", "neuss", "steinfurt")


@pytest.fixture(scope="module")
def datei(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file of the five."""
    daten = create_data_folder(tmp_path_factory.mktemp("fuenf") / "data", KOMMUNEN)
    lauf = monitoring_im_prozess(daten, "refresh")
    assert lauf.code == 0, lauf.output
    return daten / "marts" / "integrationsmonitoring.duckdb"


def ask(datei: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(datei), read_only=True) as con:
        return con.execute(sql).fetchall()


# Lünen: four bodies with dates; Verträge and laufende Unterrichtung; about 100 nations; 49.7 % under 18; K3 and K5
LUENEN = (
    ("select gremium_name, termin, behandlung from marts.beratungsfolge where vorlage_nr = 'VL-204/2021' order by reihenfolge",
     [("Ausschuss für Bürgerservice, Soziales und Ehrenamt", date(2021, 8, 26), "vorberatung"),
      ("Haupt- und Finanzausschuss", date(2021, 9, 9), "vorberatung"),
      ("Integrationsrat", date(2021, 9, 15), "vorberatung"), ("Rat der Stadt Lünen", date(2021, 9, 16), "beschluss")]),
    ("select massnahme_nr, titel, vorlage_nr from dim.massnahme where kommune = 'luenen' order by all",
     [("3a", "Weiterleitungsvertrag mit dem Kreis Unna", "VL-204/2021"),
      ("3b", "Kooperationsverträge mit den Städten Werne und Selm", "VL-204/2021")]),
    ("select status, grund from marts.berichtspflicht where bericht = 'unterrichtung'",
     [("nicht_bestimmbar", "Die Quelle nennt keinen Abstand.")]),
    ("select wert, kennzeichen from marts.tabellenwert where kommune = 'luenen' and merkmal = 'staaten'", [(100.0, "s")]),
    ("select gedruckt from marts.tabellenwert where kommune = 'luenen' and merkmal = 'anteil_mh' and altersgruppe <> 'insgesamt'",
     [("49.7",)]),
    ("select handlungsfeld, count(*) > 0 from dim.indikator_handlungsfeld where konzept = 'luenen_kim_2021' and "
     "handlungsfeld in ('K3', 'K5') group by 1 order by 1", [("K3", True), ("K5", True)]),
    ("select leitziel, indikator, vorschlag from dim.leitziel_indikator where leitziel = 'B3.b' order by indikator",
     [("B3.b", "recht_anspruch", True), ("B3.b", "recht_einb", True), ("B3.b", "recht_einb2", True)]),
)  # fmt: skip
# Neumünster: seven fields; Leitziele not at hand; five bodies; own Drucksachen; Fachkräftezuwanderung; posts; monitoring 2023
NEUMUENSTER = (
    ("select handlungsfelder, nicht_erhoben from dim.konzept where konzept = 'neumuenster_2022'",
     [(7, ["leitziele", "indikatoren", "massnahmen", "beschluss"])]),
    ("select gremium_name, termin from marts.beratungsfolge where vorlage_nr = '0523/2018/MV' and behandlung = 'kenntnisnahme' "
     "order by termin",
     [("Sozial- und Gesundheitsausschuss", date(2022, 10, 26)), ("Schul-, Kultur- und Sportausschuss", date(2022, 10, 27)),
      ("Jugendhilfeausschuss", date(2022, 11, 1)), ("Hauptausschuss", date(2022, 11, 8)),
      ("Ratsversammlung", date(2022, 11, 15))]),
    ("select bemerkung like '%jeweils in eigenen Drucksachen zur Entscheidung vorgelegt%', bemerkung like '%nächste "
     "Fortschreibung%Zuwanderung von Arbeits- und Fachkräften (Fachkräftezuwanderung) stärker fokussieren%' from dim.konzept "
     "where konzept = 'neumuenster_2022'",
     [(True, True)]),
    # Of 2015 no paper is known: the row names the concept and its year.
    ("select konzept_titel, konzept_jahr from marts.beratungsfolge where kommune = 'neumuenster' and vorlage_nr = '-'",
     [("Integrationskonzept der Stadt Neumünster", 2015)]),
    ("select faellig_am, regel from marts.berichtspflicht where kommune = 'neumuenster'",
     [(date(2023, 12, 31), "im Laufe des Jahres")]),
    ("select auswirkung_finanziell, auswirkung_personell from marts.vorlage where vorlage_nr = '0523/2018/MV'",
     [("nein", None)]),
    ("select baustein, stellen, befristet, mittelherkunft, vzae, status from marts.foerderung where kommune = "
     "'neumuenster' order by 1",
     [("koordinierungsstelle", 1, False, "Stadt", None, "keine_daten"),
      ("weitere_stellen", 3, True, "Land, Bund und EU", None, "keine_daten")]),
    ("select gruppe, wert from marts.tabellenwert where kommune = 'neumuenster' and (gruppe like 'EU-27%' or gruppe like "
     "'Drittstaaten%') and geschlecht = 'insgesamt' order by wert",
     [("EU-27 (seit 01.02.2020)", 5290.0), ("Drittstaaten zu EU-27 (seit 01.02.2020)", 9480.0)]),
    ("select geschlecht, zaehler, nenner, round(wert, 1), status from marts.indikator_zeitreihe where kommune = 'neumuenster' "
     "and indikator = 'dem_ausl_eu' order by geschlecht",
     [("insgesamt", 5290.0, 14770.0, 35.8, "ok"), ("m", 3065.0, 8125.0, 37.7, "ok"), ("w", 2220.0, 6645.0, 33.4, "ok")]),
)  # fmt: skip
# Steinfurt: 28 measures; who is responsible; interim and final report; women and men; reason or start; Sozialraum; money
STEINFURT = (
    ("select count(*), count(distinct handlungsfeld) from dim.massnahme where kommune = 'steinfurt'", [(28, 6)]),
    ("select list_contains(nicht_erhoben, 'verantwortliche') from dim.konzept where kommune = 'steinfurt'", [(True,)]),
    ("select bericht, status from marts.berichtspflicht where kommune = 'steinfurt' order by bericht",
     [("umsetzungsbericht", "unbekannt"), ("zwischenbericht", "nicht_bestimmbar")]),
    ("select titel like '%Ausblick%' from marts.berichtspflicht where bericht = 'umsetzungsbericht'", [(True,)]),
    # No measure that has not begun lacks a reason and a start, and every row is marked as an example.
    ("select count(*) filter (where not begruendet), count(*) filter (where not beispieldaten), count(*) > 0 from "
     "marts.massnahme "
     "where kommune = 'steinfurt' and status in ('nicht_begonnen', 'verschoben', 'entfallen')", [(0, 0, True)]),
    # Women and men, Sozialraum and money have a column each; where the sheet has none, it says so or is NULL.
    ("select count(*) from (describe marts.massnahme) where column_name in ('istwert_w', 'istwert_m', 'teilnehmende_w', "
     "'teilnehmende_m', 'gebiet_id', 'sozialraum', 'kosten', 'kosten_je_teilnehmende', 'zielerreichung', 'wirkung')", [(10,)]),
    ("select wert, kennzeichen from marts.tabellenwert where kommune = 'steinfurt' and quelle_id = 'integrationsausgaben' "
     "order by wert desc limit 1", [(131000.0, "s")]),
)  # fmt: skip
# Mettmann: six fields and two across; ten towns; Vorberatung and Beschluss; deadline; three effects
METTMANN = (
    ("select art, count(*) from dim.handlungsfeld where konzept = 'mettmann_2015' group by art order by art",
     [("handlungsfeld", 6), ("querschnitt", 2)]),
    ("select count(*) from dim.gebiet where kommune = 'mettmann' and ebene = 'gemeinde'", [(10,)]),
    ("select gremium_name, termin, behandlung from marts.beratungsfolge where vorlage_nr = '50/020/2015' order by reihenfolge",
     [("Sozialausschuss", date(2015, 5, 11), "vorberatung"), ("Kreisausschuss", date(2015, 6, 15), "vorberatung"),
      ("Kreistag", date(2015, 6, 22), "beschluss")]),
    ("select faellig_am, abgegeben_am, status from marts.berichtspflicht where bericht = 'konzept_an_land'",
     [(date(2015, 6, 30), date(2014, 12, 31), "erledigt")]),
    # The paper's head asks for the three effects; which box is ticked, the text at hand does not show.
    ("select auswirkung_finanziell, auswirkung_personell, auswirkung_organisatorisch, hinweise from marts.vorlage where "
     "vorlage_nr = '50/020/2015'", [(None, None, None, ["nicht_erhoben"])]),
    ("select indikator, round(wert, 1), status from marts.indikator_zeitreihe where kommune = 'mettmann' and gebiet_id = '05158' "
     "and indikator in ('dem_altenq', 'dem_jugendq', 'ein_sgb2') and geschlecht = 'insgesamt' and wert is not null order by 1",
     [("dem_altenq", 43.3, "ok"), ("dem_jugendq", 33.1, "ok"), ("ein_sgb2", 10.6, "ok")]),
)  # fmt: skip
# Neuss: nine factors with sub-points; yearly Runder Tisch, two-yearly report, three bodies; controlling; town as employer
NEUSS = (
    ("select count(*) from dim.handlungsfeld where kommune = 'neuss' and art = 'erfolgsfaktor'", [(9,)]),
    ("select count(*), count(distinct handlungsfeld) from dim.leitziel where kommune = 'neuss'", [(15, 9)]),
    ("select bericht, regel, gremien, status from marts.berichtspflicht where kommune = 'neuss' order by bericht",
     [("berichterstattung", "fortlaufend, ohne genannten Abstand", ["Fachausschüsse", "Integrationsrat", "Rat der Stadt Neuss"],
       "nicht_bestimmbar"),
      ("fortschreibungsbericht", "alle 24 Monate", ["Integrationsrat"], "offen"),
      ("runder_tisch", "alle 12 Monate", [], "offen")]),
    ("select count(*) from marts.berichtspflicht where kommune = 'neuss' and status = 'offen' and grund like '%gerechnet vom%'",
     [(2,)]),
    ("select count(*) from dim.massnahme where kommune = 'neuss' and titel like '%Maßnahmen-Controlling und "
     "Wirksamkeits-Evaluation'",
     [(1,)]),
    ("select indikator from dim.leitziel_indikator where kommune = 'neuss' and leitziel = 'E7.a' order by 1",
     [("ioe_azubi",), ("ioe_personal",), ("ioe_schulung",)]),
    ("select s.name, wert from marts.tabellenwert as w inner join dim.staat as s on w.staat = s.staat where "
     "kommune = 'neuss' "
     "and stichtag = '2007-01-01' order by wert desc limit 2", [("Türkei", 6917.0), ("Griechenland", 1536.0)]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("frage", "antwort"),
    [f for paper in (LUENEN, NEUMUENSTER, STEINFURT, METTMANN, NEUSS) for f in paper],
)
def test_a_demand_of_a_paper_stands_in_the_published_file(
    datei: Path, frage: str, antwort: list[tuple[Any, ...]]
) -> None:
    assert ask(datei, frage) == antwort


# What a place in a file looks like, and the words of a comment that say so.
STELLEN = ((re.compile(r"!\$?[A-Z]+\d"), "Blatt und Zelle"), (re.compile(r"Zeile \d+, Feld \d+"), "Zeile und Feld"),
           (re.compile(r"\b(Kapitel|Abschnitt) \d"), "Kapitel oder Abschnitt"))  # fmt: skip


def test_the_comment_of_a_place_says_what_the_column_holds(datei: Path) -> None:
    tabellen = ask(
        datei,
        "select schema_name || '.' || table_name, comment from duckdb_columns() where column_name = 'fundstelle' "
        "and schema_name in ('marts', 'dim') and not internal",
    )
    gesehen = set()
    for tabelle, kommentar in tabellen:
        for (fundstelle,) in ask(datei, f"select distinct fundstelle from {tabelle} where fundstelle <> ''"):
            worte = {w for muster, w in STELLEN if muster.search(fundstelle)}
            assert worte, f"{tabelle}: {fundstelle}"
            assert [w for w in worte if w not in kommentar] == [], f"{tabelle}: {fundstelle} – {kommentar}"
            gesehen |= worte
    assert len(gesehen) == len(STELLEN)


def test_the_report_says_what_the_papers_say_of_the_concept_and_its_decisions(datei: Path) -> None:
    seiten = {k: (datei.parent / "bericht" / f"{k}.html").read_text(encoding="utf-8") for k in KOMMUNEN}
    assert (
        "Zuwanderung von Arbeits- und Fachkräften (Fachkräftezuwanderung) stärker fokussieren" in seiten["neumuenster"]
    )
    assert "jeweils in eigenen Drucksachen zur Entscheidung vorgelegt" in seiten["neumuenster"]
    assert "Integrationskonzept der Stadt Neumünster (Beschluss 2015; Vorlage nicht erhoben)" in seiten["neumuenster"]
    assert "Integrationskonzept der Stadt Lünen (Beschluss 2014; Vorlage nicht erhoben)" in seiten["luenen"]
    mappe = openpyxl.load_workbook(datei.parent / "bericht" / "luenen.xlsx", read_only=True)
    folge = [[z for z in reihe if z is not None] for reihe in mappe["Beratungsfolge"].iter_rows(values_only=True)]
    assert any(r[:4] == ["-", "Integrationskonzept der Stadt Lünen", 2014, 1] for r in folge), folge


def test_a_town_of_a_county_says_what_only_the_county_has_and_names_no_source_of_another(datei: Path) -> None:
    """Jugendquotient and SGB II are there for the Kreis alone; foreigners of 2023 for Ratingen alone."""
    seite = unescape((datei.parent / "bericht" / "mettmann.gebiete.html").read_text(encoding="utf-8"))
    profile = {
        g: " ".join(re.sub(r"<[^>]+>", " ", seite.split(f'id="gebiet-{g}"')[1].split("</section>")[0]).split())
        for (g,) in ask(datei, "select gebiet_id from dim.gebiet where kommune = 'mettmann' and ebene = 'gemeinde'")
    }
    assert len(profile) == 10
    for gebiet_id, text in profile.items():
        assert "Nur für den Kreis Mettmann, nicht für" in text, gebiet_id
        assert re.search(r"Jugendquotient\D*33,1\D* 31\.12\.2024 IT\.NRW, Landesdatenbank, Tabelle 12411-09i", text), (
            gebiet_id
        )
        assert ("Stadt Ratingen" in text) == (gebiet_id == "05158028"), gebiet_id
    blatt = openpyxl.load_workbook(datei.parent / "bericht" / "mettmann.xlsx", read_only=True)["Indikatoren"]
    zeilen = [r for r in blatt.iter_rows(values_only=True) if "Erkrath" in r]
    assert zeilen
    assert not any("Ratingen" in str(z) or "ratingen" in str(z) for r in zeilen for z in r)
    assert re.search(r"Kreis Mettmann am 31\.12\.2024: \D*84\.480", profile["05158004"])


def test_the_four_counties_name_their_fifteen_most_frequent_nationalities_with_rank(datei: Path) -> None:
    """From the first to the fifteenth, equal counts equal: among those the table names, which the row says."""
    zeilen = ask(
        datei,
        "select kommune, count(rang), min(rang), arg_min(staat_name, rang), any_value(rang_bezug), bool_and(rang = vorher + 1) "
        "from (select *, (select count(*) from marts.staatsangehoerigkeit as m where m.kommune = s.kommune "
        "and m.quelle = s.quelle and m.stichtag = s.stichtag "
        "and m.gebiet_id = s.gebiet_id and m.geschlecht = s.geschlecht and m.personen > s.personen) "
        "as vorher from marts.staatsangehoerigkeit as s where stichtag = '2024-12-31' and ebene = 'kreis' "
        "and quelle <> 'melderegister' and geschlecht = 'insgesamt') group by kommune order by kommune",
    )
    assert [z[:3] for z in zeilen] == [(k, 15, 1) for k in ("luenen", "mettmann", "neuss", "steinfurt")]
    assert {z[4:] for z in zeilen} == {("genannte", True)}
    assert ask(
        datei,
        "select rang, staat_name, personen from marts.staatsangehoerigkeit where kommune = 'neuss' and stichtag = '2007-01-01' "
        "and rang <= 3 order by rang",
    ) == [(1, "Türkei", 6917), (2, "Griechenland", 1536), (3, "Portugal", 1231)]


def german_left(seite: str) -> list[str]:
    """Names of the reference lists that stand in an English page outside of what is marked as German."""
    text = re.sub(r'<span lang="de">.*?</span>', "", seite.split("</style>")[1])
    namen = {d for d, f in ((d, f) for liste in load_catalogue().values() for d, f in liste.items()) if d not in f[0]}
    return [n for n in sorted(namen) if re.search(rf"(?<!\w){re.escape(n.rstrip('.'))}(?!\w)", text)]


def test_no_german_name_of_a_list_is_left_in_english_pages_and_papers(
    datei: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paged, "_as_data", lambda bild: "")  # drawing the pictures as pixels is most of the time
    lauf = monitoring_im_prozess(datei.parent.parent, "report", "--sprache", "en")
    assert lauf.code == 0, lauf.output
    seiten = sorted((datei.parent / "bericht").glob("*.en.html"))
    assert len(seiten) == len(KOMMUNEN)
    assert {s.name: r for s in seiten if (r := german_left(s.read_text(encoding="utf-8")))} == {}
    with duckdb.connect(str(datei), read_only=True) as con:
        for kommune in load_kommunen(con):
            wahl = Vorlagenwahl(ARTEN["abschlussbericht"], sprache="en")
            papier = build_ratsvorlage(con, load_teile(con, kommune), wahl, (), Translation("en"))
            assert german_left(paged.render_html(papier)) == [], kommune["kommune"]
    assert german_left("</style><p>Ausländeranteil</p>") == ["Ausländeranteil"]
