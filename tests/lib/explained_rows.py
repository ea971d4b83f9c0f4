"""Literal rows of a published file in which every explained table has a figure that says where it comes from.

Belongs here: a small town with a register count with categories, a protected one, a printed one, a series with a break; every
share with the counts it is made of. Does not belong here: publishing them (the test that asks).
"""

from datetime import date, datetime
from typing import Any

from pipelines.stamm.tables.woerterbuch import spaltenzeilen
from tests.lib.literal_tables import STICHTAG

REIHE = "kommune=k; gebiet_id=00; indikator=quote; profil=p; gruppe=insgesamt; geschlecht=insgesamt; altersgruppe=insgesamt; "
FRUEHER, JETZT = "2026-01-01", "2026-02-01"
Rows = dict[str, list[dict[str, Any]]]


def rows(wert: float, veroeffentlichung: str) -> Rows:
    """All of them; `wert` is what the series says of its last year in this release."""
    return {
        **_names(), **_lieferungen(wert, veroeffentlichung), **_register_by_definition(), **_register(), **_spannen(),
        **_tables(wert), **_massnahmen(),
    }  # fmt: skip


def _names() -> Rows:
    return {
        "dim.kommune": [
            {"name": "Stadt"},
            {"kommune": "gerundet", "name": "Andere Stadt", "verfahren": "rundung", "verfahren_text": "Rundung: auf 5."}],
        "dim.profil": [{"profil": "p", "titel": "Definition der Stadt", "version": "1.2"}],
        "dim.spalte": spaltenzeilen(),
        "dim.bruch": [{"bruch_id": "b", "gilt_fuer": "profil", "schluessel": "p", "datum": date(2024, 6, 27),
                       "grund": "Gesetz."}],
        "dim.indikator": [{"name": "Arbeitslosenquote", "definition": "Arbeitslose an allen Erwerbspersonen.",
                           "beachten": ["Nur mit der Zahl der Erwerbspersonen nennen."], "zaehler_merkmal": "arbeitslose"}],
    }  # fmt: skip


def _lieferungen(wert: float, veroeffentlichung: str) -> Rows:
    return {
        "protokoll.lieferung": [
            {"datei": "melderegister/2021-06-30.csv", "sha256": "a" * 64, "status": "uebernommen"},
            {"lieferung_id": "l2", "quelle": "arbeitsmarkt", "datei": "indikatoren/quote.xlsx", "sha256": "b" * 64,
             "status": "uebernommen", "eingelesen_am": datetime(2026, 1, 5, 8, 30)}],
        "protokoll.revision": [] if veroeffentlichung == FRUEHER else [
            {"tabelle": "marts.indikator_zeitreihe", "schluessel": REIHE + "zeitraum=2022-01-01", "spalte": "wert",
             "veroeffentlichung": JETZT, "veroeffentlichung_vorher": FRUEHER, "alt": "7.5", "neu": str(wert),
             "grund": "neue_lieferung"},
            {"tabelle": "marts.segregation", "schluessel": "kommune=k; stichtag=2021-06-30; profil=p; gruppe=auslaender; "
             "mass=isolation; quelle=melderegister", "spalte": "*", "veroeffentlichung": JETZT,
             "veroeffentlichung_vorher": FRUEHER, "alt": "veröffentlicht", "grund": "entfallen"}],
    }  # fmt: skip


