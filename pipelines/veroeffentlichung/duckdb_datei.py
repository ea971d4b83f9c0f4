"""Publishing: checked tables → one DuckDB file and its Parquet twins, whole or not at all.

Belongs here: the gate of the checks, the content hashes, building aside, verifying, replacing. Does not belong here:
what is in a table or shown by a view. A release lies in marts/archiv/<veroeffentlichung>/ and never changes; the file in marts/
is a copy of the latest one. Two builds of equal rows do not give equal DuckDB bytes: identity is promised by the hashes in the
manifest.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ablage import Ablage, pfadliste, sqltext
from pipelines.pruefungen import SCHEMAPRUEFUNG, gemerkte, lade_pruefungen, pruefsumme, verletzte_partitionen
from pipelines.veroeffentlichung.ansichten import ansichtstext
from pipelines.veroeffentlichung.archiv import ARCHIV, lade_regeln, raeume_auf, verlinke_fehlende
from schemas.tabellen import VEROEFFENTLICHT
from schemas.tabellen_herkunft import ANSICHTEN
from schemas.vokabular import Tabelle

# Every client since DuckDB 1.0 can open this; a file of the library's own default opens in no older client.
SPEICHERVERSION = "v1.0.0"
# A new release needs new figures: what the protocol says of a night does not make one.
MASSGEBLICH = ("marts", "dim")


class NichtVeroeffentlicht(Exception):
    """The gate stays shut; the text names the failed checks in German. The last publication is untouched."""


@dataclass(frozen=True)
class Veroeffentlichung:
    """What publishing did: the release now valid, whether it is new, rows per table."""

    kennung: str
    neu: bool
    zeilen: dict[str, int]
    pfad: Path


def pruefe_tor(ablage: Ablage) -> None:
    """Let nothing pass that has not been checked in exactly this state, or that failed a check of severity fehler.

    Raises: NichtVeroeffentlicht.
    """
    ergebnisse = {e["pruefung"]: e for e in gemerkte(ablage)}
    noetig = {p.name: (p.schema, p.tabelle) for p in lade_pruefungen()}
    noetig |= {f"{SCHEMAPRUEFUNG}_{t.schema}_{t.name}": (t.schema, t.name) for t in VEROEFFENTLICHT}
    maengel = verletzte_partitionen(ablage)
    for name, (schema, tabelle) in sorted(noetig.items()):
        if name not in ergebnisse:
            maengel.append(f"Prüfung {name}: noch nie ausgeführt")
        elif ergebnisse[name]["pruefsumme"] != pruefsumme(ablage, schema, tabelle):
            maengel.append(f"Prüfung {name}: {schema}.{tabelle} wurde nach der Prüfung verändert")
        elif ergebnisse[name]["faelle"] and ergebnisse[name]["schwere"] == "fehler" and ergebnisse[name]["sperrt"]:
            faelle = ergebnisse[name]["faelle"]
            erste = "; ".join(f"{k}: {ort}" for k, ort in faelle[:3])
            maengel.append(f"{ergebnisse[name]['titel']} – verletzt ({len(faelle)} Fälle): {erste}")
    if maengel:
        raise NichtVeroeffentlicht(
            "Die Veröffentlichung wurde angehalten, die letzte bleibt gültig:\n" + "\n".join(maengel)
        )


def _inhalt(tabelle: Tabelle, quelle: str) -> str:
    """Query for (rows, content hash) of a table, independent of row order, of the release id and of the day it was built."""
    spalten = ", ".join(s.name for s in tabelle.spalten if s.name not in ("veroeffentlichung", "tage_bis_faellig"))
    schluessel = ", ".join(tabelle.schluessel)
    return (
        f"select count(*), coalesce(sha256(string_agg(row({spalten})::varchar, chr(10) order by {schluessel})), '') "
        f"from {quelle}"
    )


def _baue(ablage: Ablage, datei: Path, manifest: dict[str, Any]) -> None:
    con = duckdb.connect()
    try:
        con.execute(f"attach {sqltext(datei)} as ziel (storage_version '{SPEICHERVERSION}')")
        for t in VEROEFFENTLICHT:
            spalten = ", ".join(f"{s.name} {s.typ}{'' if s.name in t.leer_erlaubt else ' not null'}" for s in t.spalten)
            con.execute(f"create schema if not exists ziel.{t.schema}")
            con.execute(f"create table ziel.{t.voll} ({spalten})")
            quelle = pfadliste([ablage.tabelle(t.schema, t.name)])
            namen = ", ".join(t.namen)
            con.execute(
                f"insert into ziel.{t.voll} select {namen} from read_parquet({quelle}) order by {', '.join(t.schluessel)}"
            )
            _pruefe_schluessel(con, t)
            con.execute(f"comment on table ziel.{t.voll} is {_text(t.kommentar())}")
            for s in t.spalten:
                con.execute(f"comment on column ziel.{t.voll}.{s.name} is {_text(s.kommentar())}")
            zeilen, summe = con.execute(_inhalt(t, f"ziel.{t.voll}")).fetchall()[0]
            manifest["tabellen"][t.voll] = {"zeilen": zeilen, "inhalt_sha256": summe}
        # A view names its tables without the file's name: it must work whatever the file is called later.
        con.execute("use ziel")
        for a in ANSICHTEN:
            lege_ansicht_an(con, a)
        con.execute("checkpoint ziel")
        con.execute("use memory")
        con.execute("detach ziel")
    finally:
        con.close()


def _pruefe_schluessel(con: duckdb.DuckDBPyConnection, t: Tabelle) -> None:
    """Refuse a table whose key is not unique or incomplete. With a PRIMARY KEY clients of DuckDB 1.0 could not open the file."""
    felder = ", ".join(t.schluessel)
    fehlt = " or ".join(f"{s} is null" for s in t.schluessel)
    doppelt = con.execute(
        f"select count(*) from (select {felder} from ziel.{t.voll} group by all having count(*) > 1 or {fehlt})"
    ).fetchall()[0][0]
    if doppelt:
        raise RuntimeError(f"{t.voll}: {doppelt} keys ({felder}) are not unique or incomplete")


def lege_ansicht_an(con: duckdb.DuckDBPyConnection, ansicht: Tabelle) -> None:
    """Create a view of sql/ansichten in the current database, with comments; its tables must be there.

    Raises: RuntimeError if its columns are not those of the vocabulary.
    """
    con.execute(f"create view {ansicht.voll} as {ansichtstext(ansicht)}")
    spalten = [(name, typ) for name, typ, *_ in con.execute(f"describe {ansicht.voll}").fetchall()]
    if spalten != [(s.name, s.typ) for s in ansicht.spalten]:
        raise RuntimeError(f"view {ansicht.voll} has other columns than the vocabulary says: {spalten}")
    con.execute(f"comment on view {ansicht.voll} is {_text(ansicht.kommentar())}")
    for s in ansicht.spalten:
        con.execute(f"comment on column {ansicht.voll}.{s.name} is {_text(s.kommentar())}")


def _text(wert: str) -> str:
    return "'" + wert.replace("'", "''") + "'"


def _verifiziere(datei: Path, manifest: dict[str, Any]) -> None:
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
            zeilen, summe = con.execute(_inhalt(t, t.voll)).fetchall()[0]
            if manifest["tabellen"][t.voll] != {"zeilen": zeilen, "inhalt_sha256": summe}:
                raise RuntimeError(f"{t.voll} reads back differently from what was written")
        for a in ANSICHTEN:
            con.execute(f"select * from {a.voll} limit 1").fetchall()
    finally:
        con.close()


def _fsync(pfad: Path) -> None:
    handle = os.open(pfad, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _ersetze(quelle: Path, ziel: Path) -> None:
    """Copy beside the target, flush, rename over it, flush the folder."""
    ziel.parent.mkdir(parents=True, exist_ok=True)
    beiseite = ziel.with_name(f".{ziel.name}.neu")
    shutil.copyfile(quelle, beiseite)
    _fsync(beiseite)
    os.replace(beiseite, ziel)
    _fsync(ziel.parent)


def letztes_manifest(ablage: Ablage) -> dict[str, Any] | None:
    """Manifest of the release that is valid now, or None before the first."""
    datei = ablage.marts / "manifest.json"
    return json.loads(datei.read_text(encoding="utf-8")) if datei.exists() else None


def _massgeblich(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: t for name, t in manifest["tabellen"].items() if name.split(".")[0] in MASSGEBLICH}


def veroeffentliche(ablage: Ablage, kennung: str) -> Veroeffentlichung:
    """Publish the checked tables as release `kennung`, unless the figures are those of the last release.

    Raises: NichtVeroeffentlicht if a check failed or is missing, KonfigurationsFehler if the rules of the archive are wrong;
    then nothing has changed.
    """
    pruefe_tor(ablage)
    lade_regeln(ablage)  # a wrong rule is told before anything is published
    archiv = ablage.marts / ARCHIV
    bau = archiv / f".{kennung}.neu"
    shutil.rmtree(bau, ignore_errors=True)  # left behind by a killed process
    bau.mkdir(parents=True)
    try:
        datei = bau / ablage.publikation.name
        manifest: dict[str, Any] = {
            "veroeffentlichung": kennung,
            "erstellt_am": datetime.now(UTC).isoformat(timespec="seconds"),
            "speicherversion": SPEICHERVERSION,
            "tabellen": {},
        }
        _baue(ablage, datei, manifest)
        _verifiziere(datei, manifest)
        zeilen = {name: t["zeilen"] for name, t in manifest["tabellen"].items()}
        letztes = letztes_manifest(ablage)
        if letztes and ablage.publikation.exists() and _massgeblich(letztes) == _massgeblich(manifest):
            return Veroeffentlichung(letztes["veroeffentlichung"], False, zeilen, ablage.publikation)
        _schreibe_parquet(datei, bau / "parquet")
        (bau / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8")
        for teil in [*bau.rglob("*"), bau]:
            _fsync(teil)
        os.replace(bau, archiv / kennung)
        _fsync(archiv)
        verlinke_fehlende(ablage)
    finally:
        shutil.rmtree(bau, ignore_errors=True)
    fertig = archiv / kennung
    for t in VEROEFFENTLICHT:
        teil = Path("parquet") / t.schema / f"{t.name}.parquet"
        _ersetze(fertig / teil, ablage.marts / teil)
    _ersetze(fertig / ablage.publikation.name, ablage.publikation)
    _ersetze(fertig / "manifest.json", ablage.marts / "manifest.json")
    raeume_auf(ablage, kennung)
    return Veroeffentlichung(kennung, True, zeilen, ablage.publikation)


def _schreibe_parquet(datei: Path, ordner: Path) -> None:
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
