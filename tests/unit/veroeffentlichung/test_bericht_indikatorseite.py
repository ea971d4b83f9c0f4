"""The page and the workbook with indicators: readable by all, numbered throughout, typed, nothing empty."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.unit.veroeffentlichung.test_bericht import AGS, Seite, mustertabellen, publish

TAGE = (date(2020, 12, 31), date(2021, 6, 30))


def reihe(tag: date, wert: float | None, **mehr: Any) -> dict[str, Any]:
    return {
        "kommune": "luenen", "gebiet_id": AGS, "indikator": "quote", "profil": "luenen_2021", "gruppe": "mit_mh",
        "geschlecht": "insgesamt", "altersgruppe": "insgesamt", "zeitraum": tag, "stichtag": tag, "gebiet": "Lünen",
        "ebene": "gemeinde", "einheit": "prozent", "richtung": "hoch", "wert": wert, "abschnitt": 1, "status": "ok",
        "hinweise": [], "beispieldaten": True, "quelle": "q", "nenner_quelle": "q", "herkunft": "Amt <b>", "lizenz": "frei",
        "trend_auf_korrektur": False, "lieferung_id": "luenen-tabelle", "veroeffentlichung": "2021-08-01.1",
        "datenstand": tag,
    } | mehr  # fmt: skip


def tabellen() -> dict[str, list[dict[str, Any]]]:
    neu = {"vorperiode": TAGE[0], "vorwert": 33.7, "veraenderung_vorperiode": 0.7, "trend": "verbessert"}
    einwohner = {"indikator": "einw", "profil": "-", "gruppe": "insgesamt", "einheit": "anzahl", "richtung": "neutral"}
    katalog = {"definition": "Was es ist.", "faktor": 100.0, "einheit": "prozent", "richtung": "hoch", "rahmen": False,
               "prozess": False, "formel_vorschlag": False, "beachten": ["Nur mit Definition."]}  # fmt: skip
    leer = {"kommune": "leerstadt", "gebiet_id": "05999999", "gebiet": "Leerstadt"}
    ohne = {"profil": "-", "gebiet": "Leerstadt", "kommune": "leerstadt", "quelle": "tabelle", "personen_mit_mh": None}
    return mustertabellen() | {
        "dim.indikator": [
            katalog | {"indikator": "quote", "nummer": 1, "name": "Beschäftigtenquote"},
            katalog | {"indikator": "einw", "nummer": 2, "name": "Einwohnende", "rahmen": True, "einheit": "anzahl",
                       "richtung": "neutral"},
        ],
        "marts.indikator_zeitreihe": [
            reihe(TAGE[0], 33.7), reihe(TAGE[1], 34.4, **neu), reihe(TAGE[1], 33.1, geschlecht="w"),
            reihe(TAGE[1], None, geschlecht="m", status="geheim", hinweise=["geheim"]),
            reihe(TAGE[1], 51.0, profil="kosis_like"), reihe(TAGE[1], 87815.0, **einwohner),
            reihe(TAGE[1], 4711.0, **(einwohner | leer)),
        ],
        "marts.migrationshintergrund": [
            *mustertabellen()["marts.migrationshintergrund"],
            mustertabellen()["marts.migrationshintergrund"][0] | ohne | {"gebiet_id": "05999999"},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    ablage = publish(tmp_path_factory.mktemp("indikatoren"), tabellen())
    write_berichte(ablage)
    return ablage


def seite(ablage: Ablage, kommune: str) -> Seite:
    return Seite((ablage.marts / "bericht" / f"{kommune}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kommune", ["luenen", "leerstadt"])
def test_sections_are_numbered_throughout_and_every_link_has_its_target(ablage: Ablage, kommune: str) -> None:
    s = seite(ablage, kommune)
    ids = [a["id"] for _, a in s.attribute if a.get("id")]
    assert len(ids) == len(set(ids))
    ziele = {(a["href"] or "")[1:] for t, a in s.attribute if t == "a" and (a["href"] or "").startswith("#")}
    assert ziele <= set(ids)
    assert {"aussagen", "indikatoren", "korrekturen", "luecken"} <= ziele
    roh = s.roh.split("<h2>")[1:]
    assert [int(t.split()[0]) for t in roh] == list(range(1, len(roh) + 1))
    assert all(a.get("scope") for t, a in s.attribute if t == "th")
    assert s.ohne_titel == 0


def test_the_table_shows_value_sexes_change_and_verdict_and_no_cell_is_empty(ablage: Ablage) -> None:
    zeilen = seite(ablage, "luenen").tabellen["Indikatoren: Weitere Indikatoren"]
    assert zeilen[0][:4] == ["Gruppe", "Wert", "Frauen", "Männer"]
    (daten,) = [z for z in zeilen if z[0].startswith("mit Migrationshintergrund")]
    assert daten[0] == "mit MigrationshintergrundDefinition A · Lünen 2021Beispieldaten"
    assert daten[1:4] == ["34,4 %30.06.2021", "33,1 %", "•geschützt"]
    assert daten[5] == "+0,7 Prozentpunkteseit 31.12.2020"
    assert daten[6].startswith("○nicht bewertbarBeispieldaten, darum kein Urteil"), "no verdict on invented figures"
    assert all(z for z in daten[:-1]), "the last cell is the picture"
    assert "Verlauf: 31.12.2020 33,7 %; 30.06.2021 34,4 %." in seite(ablage, "luenen").roh
    assert "Beispieldaten Beschäftigtenquote (mit Migrationshintergrund)" in seite(ablage, "luenen").text
    assert "2 von 2 Zeilen" in seite(ablage, "luenen").text


def test_what_must_stand_beside_an_indicator_is_on_the_page_as_text(ablage: Ablage) -> None:
    roh = seite(ablage, "luenen").roh
    assert "Nur mit Definition." in roh
    assert "Amt &lt;b&gt;" in roh
    assert "Amt <b>" not in roh


def test_a_municipality_without_definitions_shows_what_it_has(ablage: Ablage) -> None:
    s = seite(ablage, "leerstadt")
    assert "4.711" in s.text
    assert "Abschnitt Indikatoren" not in s.text
    assert s.tabelle("Einwohner:innen und Ausländer:innen in Leerstadt")["30.06.2021"][:3] == [
        "87.815",
        "13.259",
        "15,1 %",
    ]


def test_no_corrections_are_said_in_a_sentence_and_corrections_in_a_table(tmp_path: Path, ablage: Ablage) -> None:
    assert "Für Lünen ist keine früher veröffentlichte Zahl geändert" in seite(ablage, "luenen").text
    revision = {"tabelle": "marts.x", "schluessel": f"gebiet_id={AGS}; stichtag=2021-06-30", "kommune": "luenen",
                "spalte": "einwohner", "veroeffentlichung": "2021-09-01", "veroeffentlichung_vorher": "2021-08-01",
                "alt": "87814", "neu": "87815", "grund": "neue_berechnung"}  # fmt: skip
    neu = publish(tmp_path, tabellen() | {"protokoll.revision": [revision]})
    write_berichte(neu, ("luenen",))
    t = seite(neu, "luenen").tabelle("Korrekturen früherer Zahlen für Lünen")
    assert t["2021-09-01"] == ["marts.x: einwohner", "einwohner", "Lünen", "30.06.2021", "87.814", "87.815",
                               "neu berechnet aus denselben Daten"]  # fmt: skip


def test_the_sheet_holds_every_series_typed_with_number_formats(ablage: Ablage) -> None:
    blatt = openpyxl.load_workbook(ablage.marts / "bericht" / "luenen.xlsx")["Indikatoren"]
    kopf = next(r for r in blatt.iter_rows() if r[0].value == "Handlungsfeld")
    spalte = {z.value: z.column - 1 for z in kopf}
    reihen = {(r[spalte["Indikator"]].value, r[spalte["Definition"]].value): r
              for r in blatt.iter_rows(min_row=kopf[0].row + 1)}  # fmt: skip
    assert set(reihen) == {("Einwohnende", "-"), ("Beschäftigtenquote", "A · Lünen 2021"),
                           ("Beschäftigtenquote", "B · Nachbildung")}  # fmt: skip
    quote = reihen[("Beschäftigtenquote", "A · Lünen 2021")]
    assert quote[spalte["Wert"]].value == pytest.approx(34.4)
    assert quote[spalte["Wert"]].number_format == '#,##0.0" %"'
    assert quote[spalte["Frauen"]].value == pytest.approx(33.1)
    assert quote[spalte["Männer"]].value == "•"
    assert quote[spalte["Änderung zur Vorperiode"]].value == pytest.approx(0.7)
    assert quote[spalte["Stichtag"]].value == datetime(2021, 6, 30)
    assert quote[spalte["seit"]].value == datetime(2020, 12, 31)
    assert (quote[spalte["Urteil"]].value, quote[spalte["Beispieldaten"]].value) == ("nicht bewertbar", "ja")
    einwohner = reihen[("Einwohnende", "-")]
    assert (einwohner[spalte["Wert"]].value, einwohner[spalte["Wert"]].number_format) == (87815, "#,##0")
    assert einwohner[spalte["Frauen"]].value == "nicht berechnet"
    pflicht = ("Wert", "Frauen", "Männer", "Abstand", "Änderung zur Vorperiode", "seit", "Urteil", "Trend", "Ziel")
    assert all(r[spalte[k]].value not in (None, "") for r in reihen.values() for k in pflicht)
