"""Rules of the report: numbers as published and rounded once, nothing protected shown, readable by all, offline.

Long because it also lays out the published town that most tests of the report stand on.
"""

import tempfile
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.content import BANNER
from pipelines.veroeffentlichung.bericht.numbers import alter_wort, anteil, anzahl, dezimal, ganz, prozent
from pipelines.veroeffentlichung.bericht.write import write_berichte
from schemas.tabellen.registry import VEROEFFENTLICHT

STICHTAGE = (date(2020, 12, 31), date(2021, 6, 30))
AGS = "05978024"
SKRIPT = "<script>alert('x')</script>"
MINDESTWERT: dict[str, Any] = {"status": "mindestwert", "hinweise": ["mindestwert"]}


def profil(kennung: str, titel: str, rekonstruktion: bool) -> dict[str, Any]:
    return {
        "profil": kennung, "version": "1.0", "titel": titel, "beschreibung": f"Wer nach {kennung} zählt.",
        "herkunft": f"Quelle von {kennung}", "naeherung": rekonstruktion, "rekonstruktion": rekonstruktion,
        "regeln": "1. Ausländer → mit",
    }  # fmt: skip


GEMEINSAM = {
    "kommune": "luenen", "stichtag": STICHTAGE[-1], "gebiet_id": AGS, "geschlecht": "insgesamt",
    "quelle": "melderegister", "gebiet": "Lünen", "ebene": "gemeinde", "staatengruppe": "alle", "status": "ok",
    "hinweise": [], "datenstand": date(2021, 7, 5), "lieferung_id": "luenen-register",
    "veroeffentlichung": "2021-08-01.1",
}  # fmt: skip


def zeile(
    gebiet_id: str, gebiet: str, einwohner: int, auslaender: int | None, mh: int | None, **mehr: Any
) -> dict[str, Any]:
    """A row of marts.migrationshintergrund; shares follow from the counts, missing counts are protected."""
    unklar = mehr.pop("unentscheidbar", 0)
    status = "geheim" if mh is None else "ok"
    werte = {
        "kommune": "luenen", "stichtag": STICHTAGE[-1], "gebiet_id": gebiet_id, "profil": "luenen_2021",
        "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "quelle": "melderegister", "gebiet": gebiet,
        "ebene": "gemeinde" if gebiet_id == AGS else "stadtteil", "profilversion": "1.0", "einwohner": einwohner,
        "auslaender": auslaender, "personen_mit_mh": mh, "unentscheidbar": unklar,
        "anteil_auslaender": auslaender / einwohner if einwohner and auslaender is not None else None,
        "anteil_mh": mh / einwohner if einwohner and mh is not None else None,
        "anteil_mh_min": mh / einwohner if einwohner and mh is not None else None,
        "anteil_mh_max": (mh + unklar) / einwohner if einwohner and mh is not None and unklar is not None else None,
        "lokationsquotient_mh": mh / einwohner / (30179 / 87815) if einwohner and mh is not None else None,
        "status": status, "hinweise": [] if status == "ok" else [status], "datenstand": date(2021, 7, 5),
        "lieferung_id": "luenen-register", "veroeffentlichung": "2021-08-01.1",
    }  # fmt: skip
    return werte | mehr


def mustertabellen(synthetisch: bool = True) -> dict[str, list[dict[str, Any]]]:
    """A small town in the published vocabulary: two districts, two definitions, two Stichtage, a printed table."""
    return {
        "marts.migrationshintergrund": mh_rows(),
        **tables_of_staaten(),
        "dim.kommune": [
            {"kommune": "luenen", "name": "Lünen", "ags": AGS, "land": "Nordrhein-Westfalen", "mindestfallzahl": 5,
             "mindestnenner": 100, "begruendung": "Beschluss des Rates.", "verfahren": "sperrung"},
            {"kommune": "leerstadt", "name": "Leerstadt", "ags": "05999999", "land": "Nordrhein-Westfalen",
             "mindestfallzahl": 3, "mindestnenner": 50, "begruendung": "Vorgabe.", "verfahren": "sperrung"},
        ],
        "dim.profil": [
            profil("kosis_like", "Nachbildung (Rekonstruktion)", True),
            profil("luenen_2021", "Lünen 2021 (Ausländer, Doppelstaatler, Eingebürgerte)", False),
        ],
        **tables_of_records(synthetisch),
    }  # fmt: skip


