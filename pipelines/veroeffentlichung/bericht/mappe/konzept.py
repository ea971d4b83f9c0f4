"""The sheets of measures and of money: rows of the published file with numbers that can be calculated on.

Belongs here: their rows and columns. Does not belong here: the page's tables of measures (massnahmen/, kapitel.py).
"""

import duckdb

from pipelines.veroeffentlichung.bericht.content import Definition, Zeile
from pipelines.veroeffentlichung.bericht.mappe.sheet import SheetColumn, field_of
from pipelines.veroeffentlichung.bericht.massnahmen.sheets import BLAETTER, cell_value
from pipelines.veroeffentlichung.bericht.massnahmen.values import reached
from pipelines.veroeffentlichung.bericht.massnahmen.words import RISIKOWORTE, STATUSWORTE, frist, zeitraum
from pipelines.veroeffentlichung.bericht.numbers import KEIN_WERT, Wert
from pipelines.veroeffentlichung.bericht.query import rows_of, zeilen


def load_measures(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Zeile]:
    """Every measure at its latest state, with the names of its field and goal."""
    return rows_of(con, "massnahmen", kommune=kommune)


def load_money(con: duckdb.DuckDBPyConnection, kommune: str) -> list[Zeile]:
    """What was paid, as the source prints it."""
    return zeilen(con, "from marts.foerderung where kommune = ? order by programm, jahr, baustein", kommune)


def _reached(kopf: str, name: str) -> SheetColumn:
    return SheetColumn(kopf, lambda _, z: reached(z, name), "anzahl")


def _number(kopf: str, name: str, art: str) -> SheetColumn:
    def wert(_: Definition | None, z: Zeile) -> Wert | float:
        return Wert(None, KEIN_WERT) if z[name] is None else float(z[name])

    return SheetColumn(kopf, wert, art)


def _euro(kopf: str, name: str) -> SheetColumn:
    return _number(kopf, name, "euro")


def beside(blatt: str) -> tuple[SheetColumn, ...]:
    """Columns of a sheet beside the measures: money by year, milestones, adjustments, bodies, duties."""

    def spalte(kopf: str, name: str, art: str) -> SheetColumn:
        return SheetColumn(kopf, lambda _, z: cell_value(z, name), art)

    return tuple(spalte(*angaben) for angaben in BLAETTER[blatt][2])


def _word(kopf: str, name: str) -> SheetColumn:
    return SheetColumn(kopf, lambda _, z: z[name] or KEIN_WERT)


BEISPIEL = SheetColumn("Beispieldaten", lambda _, z: "ja" if z["beispieldaten"] else "nein")
MASSNAHMEN = (
    _word("Handlungsfeld", "feldname"), field_of("Nr.", "massnahme_nr"), field_of("Maßnahme", "titel"),
    _word("Leitziel", "zieltext"),
    SheetColumn("Status", lambda _, z: f"{STATUSWORTE.get(z['status'], z['status'])}{frist(z)}"), _word("Grund", "begruendung"),
    SheetColumn("Ampel", lambda _, z: RISIKOWORTE.get(z["risiko"], z["risiko"]) or KEIN_WERT),
    _word("Verantwortlich", "verantwortlich"),
    SheetColumn("Zeitraum", lambda _, z: zeitraum(z)), _euro("Aufwand", "aufwand"), _euro("Ertrag", "ertrag"),
    _euro("Eigenanteil", "eigenanteil"), _number("VZÄ", "vzae", "zahl"),
    _reached("Frauen", "istwert_w"), _reached("Männer", "istwert_m"),
    _reached("insgesamt", "istwert_gesamt"), _reached("Teilnehmende", "teilnehmende"),
    _reached("Teilnehmende Frauen", "teilnehmende_w"), _reached("Teilnehmende Männer", "teilnehmende_m"),
    field_of("Teilnehmende von", "teilnehmende_von", "datum"), field_of("Teilnehmende bis", "teilnehmende_bis", "datum"),
    _euro("Kosten", "kosten"), _number("Kosten von", "kosten_von", "jahr"), _number("Kosten bis", "kosten_bis", "jahr"),
    _number("Jahre mit Kosten", "kosten_jahre", "zahl"), _euro("Kosten je teilnehmende Person", "kosten_je_teilnehmende"),
    _number("Zielzahl", "zielzahl", "zahl"), _word("Einheit der Zielzahl", "einheit_ziel"),
    _number("Zielerreichung", "zielerreichung", "anteil"), _word("Bewertung der Wirkung", "wirkung"),
    _word("Begründung der Wirkung", "wirkung_grund"), _word("Sozialraum", "sozialraum"), _word("Gebiet", "gebiet"),
    _word("Beruht auf Vorlage", "vorlage_nr"), field_of("Beschluss vom", "beschluss_am", "datum"),
    _word("Indikator", "indikator"),
    _word("Zielwert", "zielwert"), field_of("Stand", "stand", "datum"), field_of("Konzept", "konzept"), BEISPIEL,
    _word("Quelle", "herkunft"), _word("Lieferung", "lieferung_id"), _word("Fundstelle", "fundstelle"),
    field_of("Veröffentlichung", "veroeffentlichung"),
)  # fmt: skip
GELD = (
    field_of("Programm", "programm"),
    SheetColumn("Baustein", lambda _, z: z["titel"] or z["baustein"]), field_of("Jahr", "jahr", "jahr"),
    _euro("Aufwand", "aufwand"), _euro("Ertrag", "ertrag"), _euro("Eigenanteil", "eigenanteil"),
    _number("VZÄ", "vzae", "zahl"), _number("Stellen", "stellen", "zahl"),
    SheetColumn("befristet", lambda _, z: cell_value(z, "befristet") or KEIN_WERT), _word("Mittelherkunft", "mittelherkunft"),
    field_of("Förderende", "foerderende", "datum"), _word("Anmerkung", "anmerkung"),
    BEISPIEL, _word("Quelle", "herkunft"), field_of("Veröffentlichung", "veroeffentlichung"),
)  # fmt: skip
