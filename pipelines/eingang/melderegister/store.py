"""A read extract → Parquet in the secure zone: persons and rejected rows.

Belongs here: what is written and what the file says of itself. Does not belong here: which rows are usable (read.py).
"""

from datetime import date
from pathlib import Path

import duckdb

from pipelines.eingang.melderegister.rules import REGELN
from pipelines.foundation.storage import Ablage, execute, sql, sqltext


def write_auszug(
    ablage: Ablage, con: duckdb.DuckDBPyConnection, ziel: str | Path, datenstand: date, abdruck: str, option: str,
    verknuepfen: bool,
) -> None:  # fmt: skip
    """Persons and rejected rows as Parquet, each replaced atomically. Rejected rows keep their whole line.

    The persons' file says of which data state it is (bevoelkerung/datenstand.py): the record of a later delivery may not. It
    says, too, what the switched-off option mark would change (definitionen/optionskennzeichen.py).

    Not compressed: pseudonyms are half of it and do not get smaller, and what compresses well already lies there as numbers: keys
    and groups each once in a dictionary, which days and line numbers are too many for.

    Rejected rows bear the line number of the file. Persons of a file without a header count as if it had one: their number
    only links children with parents, and 1 is not in its range.
    """
    personen = sql("melderegister/personen")
    if execute(con, "select getvariable('ohne_kopfzeile')")[0][0]:
        zeilen = ("zeile", "eltern_1_zeile", "eltern_2_zeile")
        personen = f"select * replace ({', '.join(f'{z} + 1 as {z}' for z in zeilen)}) from ({personen})"
    regeln = ", ".join(
        f"case when einzelfehler >> {r.bit} & 1 = 1 then '{r.spalte}: {r.code.value}' end" for r in REGELN
    )
    con.execute(
        f"""
        create or replace temp view abgewiesen as
        select z.zeile, list_filter([{regeln}, case when d.zeile is not null then 'pid: pid_doppelt' end],
            lambda r: r is not null) as regeln, z.zeile_text
        from zeilen as z
        inner join getippt as g on z.zeile = g.zeile
        left join doppelt as d on z.zeile = d.zeile
        where g.einzelfehler <> 0 or d.zeile is not null
        order by z.zeile
        """
    )
    dateien = [(ziel, personen)] if isinstance(ziel, Path) else [
        (ablage.tabelle("eingang", "melderegister", ziel), personen),
        (ablage.tabelle("abgewiesen", "melderegister", ziel), "from abgewiesen"),
    ]  # fmt: skip
    for pfad, auswahl in dateien:
        with ablage.neu(pfad) as neu:
            con.execute(
                f"copy ({auswahl}) to {sqltext(neu)} "
                "(format parquet, compression uncompressed, dictionary_size_limit 1000, kv_metadata "
                f"{{datenstand: '{datenstand.isoformat()}', fingerabdruck: '{abdruck}', optionskennzeichen: {sqltext(option)}}})"
            )
    _write_verstorbene(ablage, con, ziel, verknuepfen)


def _write_verstorbene(ablage: Ablage, con: duckdb.DuckDBPyConnection, ziel: str | Path, verknuepfen: bool) -> None:
    """Pseudonyms of those who died in the last two years up to the Stichtag, for linking extracts (bevoelkerung/flows.py).

    No file where extracts are not linked, or where this one names no day of death at all; none of an earlier data state.
    """
    if isinstance(ziel, Path):
        return
    datei = ablage.tabelle("eingang", "verstorben", ziel)
    if not verknuepfen or not execute(con, "select count(*) from getippt where sterbe_tag is not null")[0][0]:
        datei.unlink(missing_ok=True)
        return
    with ablage.neu(datei) as neu:
        con.execute(f"copy ({sql('melderegister/verstorbene')}) to {sqltext(neu)} (format parquet, compression zstd)")
