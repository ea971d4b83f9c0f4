"""The workbook read back: no figure in it that the published file does not have.

Belongs here: comparing the cells of a finished workbook with the rows of the file. Does not belong here: writing it
(workbook.py). A number of a sheet must stand in a row of the file together with the others of its row.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from python_calamine import CalamineWorkbook

from pipelines.veroeffentlichung.bericht.massnahmen.sheets import BLAETTER, number_columns
from pipelines.veroeffentlichung.bericht.numbers import GESCHLECHT_WORTE

ANZAHLEN = {
    "Einwohner:innen": "einwohner", "Ausländer:innen": "auslaender", "Deutsche mit Migrationshintergrund": "deutsche_mit_mh",
    "Personen mit Migrationshintergrund": "personen_mit_mh", "nicht entscheidbar": "unentscheidbar",
}  # fmt: skip
BEVOELKERUNG = ("Stadtteile", "Zeitreihe", "Geschlecht", "Alter")
STAATEN, STAATENGRUPPEN, INDIKATOREN = "Staatsangehörigkeit", "Staatengruppen", "Indikatoren"
SCHLUESSEL = (
    "Staatsschlüssel", "Gebietsschlüssel", "Staatengruppe", "Nr.", "Merkmal", "Kennung", "Bewegung", "Gruppe", "Geschlecht",
)  # fmt: skip
# Sheet → its key and figure in the workbook, and the same columns of the published table. Sexes stand there as words.
REGISTER = {
    "Registermerkmale": (
        ("Stichtag", "Gebietsschlüssel", "Merkmal", "Kennung", "Geschlecht", "Personen"),
        "stichtag, gebiet_id, merkmal, auspraegung, geschlecht, personen", "marts.registermerkmal",
    ),
    "Bewegungen": (
        ("Stichtag", "Gebietsschlüssel", "Bewegung", "Gruppe", "Geschlecht", "Personen"),
        "stichtag, gebiet_id, bewegung_name, gruppe, geschlecht, personen", "marts.bewegung",
    ),
}  # fmt: skip
MASSNAHMEN, GELD = "Maßnahmen", "Geld"
# Header → column of marts.massnahme and marts.foerderung.
KONZEPT = {
    MASSNAHMEN: ("marts.massnahme", {
        "Aufwand": "aufwand", "Ertrag": "ertrag", "Eigenanteil": "eigenanteil", "VZÄ": "vzae",
        "Frauen": "istwert_w", "Männer": "istwert_m",
        "insgesamt": "istwert_gesamt", "Teilnehmende": "teilnehmende", "Teilnehmende Frauen": "teilnehmende_w",
        "Teilnehmende Männer": "teilnehmende_m", "Kosten": "kosten", "Kosten von": "kosten_von", "Kosten bis": "kosten_bis",
        "Jahre mit Kosten": "kosten_jahre", "Kosten je teilnehmende Person": "kosten_je_teilnehmende",
        "Zielzahl": "zielzahl", "Zielerreichung": "zielerreichung",
    }),
    GELD: ("marts.foerderung", {"Jahr": "jahr", "Aufwand": "aufwand", "Ertrag": "ertrag", "Eigenanteil": "eigenanteil",
                              "VZÄ": "vzae", "Stellen": "stellen"}),
}  # fmt: skip
# The overview's sentences are checked number by number (aussagen/check.py); its cells are text.
OHNE_REGISTERZAHL = ("Lesehilfe", "Prüfungen")
WERTE = ("Wert", "Frauen", "Männer", "Wert der Vergleichsgruppe")


class FremdeZahl(Exception):
    """A workbook holds a figure the file does not have; the text names sheet and row, never the figure."""


class GelesenesBlatt(NamedTuple):
    """A sheet as read back: its name and its rows from the first one, an empty cell an empty text."""

    title: str
    rows: list[list[Any]]


def check_workbook(mappe: Path, con: duckdb.DuckDBPyConnection, kommune: str) -> None:
    """Compare a workbook with the published file it was made from.

    Raises: FremdeZahl for the first row that does not fit.
    """
    with CalamineWorkbook.from_path(mappe) as buch:
        for name in buch.sheet_names:
            blatt = GelesenesBlatt(name, buch.get_sheet_by_name(name).to_python(skip_empty_area=False))
            if blatt.title in BEVOELKERUNG:
                _check_rows(mappe, blatt, "Einwohner:innen", _bevoelkerung(con, kommune), ("Stichtag", *ANZAHLEN))
            elif blatt.title == STAATEN:
                _check_rows(
                    mappe, blatt, "Personen", _staaten(con, kommune), ("Stichtag", "Staatsschlüssel", "Personen")
                )
            elif blatt.title == STAATENGRUPPEN:
                _check_rows(
                    mappe, blatt, "Personen", _staatengruppen(con, kommune),
                    ("Stichtag", "Gebietsschlüssel", "Staatengruppe", "Personen"),
                )  # fmt: skip
            elif blatt.title in REGISTER:
                kopf, felder, tabelle = REGISTER[blatt.title]
                _check_rows(mappe, blatt, "Personen", _register(con, kommune, felder, tabelle), kopf)
            elif blatt.title in KONZEPT:
                spalten = ("Nr.",) if blatt.title == MASSNAHMEN else ()
                spalten = (*spalten, *KONZEPT[blatt.title][1])
                _check_rows(mappe, blatt, "Aufwand", _konzept(con, kommune, blatt.title), spalten)
            elif blatt.title == INDIKATOREN:
                _check_indikatoren(mappe, blatt, _indikatoren(con, kommune))
            elif blatt.title in BLAETTER:
                if zahlen := number_columns(blatt.title):
                    bekannt = _massnahmen(con, kommune, BLAETTER[blatt.title][0], tuple(n for _, n in zahlen))
                    _check_rows(mappe, blatt, zahlen[0][0], bekannt, tuple(k for k, _ in zahlen))
            elif blatt.title not in OHNE_REGISTERZAHL and any(_is_number(z) for zeile in blatt.rows for z in zeile):
                raise FremdeZahl(f"{mappe.name}, Blatt »{blatt.title}«: unbekanntes Blatt mit Zahlen")


def _is_number(wert: Any) -> bool:
    return isinstance(wert, int | float) and not isinstance(wert, bool)


def _zeilen(blatt: GelesenesBlatt, kopf: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number, header → value) of every row below the header that has the column `kopf`."""
    namen: list[str] | None = None
    for nummer, zeile in enumerate(blatt.rows, start=1):
        if namen is None:
            namen = [str(z) for z in zeile] if kopf in zeile else None
        else:
            yield nummer, dict(zip(namen, (None if z == "" else z for z in zeile), strict=False))