def mh_rows() -> list[dict[str, Any]]:
    """Counts and shares by definition: whole, by sex, by age, small ones, printed ones."""
    stadt = zeile(AGS, "Lünen", 87815, 13259, 30179, unentscheidbar=9)
    niederaden = zeile("10", "Niederaden", 2212, 50, 313)
    return [
        stadt,
        niederaden,
        zeile("07", "Ährenfeld & Söhne", 2989, 636, 1224),
        zeile("13", "Wethmar", 4580, None, None),
        zeile("unbekannt", "unbekannt", 6, None, None, ebene="sonstige"),
        zeile("11", SKRIPT, 60, 7, 9, anteil_mh=None, anteil_mh_min=None, anteil_mh_max=None,
              anteil_auslaender=None, lokationsquotient_mh=None, status="zu_klein", hinweise=["zu_klein"]),
        zeile(AGS, "Lünen", 87782, 12839, 29620, stichtag=STICHTAGE[0]),
        zeile(AGS, "Lünen", 87815, 13259, 35171, profil="kosis_like", unentscheidbar=223),
        zeile(AGS, "Lünen", 45464, 6522, 15034, geschlecht="w"),
        zeile(AGS, "Lünen", 42317, 6737, 15142, geschlecht="m"),
        zeile(AGS, "Lünen", 13, None, None, geschlecht="d"),
        zeile(AGS, "Lünen", 21, None, None, geschlecht="x"),
        zeile(AGS, "Lünen", 2349, 404, 1159, altersgruppe="00-02"),
        zeile(AGS, "Lünen", 9411, 277, 866, altersgruppe="75+"),
        stadt | {"quelle": "stadtteiltabelle", "unentscheidbar": None, "anteil_mh_max": None, "fundstelle": "Blatt!A17",
                 "hinweise": ["nicht_erhoben"], "lieferung_id": "luenen-tabelle"},
        niederaden | {"quelle": "stadtteiltabelle", "unentscheidbar": None, "anteil_mh_max": None,
                      "fundstelle": "Blatt!A13", "auslaender": 51, "lieferung_id": "luenen-tabelle"},
    ]  # fmt: skip


def tables_of_staaten() -> dict[str, list[dict[str, Any]]]:
    """States and groups of states of the town and of one district."""
    staaten = [
        {"staat": s, "staat_name": n, "personen": p, "anteil": p / 87815, "rang": r, "rang_bezug": r and "alle"}
        for s, n, p, r in (("163", "Türkei", 5199, 1), ("475", "Syrien", 1570, 2), ("000", "Deutschland", 74547, None),
                           ("insgesamt", "Insgesamt", 87815, None))
    ]  # fmt: skip
    stadt_gruppe = {k: v for k, v in GEMEINSAM.items() if k != "quelle"}
    gruppen = [
        stadt_gruppe | {"staatengruppe": g, "geschlecht": s, "personen": p, "anteil": p / 87815}
        for g, je in (("insgesamt", (13259, 6522, 6737)), ("EU", (3188, 1500, 1688)), ("Drittstaaten", (10071, 5022, 5049)),
                      ("Asien", (9996, 4997, 4999)), ("sonstige", (75, 25, 50)))
        for s, p in zip(("insgesamt", "w", "m"), je, strict=True)
    ] + [
        stadt_gruppe | {"gebiet_id": "10", "gebiet": "Niederaden", "ebene": "stadtteil", "staatengruppe": g, "personen": p,
                        "anteil": p / 2212 if p else None, "status": "ok" if p else "geheim",
                        "hinweise": [] if p else ["geheim"]}
        for g, p in (("insgesamt", 50), ("EU", 20), ("Drittstaaten", 30), ("Asien", None), ("sonstige", None))
    ]  # fmt: skip
    return {"marts.staatsangehoerigkeit": [GEMEINSAM | s for s in staaten], "marts.staatengruppe": gruppen}