def _register_by_definition() -> Rows:
    mh = {"einwohner": 2212, "auslaender": 200, "deutsche_mit_mh": 113, "personen_mit_mh": 313, "anteil_mh": 313 / 2212,
          "anteil_mh_min": 313 / 2212, "anteil_auslaender": 200 / 2212, "herkunft": "Register der Stadt",
          "lizenz": "nur mit Quelle"}  # fmt: skip
    geheim = dict.fromkeys(("personen_mit_mh", "deutsche_mit_mh", "anteil_mh", "anteil_mh_min"))
    kategorie = {"generation": "insgesamt", "personen": None, "anteil": None, "fundstelle": None}
    return {
        "marts.migrationshintergrund": [
            mh | {"fundstelle": None},
            mh | geheim | {"gebiet_id": "02", "gebiet": "Süd", "status": "geheim", "fundstelle": None,
                           "hinweise": ["geheim"]},
            mh | {"gebiet_id": "03", "gebiet": "West", "status": "mindestwert", "auslaender": None, "anteil_auslaender": None,
                  "hinweise": ["geheim", "geheim:auslaender", "mindestwert", "zu_klein", "zu_klein:anteil_auslaender"]},
            mh | {"geschlecht": "m", "einwohner": 1100, "auslaender": 90, "anteil_auslaender": 90 / 1100,
                  "anteil_mh": 313 / 1100, "anteil_mh_min": 313 / 1100, "fundstelle": None},
            mh | {"geschlecht": "w", "einwohner": 1112, "auslaender": 112, "anteil_auslaender": 112 / 1112,
                  "anteil_mh": 313 / 1112, "anteil_mh_min": 313 / 1112, "fundstelle": None},
            mh | {"quelle": "stadtteiltabelle", "lieferung_id": "l2", "fundstelle": "Stadtteile!B7:F7",
                  "anteil_mh_gerechnet": 313 / 2212, "anteil_auslaender_gerechnet": 200 / 2212, "unentscheidbar": 10,
                  "anteil_mh_max": 323 / 2212}],
        "marts.mh_kategorie": [
            kategorie | {"kategorie": "A", "kategorie_name": "Ausländer", "personen": 200, "anteil": 200 / 2212,
                         "ergebnis_mh": "mit"},
            kategorie | {"kategorie": "E", "kategorie_name": "Eingebürgerte", "personen": 113, "ergebnis_mh": "mit"},
            kategorie | {"kategorie": "U", "kategorie_name": "unbekannt", "ergebnis_mh": "unentscheidbar",
                         "status": "geheim", "hinweise": ["geheim"]},
            kategorie | {"kategorie": "insgesamt", "kategorie_name": "Insgesamt", "personen": 2212, "ergebnis_mh": "gemischt"}],
    }  # fmt: skip


def _register() -> Rows:
    return {
        "marts.staatsangehoerigkeit": [
            {"staat": "163", "personen": 50, "anteil": 50 / 2212, "rang": 1, "fundstelle": None},
            {"staat": "insgesamt", "personen": 2212, "fundstelle": None}],
        "marts.staatengruppe": [
            {"staatengruppe": "EU", "personen": 40, "anteil": 40 / 2212, "fundstelle": None},
            {"kommune": "gerundet", "staatengruppe": "EU", "personen": 45, "fundstelle": None, "status": "gerundet",
             "hinweise": ["gerundet"]}],
        "marts.bezugsland": [{"personen": 60, "anteil": 60 / 313, "rang": 1}, {"staat": "insgesamt", "personen": 313}],
        "marts.definitionsvergleich": [{"personen": 12, "anteil": 12 / 2212}],
        "marts.optionskennzeichen": [{"personen": 21}],
        "marts.registermerkmal": [
            {"merkmal": "wohndauer", "auspraegung": "01-04", "auspraegung_name": "1 bis unter 5 Jahre", "grundgesamtheit": g,
             "geschlecht": s, "personen": 40, "anteil": 40 / nenner}
            for g, s, nenner in (("einwohner", "insgesamt", 2212), ("auslaender", "m", 90), ("deutsche", "w", 1000))],
        "marts.bewegung": [
            {"bewegung": b, "gruppe": g, "bewegung_name": "B", "stichtag": date(2022, 6, 30), "stichtag_vorher": STICHTAG,
             "tage": 365, "personen": 30, "anteil": 30 / nenner}
            for b, g, nenner in (("zuzug", "insgesamt", 2212), ("zuzug", "auslaender", 200),
                                 ("einbuergerung", "insgesamt", 200))],
        "marts.segregation": [{"gruppe": "auslaender", "mass": "eta2", "wert": 0.1234, "anzahl_gebiete": 12,
                               "status": "gerundet", "hinweise": ["gerundet"], "fundstelle": None}],
    }  # fmt: skip


