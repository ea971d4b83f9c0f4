"""The published file itself: tables of the secure zone → one DuckDB file with comments and views, and its Parquet twins.

Belongs here: building aside, the content hashes, reading back what was written. Does not belong here: who is held back and
when it is replaced (release.py), which rows of a held-back municipality stay (carry_over.py), what a view shows (views.py).
"""

from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage, pfadliste, sqltext
from pipelines.veroeffentlichung.carry_over import Uebernahme, prepare, relation
from pipelines.veroeffentlichung.gate import NichtVeroeffentlicht
from pipelines.veroeffentlichung.views import ansichtstext
from schemas.model import Tabelle
from schemas.tabellen.ansichten import ANSICHTEN
from schemas.tabellen.registry import VEROEFFENTLICHT

# Every client since DuckDB 1.0 can open this; a file of the library's own default opens in no older client.
SPEICHERVERSION = "v1.0.0"
# Columns that change with the day of the build alone: no reason for a new release.
VOM_TAG = ("veroeffentlichung", "tage_bis_faellig", "ausgewertet_am")


def _inhalt(tabelle: Tabelle, quelle: str) -> str:
    """Query for (rows, content hash) of a table, independent of row order, of the release id and of the day it was built."""
    spalten = ", ".join(s.name for s in tabelle.spalten if s.name not in VOM_TAG)
    schluessel = ", ".join(tabelle.schluessel)
    return (
        f"select count(*), coalesce(sha256(string_agg(row({spalten})::varchar, chr(10) order by {schluessel})), '') "
        f"from {quelle}"
    )


def _read_content(con: duckdb.DuckDBPyConnection, tabelle: Tabelle, quelle: str) -> dict[str, Any]:
    """Rows and content hash of a table as its manifest has them; one without a row is counted only."""
    zeilen, summe = con.execute(f"select count(*), '' from {quelle}").fetchall()[0]
    if zeilen:
        zeilen, summe = con.execute(_inhalt(tabelle, quelle)).fetchall()[0]
    return {"zeilen": zeilen, "inhalt_sha256": summe}


def build_file(ablage: Ablage, datei: Path, manifest: dict[str, Any], gehalten: tuple[str, ...]) -> None:
    con = ablage.verbindung()  # what does not fit into memory goes to the secure zone
    try:
        uebernahme = prepare(con, ablage, gehalten, manifest["veroeffentlichung"])
        con.execute(f"attach {sqltext(datei)} as ziel (storage_version '{SPEICHERVERSION}')")
        con.execute("begin")  # else the disk is waited for after each of a thousand comments
        for t in VEROEFFENTLICHT:
            leer = {*t.leer_erlaubt, *uebernahme.luecken(t)}
            spalten = ", ".join(f"{s.name} {s.typ}{'' if s.name in leer else ' not null'}" for s in t.spalten)
            con.execute(f"create schema if not exists ziel.{t.schema}")
            con.execute(f"create table ziel.{t.voll} ({spalten})")
            _check_key_columns(t, uebernahme)
            con.execute(
                f"insert into ziel.{t.voll} from ({relation(ablage, t, uebernahme)}) order by {', '.join(t.schluessel)}"
            )
            manifest["tabellen"][t.voll] = _read_content(con, t, f"ziel.{t.voll}")
            if manifest["tabellen"][t.voll]["zeilen"]:
                _check_key(con, t)
        con.execute("use ziel")
        _write_comments(con)
        # A view names its tables without the file's name: it must work whatever the file is called later.
        for a in ANSICHTEN:
            create_view(con, a)
        con.execute("commit")
        con.execute("checkpoint ziel")
        con.execute("use memory")
        con.execute("detach ziel")
    finally:
        con.close()


def _write_comments(con: duckdb.DuckDBPyConnection) -> None:
    """Comments of all tables and columns; inside the transaction of the whole file."""
    for t in VEROEFFENTLICHT:
        con.execute(_explain("table", t))


def _check_key_columns(t: Tabelle, uebernahme: Uebernahme) -> None:
    if fehlt := uebernahme.luecken(t) & set(t.schluessel):
        raise NichtVeroeffentlicht(
            f"Die Zahlen von {', '.join(uebernahme.gehalten)} lassen sich nicht aus der letzten Veröffentlichung übernehmen: "
            f"{t.voll} hatte dort keine Spalte {', '.join(sorted(fehlt))}. Bitte zuerst deren Fehler beheben."
        )