def tables_of_records(synthetisch: bool) -> dict[str, list[dict[str, Any]]]:
    """Deliveries and checks; one delivery no figure rests on, one check of another municipality."""
    lieferung = {
        "kommune": "luenen", "sha256": "a" * 64, "stichtag": STICHTAGE[-1], "zeilen_gelesen": 107145,
        "zeilen_uebernommen": 87815, "zeilen_ausserhalb": 19330, "zeilen_abgewiesen": 0, "kodierung": "utf-8",
        "eingelesen_am": datetime(2021, 7, 6, 3, 0), "status": "uebernommen",
    }  # fmt: skip
    pruefung = {"quelle": "-", "folge": "haelt_an", "schwere": "fehler", "beispiel": None, "erwartet": "gleich"}
    return {
        "protokoll.lieferung": [
            lieferung | {"lieferung_id": "luenen-register", "quelle": "melderegister",
                         "datei": "melderegister/2021-06-30.csv", "synthetisch": synthetisch},
            lieferung | {"lieferung_id": "luenen-tabelle", "quelle": "stadtteiltabelle", "datei": "tabellen/t.xlsx",
                         "synthetisch": False},
            lieferung | {"lieferung_id": "luenen-ungenutzt", "quelle": "melderegister",
                         "datei": "melderegister/2021-07-01.csv", "synthetisch": True},
        ],
        "protokoll.pruefung": [
            pruefung | {"kommune": "-", "datei": "marts.x", "pruefung": "summen", "titel": "Summen stimmen",
                        "ergebnis": "bestanden", "anzahl": 0},
            pruefung | {"kommune": "-", "datei": "marts.y", "pruefung": "leer", "titel": "Leeres ist richtig",
                        "ergebnis": "nichts_zu_vergleichen", "anzahl": 0},
            pruefung | {"kommune": "luenen", "datei": "melderegister/2021-06-30.csv", "pruefung": "gebiet_unbekannt",
                        "titel": None, "schwere": "warnung", "folge": "keine", "ergebnis": "verletzt", "anzahl": 8,
                        "beispiel": "Zeile 17626, Spalte gebiet_id"},
            pruefung | {"kommune": "anderswo", "datei": "x.csv", "pruefung": "fremde_pruefung", "titel": None,
                        "ergebnis": "verletzt", "anzahl": 1},
        ],
    }  # fmt: skip


def publish(ordner: Path, tabellen: dict[str, list[dict[str, Any]]]) -> Ablage:
    """A published file with all tables of the vocabulary, holding the given rows."""
    ablage = Ablage(ordner)
    ablage.marts.mkdir(parents=True)
    ablage.publikation.write_bytes(file_without_rows())
    with duckdb.connect(str(ablage.publikation)) as con:
        con.execute("begin")
        for name, zeilen in tabellen.items():
            for namen, gleiche in groupby(zeilen, key=lambda z: (*z,)):
                werte = [list(z.values()) for z in gleiche]
                plaetze = ", ".join([f"({', '.join('?' * len(namen))})"] * len(werte))
                con.execute(f"insert into {name} ({', '.join(namen)}) values {plaetze}", [*chain(*werte)])
        con.execute("commit")
    return ablage