def _wert(wert: Any) -> Any:
    """A date as a date, a number to nine places (a workbook keeps sixteen digits), a sign for a missing number as none."""
    if isinstance(wert, datetime):
        return wert.date()
    if isinstance(wert, float):
        return round(wert, 9)
    return wert if _is_number(wert) or isinstance(wert, date) else None


def _check_rows(
    mappe: Path, blatt: GelesenesBlatt, kopf: str, bekannt: set[tuple[Any, ...]], spalten: tuple[str, ...]
) -> None:
    for nummer, zeile in _zeilen(blatt, kopf):
        werte = tuple(zeile[s] if s in SCHLUESSEL else _wert(zeile[s]) for s in spalten)
        if any(_is_number(w) for w in werte) and werte not in bekannt:
            raise FremdeZahl(
                f"{mappe.name}, Blatt »{blatt.title}«, Zeile {nummer}: so nicht in der veröffentlichten Datei"
            )


def _check_indikatoren(mappe: Path, blatt: GelesenesBlatt, bekannt: dict[str, set[float]]) -> None:
    for nummer, zeile in _zeilen(blatt, "Indikator (Kennung)"):
        werte = bekannt.get(str(zeile["Indikator (Kennung)"]), set())
        for spalte in WERTE:
            if _is_number(zeile[spalte]) and round(float(zeile[spalte]), 6) not in werte:
                wo = f"Blatt »{blatt.title}«, Zeile {nummer}, Spalte »{spalte}«"
                raise FremdeZahl(f"{mappe.name}, {wo}: so nicht in der veröffentlichten Datei")


def _bevoelkerung(con: duckdb.DuckDBPyConnection, kommune: str) -> set[tuple[Any, ...]]:
    return set(
        con.execute(
            f"select distinct stichtag, {', '.join(ANZAHLEN.values())} from marts.migrationshintergrund where kommune = ?",
            [kommune],
        ).fetchall()
    )


def _massnahmen(
    con: duckdb.DuckDBPyConnection, kommune: str, tabelle: str, spalten: tuple[str, ...]
) -> set[tuple[Any, ...]]:
    """Numbers of every row of a table on measures."""
    if not spalten:
        return set()
    zeilen = con.execute(f"select distinct {', '.join(spalten)} from {tabelle} where kommune = ?", [kommune]).fetchall()
    return {tuple(_wert(z) for z in zeile) for zeile in zeilen}


def _staaten(con: duckdb.DuckDBPyConnection, kommune: str) -> set[tuple[Any, ...]]:
    return set(
        con.execute(
            "select distinct stichtag, staat, personen from marts.staatsangehoerigkeit where kommune = ?", [kommune]
        ).fetchall()
    )


def _staatengruppen(con: duckdb.DuckDBPyConnection, kommune: str) -> set[tuple[Any, ...]]:
    return set(
        con.execute(
            "select distinct stichtag, gebiet_id, staatengruppe, personen from marts.staatengruppe where kommune = ?",
            [kommune],
        ).fetchall()
    )


def _register(con: duckdb.DuckDBPyConnection, kommune: str, spalten: str, tabelle: str) -> set[tuple[Any, ...]]:
    """Rows of a table of the register, with the sex in the words of the workbook."""
    zeilen = con.execute(f"select {spalten} from {tabelle} where kommune = ?", [kommune]).fetchall()
    return {(*z[:-2], GESCHLECHT_WORTE.get(z[-2], z[-2]), z[-1]) for z in zeilen}


def _konzept(con: duckdb.DuckDBPyConnection, kommune: str, blatt: str) -> set[tuple[Any, ...]]:
    tabelle, spalten = KONZEPT[blatt]
    schluessel = "massnahme_nr, " if blatt == MASSNAHMEN else ""
    zeilen = con.execute(
        f"select {schluessel}{', '.join(spalten.values())} from {tabelle} where kommune = ?", [kommune]
    ).fetchall()
    return {tuple(z if isinstance(z, str) else _wert(z) for z in zeile) for zeile in zeilen}


def _indikatoren(con: duckdb.DuckDBPyConnection, kommune: str) -> dict[str, set[float]]:
    bekannt: dict[str, set[float]] = {}
    for indikator, wert in con.execute(
        "select indikator, wert from marts.indikator_zeitreihe where kommune = ? and wert is not null",
        [kommune],
    ).fetchall():
        # Half of the last decimal is rounded up by the one and down by the other.
        bekannt.setdefault(indikator, set()).update({round(wert - 1e-7, 6), round(wert + 1e-7, 6)})
    return bekannt