def _check_key(con: duckdb.DuckDBPyConnection, t: Tabelle) -> None:
    """Refuse a table whose key is not unique or incomplete. With a PRIMARY KEY clients of DuckDB 1.0 could not open the file."""
    felder = ", ".join(t.schluessel)
    fehlt = " or ".join(f"{s} is null" for s in t.schluessel)
    doppelt = con.execute(
        f"select count(*) from (select {felder} from ziel.{t.voll} group by all having count(*) > 1 or {fehlt})"
    ).fetchall()[0][0]
    if doppelt:
        raise RuntimeError(f"{t.voll}: {doppelt} keys ({felder}) are not unique or incomplete")


def create_view(con: duckdb.DuckDBPyConnection, ansicht: Tabelle) -> None:
    """Create a view of sql/ansichten in the current database, with comments; its tables must be there.

    Raises: RuntimeError if its columns are not those of the vocabulary.
    """
    con.execute(f"create view {ansicht.voll} as {ansichtstext(ansicht)}")
    spalten = [(name, typ) for name, typ, *_ in con.execute(f"describe {ansicht.voll}").fetchall()]
    if spalten != [(s.name, s.typ) for s in ansicht.spalten]:
        raise RuntimeError(f"view {ansicht.voll} has other columns than the vocabulary says: {spalten}")
    con.execute(_explain("view", ansicht))


def _explain(art: str, tabelle: Tabelle) -> str:
    """Statements that explain a table or view and each of its columns."""
    spalten = [f"comment on column {tabelle.voll}.{s.name} is {_text(s.kommentar())}" for s in tabelle.spalten]
    return "; ".join([f"comment on {art} {tabelle.voll} is {_text(tabelle.kommentar())}", *spalten])


def _text(wert: str) -> str:
    return "'" + wert.replace("'", "''") + "'"


def check_version(datei: Path) -> None:
    """Refuse a published file of an earlier version of the program: what it lacks is asked for by name.

    Raises: KonfigurationsFehler that names a missing column.
    """
    with duckdb.connect(str(datei), read_only=True) as con:
        da = set(con.execute("select schema_name || '.' || table_name, column_name from duckdb_columns()").fetchall())
    fehlt = [f"{t.voll}.{s.name}" for t in VEROEFFENTLICHT for s in t.spalten if (t.voll, s.name) not in da]
    if fehlt:
        weitere = f" und {len(fehlt) - 1} weitere" if len(fehlt) > 1 else ""
        raise KonfigurationsFehler(
            f"Die veröffentlichte Datei ({datei}) stammt von einer früheren Version des Programms: es fehlt {fehlt[0]}{weitere}. "
            "Zuerst: monitoring refresh"
        )


def verify_file(datei: Path, manifest: dict[str, Any]) -> None:
    """Reopen read-only, compare tables, row counts and content hashes with the manifest, and ask each view."""
    if datei.with_name(datei.name + ".wal").exists():
        raise RuntimeError(f"{datei.name} has a write-ahead log left; it must not be published")
    con = duckdb.connect(str(datei), read_only=True)
    try:
        vorhanden = {
            f"{s}.{n}" for s, n in con.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        }
        if vorhanden != set(manifest["tabellen"]):
            raise RuntimeError(f"published tables differ from the manifest: {vorhanden ^ set(manifest['tabellen'])}")
        for t in VEROEFFENTLICHT:
            if manifest["tabellen"][t.voll] != _read_content(con, t, t.voll):
                raise RuntimeError(f"{t.voll} reads back differently from what was written")
        for a in ANSICHTEN:
            con.execute(f"select * from {a.voll} limit 1").fetchall()
    finally:
        con.close()


def check_twins(ordner: Path, manifest: dict[str, Any]) -> None:
    """Refuse Parquet twins that hold anything else than the file.

    Raises: RuntimeError naming the table.
    """
    con = duckdb.connect()
    try:
        for t in VEROEFFENTLICHT:
            quelle = f"read_parquet({pfadliste([ordner / t.schema / f'{t.name}.parquet'])})"
            if manifest["tabellen"][t.voll] != _read_content(con, t, quelle):
                raise RuntimeError(f"the Parquet twin of {t.voll} is not what the file holds")
    finally:
        con.close()


def write_parquet(datei: Path, ordner: Path) -> None:
    """Each published table as a Parquet file, in the order of its key."""
    con = duckdb.connect(str(datei), read_only=True)
    try:
        for t in VEROEFFENTLICHT:
            ziel = ordner / t.schema / f"{t.name}.parquet"
            ziel.parent.mkdir(parents=True, exist_ok=True)
            sortiert = f"from {t.voll} order by {', '.join(t.schluessel)}"
            con.execute(f"copy ({sortiert}) to {sqltext(ziel)} (format parquet, compression zstd)")
    finally:
        con.close()
