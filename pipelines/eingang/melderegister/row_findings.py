"""Rows that broke a rule → findings, so many named one by one and the rest counted.

Belongs here: which rows are named, and in which words. Does not belong here: the rules (rules.py). No value of a row leaves
this module except the code of a code column when the caller asks for it (`mit_werten`, used by `monitoring check` on the
office's own terminal).
"""

import re

import duckdb

from pipelines.eingang.grid.text_file import Textdatei
from pipelines.eingang.melderegister.line_layout import LineLayout
from pipelines.eingang.melderegister.rules import DOPPELT, NUR_FELDZAHL, REGELN, Zeilenregel
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.foundation.storage import execute
from schemas.spalten.person import AUSZUGSSPALTEN

ZEILEN_JE_REGEL = 20  # lines named one by one per rule; the rest is counted
DATUMSFORM = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{2,4}-\d{1,2}-\d{1,2}|\d{8}")


def zeilenbefunde(
    con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: LineLayout, mit_werten: bool
) -> list[Befund]:
    """One finding per rule and row, up to ZEILEN_JE_REGEL rows a rule, then one with the rest's count."""
    befunde: list[Befund] = []
    fehlerhaft = execute(con, "select bit_or(einzelfehler) from getippt where einzelfehler <> 0")[0][0] or 0
    for regel in REGELN:
        if fehlerhaft >> regel.bit & 1:
            nur_diese = "" if regel.bit == 0 else f"and einzelfehler & {NUR_FELDZAHL} = 0"
            bedingung = f"from getippt where einzelfehler >> {regel.bit} & 1 = 1 {nur_diese}"
            befunde += _je_zeile(con, datei, layout, regel, bedingung, mit_werten)
    befunde += _je_zeile(con, datei, layout, DOPPELT, "from doppelt where true", mit_werten=False)
    return befunde


def _je_zeile(
    con: duckdb.DuckDBPyConnection,
    datei: Textdatei,
    layout: LineLayout,
    regel: Zeilenregel,
    bedingung: str,
    mit_werten: bool,
    woher: str = "",
) -> list[Befund]:
    """`woher`: column and table that know the text of the cell; the lines read again where it is empty."""
    regel = layout.regel(regel)
    (anzahl,) = execute(con, f"select count(*) {bedingung}")[0]
    zeilen = [z for (z,) in execute(con, f"select zeile {bedingung} order by zeile limit {ZEILEN_JE_REGEL}")]
    zeigen = mit_werten and regel.spalte in AUSZUGSSPALTEN and AUSZUGSSPALTEN[regel.spalte].is_code
    spalte = f", Spalte {layout.name(regel.spalte)}" if regel.spalte else ""
    befunde = [
        Befund(
            regel.code, Schwere.fehler, datei.pfad.name, f"Zeile {z}{spalte}", regel.was, regel.sollwert(),
            zeilen=(z,), gefunden=_code(con, woher or f"{regel.spalte} from roh", z, layout.codelaenge) if zeigen else None,
        )
        for z in zeilen
    ]  # fmt: skip
    if anzahl > len(zeilen):
        befunde.append(
            Befund(regel.code, Schwere.fehler, datei.pfad.name, spalte.lstrip(", "),
                   f"{regel.was}: {anzahl - len(zeilen)} weitere Zeilen", regel.sollwert(), anzahl=anzahl - len(zeilen))
        )  # fmt: skip
    return befunde


def _code(con: duckdb.DuckDBPyConnection, woher: str, zeile: int, laenge: int) -> str | None:
    """The code in one cell, for the office's own terminal; a long value or a date is no code and is not shown."""
    wert = execute(con, f"select {woher} where zeile = $z", {"z": zeile})[0][0]
    return f"»{wert}«" if wert is not None and len(wert) <= laenge and not DATUMSFORM.fullmatch(wert) else None


def gebietsbefunde(
    con: duckdb.DuckDBPyConnection, datei: Textdatei, layout: LineLayout, mit_werten: bool
) -> list[Befund]:
    """Warnings for persons whose area is in no list."""
    regel = Zeilenregel(62, "gebiet_id", Code.gebiet_unbekannt, "das Gebiet steht nicht in gebiete.csv; die Person zählt "
                        "im Gebiet »unbekannt«")  # fmt: skip
    befunde = _je_zeile(
        con, datei, layout, regel, "from bestand where not gebiet_bekannt", mit_werten, "gebiet_fremd from bestand"
    )
    return [Befund(**{**b.__dict__, "schwere": Schwere.warnung}) for b in befunde]
