"""The lines of an extract as DuckDB reads them: all of them once for the pass, single ones again for their text.

Belongs here: reading by columns where a separator alone makes the fields, by whole lines where that is not enough. Does not
belong here: which field is which column (line_layout.py) and what a value means (sql/melderegister/getippt.sql).
"""

import re
from pathlib import Path

import duckdb

from pipelines.eingang.grid.text_file import count_separators
from pipelines.eingang.melderegister.header import fehler
from pipelines.eingang.melderegister.line_layout import LineLayout
from pipelines.foundation.findings import Befund, Code, LieferungAbgewiesen
from pipelines.foundation.storage import lesepfad, sql, sqltext

# What no line of a file holds: control characters are replaced before (grid/text_file.py).
KEIN_TRENNZEICHEN, KEIN_NULL = "\x01", "\x02"
LONGEST_LINE = 1_000_000  # bytes
FORM = f"auto_detect=false, quote='', escape='', header=false, new_line='\\n', encoding='utf-8', max_line_size={LONGEST_LINE}"


def read_lines(con: duckdb.DuckDBPyConnection, kopie: Path, layout: LineLayout, letzte: int, name: str) -> None:
    """Temp table `getippt` of all lines up to the last one that is not blank, in one pass; view `alle_zeilen` for their text.

    DuckDB splits the fields as long as every line has as many as expected; the first that has not stops it. Then each line is
    read as one column and split here: no quoting rule can swallow a row. Line numbers are exact either way.

    Raises: LieferungAbgewiesen for a line too long to be read; `name` of the file as it is told.
    """
    con.execute("set variable datei = $p", {"p": lesepfad(kopie)})
    con.execute(f"create temp view alle_zeilen as {_read_each_line(layout)} where zeile <= {letzte}")
    pass_over = sql("melderegister/getippt")
    if (padded := _examine_fields(kopie, layout, letzte)) is not None:
        con.execute(f"create or replace temp view felder as {_read_columns(layout)}")
        con.execute(f"create or replace temp view roh as {layout.sicht_der_felder(padded)}")
        try:
            con.execute(pass_over)
            return
        except duckdb.InvalidInputException:
            pass  # a line of another form after all: told by rule below, line by line
    con.execute("create or replace temp view zeilen as from alle_zeilen")
    con.execute(f"create or replace temp view roh as {layout.sicht()}")
    try:
        con.execute(pass_over)
    except duckdb.InvalidInputException as grund:
        if "Maximum line size" not in str(grund):
            raise
        raise LieferungAbgewiesen([_tell_too_long(name, str(grund))]) from None


def _tell_too_long(name: str, grund: str) -> Befund:
    """A line that nothing reads: of what DuckDB says only the number of the line."""
    zeile = re.search(r"CSV Error on Line: (\d+)", grund)
    return fehler(
        Code.dateiformat, name, f"Zeile {zeile[1]}" if zeile else "",
        f"eine Zeile ist länger als {LONGEST_LINE:,} Bytes".replace(",", "."),
        "je Person eine Zeile; die Datei ist beschädigt oder kein Auszug", "eine Zeile ist zu lang, um gelesen zu werden",
    )  # fmt: skip


def _examine_fields(kopie: Path, layout: LineLayout, letzte: int) -> bool | None:
    """Whether blanks stand around values, of a file that seems to have equally many fields in every line; None of any other.

    DuckDB refuses a line with too few or too many fields, but for one empty field at its end: hence the count beforehand.
    """
    trennzeichen, felder = layout.trennzeichen, layout.felder_erwartet
    if trennzeichen is None or not trennzeichen.isascii() or felder < 2:
        return None
    gezaehlt = count_separators(kopie, trennzeichen, layout.kopfzeilen)
    return gezaehlt.padded if gezaehlt.anzahl == (felder - 1) * (letzte - layout.kopfzeilen) else None


def load_lines(con: duckdb.DuckDBPyConnection, layout: LineLayout, welche: str) -> None:
    """Temp table `zeilen` with the text of the lines that a query names, and view `roh` over them; without any, no reading."""
    con.execute("drop view if exists zeilen")
    con.execute(f"create or replace temp table gesucht as {welche}")
    quelle = "select * from alle_zeilen where zeile in (from gesucht)"
    if con.execute("select count(*) from gesucht").fetchall() == [(0,)]:
        quelle = "select 0::bigint as zeile, ''::varchar as zeile_text where false"
    con.execute(f"create or replace temp table zeilen as {quelle}")
    con.execute(f"create or replace temp view roh as {layout.sicht()}")


def _read_columns(layout: LineLayout) -> str:
    felder = ", ".join(f"'feld_{n}': 'VARCHAR'" for n in range(1, layout.felder_erwartet + 1))
    return (
        f"select row_number() over () + {layout.kopfzeilen} as zeile, * from read_csv(getvariable('datei'), "
        f"delim={sqltext(layout.trennzeichen)}, skip={layout.kopfzeilen}, columns={{{felder}}}, {FORM})"
    )


def _read_each_line(layout: LineLayout) -> str:
    return (
        f"select * from (select row_number() over () + {layout.kopfzeilen} as zeile, zeile_text from "
        f"read_csv(getvariable('datei'), delim='{KEIN_TRENNZEICHEN}', nullstr='{KEIN_NULL}', skip={layout.kopfzeilen}, "
        f"columns={{'zeile_text': 'VARCHAR'}}, {FORM}))"
    )