def _spannen() -> Rows:
    return {
        "marts.wertespanne": [
            {"anteil": 313 / 2212, "unentscheidbar_unten": 0.14, "unentscheidbar_oben": 0.15, "definition_unten": 0.12,
             "definition_oben": 0.17, "anzahl_profile": 3, "gesamt_unten": 0.12, "gesamt_oben": 0.17, "fundstelle": None}],
        "marts.datenstandvergleich": [
            {"datenstand_alt": date(2021, 7, 1), "datenstand_neu": date(2021, 9, 1), "personen_mit_mh_alt": 313,
             "personen_mit_mh_neu": 314, "anteil_mh_alt": 313 / 2212, "anteil_mh_neu": 314 / 2220, "einwohner_alt": 2212,
             "einwohner_neu": 2220, "einwohner_differenz": 8, "einwohner_aenderung": 8 / 2212, "nachmeldetage": 62}],
    }  # fmt: skip


def _tables(wert: float) -> Rows:
    quote = {"gebiet_id": "00", "gebiet": "Stadt", "ebene": "gemeinde", "quelle": "arbeitsmarkt",
             "lieferung_id": "l2", "herkunft": "Arbeitsagentur", "fundstelle": "Tabelle 1!C4",
             "nenner_quelle": "arbeitsmarkt"}  # fmt: skip
    return {
        "marts.tabellenwert": [
            {"merkmal": "arbeitslosenquote", "groesse": groesse, "wert": w, "wert_einheit": einheit, "methode": "gerundet_5",
             "hinweise": ["quelle_gerundet"], "gedruckt": str(w), "lieferung_id": "l2", "fundstelle": "Tabelle 1!C4"}
            for groesse, w, einheit in (("wert", 8.5, "prozent"), ("zaehler", 85.0, "personen"), ("nenner", 1000.0, "personen"))],
        "marts.indikator_zeitreihe": [
            quote | {"zeitraum": date(2021, 1, 1), "wert": 8.5, "zaehler": 85.0, "nenner": 1000.0},
            quote | {"zeitraum": date(2022, 1, 1), "wert": wert, "stichtag": date(2022, 12, 31), "abschnitt": 2,
                     "abschnitt_grund": "bruch", "bruch_text": "Neue Zählweise.", "trend": "nicht_bewertbar",
                     "trend_grund": "bruch", "status": "korrigiert", "hinweise": ["korrigiert"]}],
        "marts.indikator_trend": [
            {k: w for k, w in quote.items() if k not in ("herkunft", "nenner_quelle")}
            | {"punkte": 6, "luecken": 0, "von": date(2015, 12, 31), "bis": date(2020, 12, 31), "mindestpunkte": 5,
               "tau": -0.8, "kleinster": 7.0, "groesster": 8.5, "steigung_je_jahr": -0.25, "veraenderung": -1.25,
               "verlauf": "fallend", "test": "Theil-Sen"}],
    }  # fmt: skip


def _massnahmen() -> Rows:
    return {
        "marts.massnahme_reichweite": [
            {"massnahme_nr": "7", "titel": "Sprachkurs", "zielgruppe_groesse": 200.0, "teilnehmende": 50, "reichweite": 0.25,
             "kleinste_sichtbare_aenderung": 1.5, "stand": date(2021, 12, 31)}],
        "marts.handlungsfeld_fortschritt": [
            {"handlungsfeld": "1", "name": "Sprache", "massnahmen": 8, "abgeschlossen": 2, "anteil_umgesetzt": 0.25,
             "anteil_begonnen": 0.5, "stand": date(2021, 12, 31)}],
    }  # fmt: skip
