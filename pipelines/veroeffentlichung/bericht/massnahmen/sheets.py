"""The workbook's sheets beside the measures: one row per published row, typed, for those who calculate on.

Belongs here: which rows and columns each sheet has. Does not belong here: cells and formats
(veroeffentlichung/bericht/workbook.py).
"""

from typing import Any

import duckdb

from pipelines.veroeffentlichung.bericht.content import Zeile
from pipelines.veroeffentlichung.bericht.massnahmen.concept import BEHANDLUNGEN, ERGEBNISSE
from pipelines.veroeffentlichung.bericht.massnahmen.words import FRISTWORTE, MEILENSTEINWORTE
from pipelines.veroeffentlichung.bericht.query import zeilen

# Sheet → (table, order, columns: header, name, kind of cell).
Spalten = tuple[tuple[str, str, str], ...]
_NR = (("Nr.", "massnahme_nr", "text"),)
_WOHER = (
    ("Beispieldaten", "beispieldaten", "text"),
    ("Herkunft", "herkunft", "text"),
    ("Fundstelle", "fundstelle", "text"),
)
BLAETTER: dict[str, tuple[str, str, Spalten]] = {
    "Haushalt": ("marts.massnahme_haushalt", "konzept, massnahme_nr, jahr", (
        *_NR, ("Haushaltsjahr", "jahr", "jahr"), ("Aufwand Plan", "aufwand_plan", "zahl"), ("Aufwand Ist", "aufwand_ist", "zahl"),
        ("Abweichung", "abweichung", "zahl"), ("Ertrag Plan", "ertrag_plan", "zahl"), ("Ertrag Ist", "ertrag_ist", "zahl"),
        ("Mittelherkunft", "mittelherkunft", "text"), ("Förderende", "foerderende", "datum"),
        ("VZÄ befristet", "vzae_befristet", "zahl"), ("VZÄ unbefristet", "vzae_unbefristet", "zahl"),
        ("Bemerkung", "bemerkung", "text"), *_WOHER)),
    "Meilensteine": ("marts.massnahme_meilenstein", "konzept, massnahme_nr, geplant_am", (
        *_NR, ("Meilenstein", "meilenstein", "text"), ("geplant bis", "geplant_am", "datum"),
        ("erreicht am", "erreicht_am", "datum"),
        ("Status", "status", "text"), ("Verzug in Tagen", "verzug_tage", "zahl"), *_WOHER)),
    "Anpassungen": ("marts.massnahme_anpassung", "konzept, massnahme_nr, datum", (
        *_NR, ("Datum", "datum", "datum"), ("Gremium", "gremium_name", "text"), ("Anpassung", "anpassung", "text"),
        ("Begründung", "begruendung", "text"), *_WOHER)),
    "Beratungsfolge": ("marts.beratungsfolge", "termin nulls first, vorlage_nr, reihenfolge", (
        ("Vorlage", "vorlage_nr", "text"), ("Titel", "vorlage_titel", "text"), ("Konzept", "konzept_titel", "text"),
        ("Jahr des Konzepts", "konzept_jahr", "jahr"), ("Folge", "reihenfolge", "zahl"),
        ("Gremium", "gremium_name", "text"), ("Termin", "termin", "datum"), ("Behandlung", "behandlung", "text"),
        ("Ergebnis", "ergebnis", "text"), ("Herkunft", "herkunft", "text"))),
    "Berichtspflichten": ("marts.berichtspflicht", "faellig_am nulls last, bericht", (
        ("Bericht", "titel", "text"), ("fällig am", "faellig_am", "datum"), ("Status", "status", "text"),
        ("Grund", "grund", "text"),
        ("Regel", "regel", "text"), ("Verantwortlich", "verantwortlich", "text"), ("Herkunft", "herkunft", "text"))),
}  # fmt: skip


WAS = {
    "Haushalt": "Plan und Ist je Maßnahme und Haushaltsjahr, Mittelherkunft, Förderende, Stellen.",
    "Meilensteine": "Was Maßnahmen bis wann erreicht haben sollen und was erreicht ist.",
    "Anpassungen": "Was die Steuerungsgruppe an Maßnahmen geändert hat.",
    "Beratungsfolge": "Welches Gremium wann womit befasst ist.",
    "Berichtspflichten": "Welche Berichte wann fällig sind.",
}


# Column → words of its codes, the states of milestones and of reports in one.
WORTE = {"behandlung": BEHANDLUNGEN, "ergebnis": ERGEBNISSE, "status": FRISTWORTE | MEILENSTEINWORTE}


def cell_value(z: Zeile, name: str) -> Any:
    """The value of a cell; true and false and codes as words."""
    if isinstance(z[name], bool):
        return "ja" if z[name] else "nein"
    return WORTE.get(name, {}).get(str(z[name]), z[name])


def number_columns(blatt: str) -> tuple[tuple[str, str], ...]:
    """(header, column) of every number of a sheet."""
    return tuple((kopf, name) for kopf, name, art in BLAETTER[blatt][2] if art in ("zahl", "anteil", "jahr"))


def load_sheets(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[str, list[Zeile]]:
    """Rows of every sheet of this part; a sheet without rows is left out."""
    alle = {
        name: zeilen(con, f"from {tabelle} where kommune = ? order by {folge}", kommune)
        for name, (tabelle, folge, _) in BLAETTER.items()
    }
    return {name: reihen for name, reihen in alle.items() if reihen}