@cache
def file_without_rows() -> bytes:
    """What every such file begins with: laying out fifty tables takes longer than their rows."""
    with tempfile.TemporaryDirectory() as ordner:
        datei = Path(ordner) / "leer.duckdb"
        with duckdb.connect(str(datei)) as con:
            for t in VEROEFFENTLICHT:
                con.execute(f"create schema if not exists {t.schema}")
                con.execute(f"create table {t.voll} ({', '.join(f'{s.name} {s.typ}' for s in t.spalten)})")
        return datei.read_bytes()


class Seite(HTMLParser):
    """What a test needs to know of a page: tables as text by caption, figures, links, attributes, plain text."""

    def __init__(self, text: str):
        super().__init__()
        self.roh = text
        self.tabellen: dict[str, list[list[str]]] = {}
        self.ohne_titel = 0
        self.bilder: list[dict[str, Any]] = []
        self.attribute: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._stapel: list[str] = []
        self._titel: str | None = None
        self._zeilen: list[list[str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attribute.append((tag, dict(attrs)))
        if tag in ("meta", "link", "br", "img"):
            return
        self._stapel.append(tag)
        if tag == "table":
            self._titel, self._zeilen = None, []
        elif tag == "tr":
            self._zeilen.append([])
        elif tag in ("td", "th"):
            self._zeilen[-1].append("")
        elif tag == "figure":
            self.bilder.append({"alternative": "", "unterschrift": ""})
        elif dict(attrs).get("role") == "img" and "figure" in self._stapel:
            self.bilder[-1]["alternative"] = dict(attrs).get("aria-label") or ""

    def handle_endtag(self, tag: str) -> None:
        while self._stapel and self._stapel.pop() != tag:
            pass
        if tag == "table":
            self.ohne_titel += not self._titel
            self.tabellen[self._titel or ""] = self._zeilen

    def handle_data(self, data: str) -> None:
        if "style" in self._stapel or "svg" in self._stapel:
            return
        self.text += data
        if "caption" in self._stapel:
            self._titel = (self._titel or "") + data
        elif "figcaption" in self._stapel:
            self.bilder[-1]["unterschrift"] += data
        elif "td" in self._stapel or "th" in self._stapel:
            self._zeilen[-1][-1] += data.strip()

    def tabelle(self, anfang: str) -> dict[str, list[str]]:
        """Rows of the table whose caption begins so, by their first cell."""
        (name,) = [t for t in self.tabellen if t.startswith(anfang)]
        return {z[0]: z[1:] for z in self.tabellen[name]}


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("bericht"), mustertabellen())
    write_berichte(ablage)
    return ablage


@pytest.fixture(scope="module")
def luenen(ablage: Ablage) -> Seite:
    return Seite((ablage.marts / "bericht" / "luenen.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def leerstadt(ablage: Ablage) -> Seite:
    return Seite((ablage.marts / "bericht" / "leerstadt.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("zaehler", "nenner", "text"),
    [(313, 2212, "14,2 %"), (1224, 2989, "41,0 %"), (1, 2000, "0,1 %"), (1, 2001, "0,0 %"), (5, 5, "100,0 %")],
)
def test_a_share_is_rounded_once_half_up_from_its_fraction(zaehler: int, nenner: int, text: str) -> None:
    assert prozent(Fraction(zaehler, nenner)) == text


def test_numbers_are_german() -> None:
    assert ganz(1234567) == "1.234.567"
    assert dezimal(Fraction(-12345, 10), 1) == "−1.234,5"
    assert alter_wort("00-02") == "0–2 Jahre"
    assert alter_wort("75+") == "ab 75 Jahre"


def test_a_share_that_is_not_published_is_never_recomputed_from_counts() -> None:
    z = zeile("1", "A", 60, 7, 9, anteil_mh=None, status="zu_klein", hinweise=["zu_klein"])
    assert anzahl(z, "personen_mit_mh").text == "9"
    assert anteil(z, "anteil_mh").text == "–"
    assert anteil(z, "anteil_mh").zahl is None


def test_a_share_without_its_counts_is_shown_as_published() -> None:
    z = zeile("1", "A", 2212, 50, 313) | {"personen_mit_mh": None}
    assert anteil(z, "anteil_mh").text == "14,2 %"


def test_a_share_is_a_lower_bound_where_the_row_says_so_whatever_its_interval() -> None:
    """The limit is the town's (`veroeffentlichung.mindestwert_ab`): the report has none of its own."""
    weit = zeile("1", "A", 1000, 50, 249, unentscheidbar=600)
    eng = zeile("1", "A", 1000, 50, 249, unentscheidbar=30)
    assert anteil(weit, "anteil_mh").text == "24,9 %", "a town with mindestwert_ab: 0.8"
    assert anteil(eng | MINDESTWERT, "anteil_mh").text == "ab 24,9 %", "a town with mindestwert_ab: 0.02"


def test_an_area_of_zero_persons_has_no_share_because_it_is_empty() -> None:
    z = zeile("1", "A", 0, 0, 0, status="nicht_bewertbar", hinweise=["nicht_bewertbar", "zu_klein"])
    assert anteil(z, "anteil_mh").codes == ("unbewohnt",)


def test_the_district_table_shows_every_area_by_german_name_and_the_total_last(luenen: Seite) -> None:
    t = luenen.tabelle("Stadtteile und Gebiete am 30.06.2021")
    assert list(t) == ["Gebiet", SKRIPT, "Ährenfeld & Söhne", "Niederaden", "Wethmar", "unbekannt", "Lünen"]
    assert t["Niederaden"] == ["2.212", "50", "2,3 %", "313", "14,2 %", "0,41", "veröffentlicht"]
    assert t["Ährenfeld & Söhne"] == ["2.989", "636", "21,3 %", "1.224", "41,0 %", "1,19", "veröffentlicht"]
    assert t["Lünen"] == ["87.815", "13.259", "15,1 %", "30.179", "34,4 %", "1,00", "veröffentlicht"]


def test_a_protected_value_is_a_mark_and_never_a_number(luenen: Seite) -> None:
    t = luenen.tabelle("Stadtteile und Gebiete")
    assert t["Wethmar"] == ["4.580", *["•geschützt"] * 5, "geschützt"]
    assert t["unbekannt"] == ["6", *["•geschützt"] * 5, "geschützt"]
    g = luenen.tabelle("Geschlecht in Lünen")
    assert g["divers"] == ["13", *["•geschützt"] * 4]
    assert g["keine Angabe"] == ["21", *["•geschützt"] * 4]
    assert g["weiblich"] == ["45.464", "6.522", "14,3 %", "15.034", "33,1 %"]


def test_a_missing_share_names_its_reason(luenen: Seite) -> None:
    klein = luenen.tabelle("Stadtteile und Gebiete")[SKRIPT]
    assert klein == ["60", "7", "–1Grundzahl zu klein", "9", *["–1Grundzahl zu klein"] * 2, "Grundzahl zu klein"]
    assert "– 1 Grundzahl zu klein" in " ".join(luenen.text.split())


def test_definitions_stand_side_by_side_with_interval_and_source(luenen: Seite) -> None:
    t = luenen.tabelle("Personen mit Migrationshintergrund in Lünen nach Definition")
    assert t["A · Lünen 2021"] == ["30.06.2021", "87.815", "30.179", "34,4 %", "34,4 bis 34,4 %", "9"]
    assert t["B · Nachbildung"] == ["30.06.2021", "87.815", "35.171", "40,1 %", "40,1 bis 40,3 %", "223"]
    for satz in ("Wer nach kosis_like zählt.", "Quelle von luenen_2021", "Rekonstruktion aus veröffentlichten Texten"):
        assert satz in luenen.text


def test_the_time_series_has_every_stichtag_and_marks_what_is_missing(luenen: Seite) -> None:
    t = luenen.tabelle("Zeitreihe für Lünen")
    assert t["31.12.2020"] == ["87.782", "12.839", "14,6 %", "29.620", "33,7 %", "–4keine Daten", "–4keine Daten"]
    assert t["30.06.2021"] == ["87.815", "13.259", "15,1 %", "30.179", "34,4 %", "35.171", "40,1 %"]
    (linien,) = [b for b in luenen.bilder if b["alternative"].startswith("Liniendiagramm")]
    # Two parts of the year: both values, but no difference of them.
    assert "33,7 % am 31.12.2020, 34,4 % am 30.06.2021; B" in linien["alternative"]
    assert "Prozentpunkte" not in linien["alternative"]


def test_nationalities_are_ranked_and_named(luenen: Seite) -> None:
    t = luenen.tabelle("Häufigste ausländische Staatsangehörigkeiten")
    assert t["1"] == ["Türkei", "5.199", "5,9 %"]
    assert list(t) == ["Rang", "1", "2"]


def test_groups_of_states_stand_with_women_and_men_and_by_area(luenen: Seite) -> None:
    t = luenen.tabelle("Ausländer:innen in Lünen nach Staatengruppe am 30.06.2021")
    assert list(t) == ["Staatengruppe", "EU", "Drittstaaten", "davon Asien", "davon sonstige", "insgesamt"]
    assert t["EU"] == ["3.188", "3,6 %", "1.500", "1.688"]
    je = luenen.tabelle("EU und Drittstaaten nach Gebiet am 30.06.2021")
    assert je["Niederaden"] == ["50", "20", "0,9 %", "30", "1,4 %"]
    assert list(je)[-1] == "Lünen"


def test_the_workbook_has_all_groups_of_states_by_area_and_sex(ablage: Ablage) -> None:
    blatt = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")["Staatengruppen"]
    reihen = [[z.value for z in r[:8]] for r in blatt.iter_rows() if r[0].value in ("Niederaden", "Lünen")]
    assert len(reihen) == 20
    assert reihen[3] == ["Niederaden", "10", "Stadtteil", "Asien", "insgesamt", datetime(2021, 6, 30), "•", "•"]
    assert ["Lünen", AGS, "Gemeinde", "EU", "weiblich", datetime(2021, 6, 30), 1500] in [r[:7] for r in reihen]


def test_differences_between_register_and_printed_table_are_listed_with_their_cell(luenen: Seite) -> None:
    t = luenen.tabelle("Abweichungen zwischen Register und Tabelle")
    assert t["Niederaden"] == ["30.06.2021", "Ausländer:innen", "50", "51", "+1", "Blatt!A13"]
    assert "1 von 6 verglichenen Zahlen weichen ab" in luenen.text
    assert luenen.tabelle("Zahlen der gedruckten Tabelle")["Lünen"][-2:] == ["gleich", "Blatt!A17"]


def test_deliveries_and_violated_checks_are_shown_in_full(luenen: Seite) -> None:
    t = luenen.tabelle("Lieferungen für Lünen")
    assert t["melderegister/2021-06-30.csv"] == [
        "30.06.2021", "107.145", "87.815", "19.330", "0", "ja, erzeugt", "übernommen", "luenen-register",
    ]  # fmt: skip
    assert "1 Prüfung bestanden, 1 verletzt, 1 ohne etwas zu vergleichen" in luenen.text
    assert "Leeres ist richtig (marts.y)" in luenen.text
    assert luenen.tabelle("Verletzte Prüfungen")["gebiet_unbekannt"][2:4] == ["8", "Zeile 17626, Spalte gebiet_id"]
    assert "fremde_pruefung" not in luenen.text


def test_method_notes_name_threshold_release_and_how_protection_was_tested(luenen: Seite) -> None:
    for satz in (
        "Anzahlen von 1 bis 4 Personen werden nicht gezeigt", "Beschluss des Rates.", "2021-08-01.1", "lieferung_id",
        "ist hier nicht vermerkt", "Sie beweisen nicht",
    ):  # fmt: skip
        assert satz in luenen.text


def test_the_banner_stands_only_over_synthetic_data_that_is_used(tmp_path: Path, luenen: Seite) -> None:
    assert BANNER in luenen.text
    echt = publish(tmp_path, mustertabellen(synthetisch=False))
    write_berichte(echt, ("luenen",))
    ordner = echt.marts / "bericht"
    assert BANNER not in (ordner / "luenen.html").read_text(encoding="utf-8")
    assert BANNER not in (ordner / "index.html").read_text(encoding="utf-8")
    mappe = openpyxl.load_workbook(ordner / "luenen.xlsx")
    assert not any(BANNER in str(z.value) for blatt in mappe for reihe in blatt.iter_rows() for z in reihe)


def test_text_from_the_data_cannot_become_markup(luenen: Seite) -> None:
    assert "<script" not in luenen.roh
    assert "&lt;script&gt;" in luenen.roh
    assert not [a for _, a in luenen.attribute if any(n.startswith("on") for n in a)]


@pytest.mark.parametrize("name", ["luenen", "leerstadt", "index"])
def test_pages_load_nothing_and_are_accessible(ablage: Ablage, name: str) -> None:
    seite = Seite((ablage.marts / "bericht" / f"{name}.html").read_text(encoding="utf-8"))
    assert ("html", {"lang": "de"}) in seite.attribute
    ziele = [a[n] or "" for _, a in seite.attribute for n in ("href", "src", "xlink:href", "data") if a.get(n)]
    assert [z for z in ziele if ":" in z] == []
    erlaubt = {"script"} if name == "index" else set()  # its search (test_startseite.py)
    assert {t for t, _ in seite.attribute if t in ("script", "link", "iframe", "img", "object")} == erlaubt
    assert "@import" not in seite.roh
    assert "url(http" not in seite.roh
    assert seite.ohne_titel == 0
    assert all(a.get("scope") for t, a in seite.attribute if t == "th")
    assert all(len(b["alternative"]) > 40 and len(b["unterschrift"].strip()) > 40 for b in seite.bilder)
    kennungen = [a["id"] for _, a in seite.attribute if a.get("id")]
    assert len(kennungen) == len(set(kennungen))
    assert [t for t, _ in seite.attribute if t == "h1"] == ["h1"]


def test_there_are_three_pictures_with_text_alternatives(luenen: Seite) -> None:
    assert len(luenen.bilder) == 3
    balken = luenen.bilder[0]["alternative"]
    assert "am höchsten in Ährenfeld & Söhne (41,0 %), am niedrigsten in Niederaden (14,2 %)" in balken
    assert "Lünen insgesamt 34,4 %" in balken


def test_a_municipality_without_data_still_has_its_page(leerstadt: Seite) -> None:
    assert "Leerstadt" in leerstadt.text
    assert BANNER not in leerstadt.text
    ueberschriften = [t for t, _ in leerstadt.attribute if t == "h2"]
    assert len(ueberschriften) == 6, "empty sections stand in one list"
    luecken = leerstadt.roh.split('<section id="luecken">')[1].split("</section>")[0]
    assert luecken.count("<dt>") == luecken.count("Gebraucht würde: ") == 10, (
        "each with its reason and what would fill it"
    )
    assert leerstadt.bilder == []


def test_many_definitions_stay_readable(tmp_path: Path) -> None:
    tabellen = mustertabellen()
    ungewiss = {"unentscheidbar": 50000} | MINDESTWERT
    for i in range(6):
        tabellen["dim.profil"].append(profil(f"weitere_{i}", f"Weitere {i}", True))
        tabellen["marts.migrationshintergrund"].append(
            zeile(AGS, "Lünen", 87815, 13259, 20000 + i, profil=f"weitere_{i}", **(ungewiss if i == 5 else {}))
        )
    viele = publish(tmp_path, tabellen)
    write_berichte(viele, ("luenen",))
    seite = Seite((viele.marts / "bericht" / "luenen.html").read_text(encoding="utf-8"))
    t = seite.tabelle("Zeitreihe für Lünen")
    assert t["30.06.2021"][3:] == ["30.179", "34,4 %", "40,1 %", *["22,8 %"] * 5, "ab 22,8 %"]
    (linien,) = [b for b in seite.bilder if b["alternative"].startswith("Liniendiagramm")]
    assert "nur ein Mindestwert ist: H · Weitere 5." in linien["unterschrift"]


def test_the_index_links_every_municipality_that_has_a_page(tmp_path: Path) -> None:
    ablage = publish(tmp_path, mustertabellen())
    pfade = write_berichte(ablage, ("luenen",))
    ordner = ablage.marts / "bericht"
    assert pfade == [ordner / n for n in ("index.html", "luenen.html", "luenen.xlsx", "luenen.zip")]
    assert sorted(p.name for p in ordner.iterdir()) == ["index.html", "luenen.html", "luenen.xlsx", "luenen.zip"]
    index = Seite((ordner / "index.html").read_text(encoding="utf-8"))
    assert [a["href"] for t, a in index.attribute if t == "a"] == ["luenen.html", "luenen.html", "luenen.xlsx"]
    assert "Leerstadt (Bericht noch nicht erstellt)" in index.text
    assert "2021-08-01.1" in index.text


def test_an_unknown_municipality_is_refused_by_name(ablage: Ablage) -> None:
    with pytest.raises(KonfigurationsFehler, match=r"atlantis.*leerstadt, luenen"):
        write_berichte(ablage, ("atlantis",))


def test_the_workbook_has_typed_numbers_and_marks_as_text(ablage: Ablage) -> None:
    mappe = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")
    assert mappe.sheetnames == [
        "Überblick", "Stadtteile", "Zeitreihe", "Geschlecht", "Alter", "Staatsangehörigkeit", "Staatengruppen", "Prüfungen",
        "Bilder", "Lesehilfe",
    ], "what has no rows has no sheet"  # fmt: skip
    assert mappe.properties.creator == "integrationsmonitoring"
    blatt = mappe["Stadtteile"]
    kopfzeile = next(r for r in blatt.iter_rows() if r[0].value == "Gebiet")
    spalten = {z.value: z.column for z in kopfzeile}
    assert blatt.freeze_panes == f"B{kopfzeile[0].row + 1}"
    reihen = {r[0].value: r for r in blatt.iter_rows(min_row=kopfzeile[0].row + 1)}
    niederaden, wethmar = reihen["Niederaden"], reihen["Wethmar"]
    share = niederaden[spalten["Anteil mit Migrationshintergrund"] - 1]
    assert share.value == pytest.approx(313 / 2212)
    assert share.number_format == "0.0 %"
    assert niederaden[spalten["Einwohner:innen"] - 1].value == 2212
    assert niederaden[spalten["Stichtag"] - 1].value == datetime(2021, 6, 30)
    assert wethmar[spalten["Personen mit Migrationshintergrund"] - 1].value == "•"
    assert wethmar[spalten["Lieferung"] - 1].value == "luenen-register"
    assert blatt["A2"].value == BANNER


def test_a_name_that_looks_like_a_formula_stays_text_in_the_workbook(tmp_path: Path) -> None:
    tabellen = mustertabellen()
    tabellen["marts.migrationshintergrund"].append(zeile("99", "=1+1", 500, 50, 100))
    ablage = publish(tmp_path, tabellen)
    write_berichte(ablage, ("luenen",))
    blatt = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")["Stadtteile"]
    (zelle,) = [r[0] for r in blatt.iter_rows() if r[0].value == "=1+1"]
    assert zelle.data_type == "s"
