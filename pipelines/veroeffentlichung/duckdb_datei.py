"""Publishing: checked tables → one DuckDB file and its Parquet twins, whole or not at all.

Belongs here: the content hashes, building aside, verifying, replacing. Does not belong here: the gate of the checks (tor.py),
what is in a table or shown by a view. A release lies in marts/archiv/<veroeffentlichung>/ and never changes; the file in marts/
is a copy of the latest one. Two builds of equal rows do not give equal DuckDB bytes: identity is promised by the hashes in the
manifest.
"""

import contextlib
import filecmp
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.ablage import Ablage, sqltext
from pipelines.fehler import KonfigurationsFehler
from pipelines.veroeffentlichung.ansichten import ansichtstext
from pipelines.veroeffentlichung.archiv import ARCHIV, raeume_auf, verlinke_fehlende
from pipelines.veroeffentlichung.tor import NichtVeroeffentlicht, Torstand, pruefe_tor
from pipelines.veroeffentlichung.uebernahme import Uebernahme, bereite_vor, relation
from schemas.tabellen import VEROEFFENTLICHT
from schemas.tabellen_herkunft import ANSICHTEN
from schemas.vokabular import Tabelle

# Every client since DuckDB 1.0 can open this; a file of the library's own default opens in no older client.
SPEICHERVERSION = "v1.0.0"
# A new release needs new figures: what the protocol says of a night does not make one.
MASSGEBLICH = ("marts", "dim")


@dataclass(frozen=True)
class Veroeffentlichung:
    """What publishing did: the release now valid, whether it is new, rows per table, municipalities held back."""

    kennung: str
    neu: bool
    zeilen: dict[str, int]
    pfad: Path
    gehalten: tuple[str, ...] = ()


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


def _baue(ablage: Ablage, datei: Path, manifest: dict[str, Any], gehalten: tuple[str, ...]) -> None:
    con = duckdb.connect()
    try:
        uebernahme = bereite_vor(con, ablage, gehalten, manifest["veroeffentlichung"])
        con.execute(f"attach {sqltext(datei)} as ziel (storage_version '{SPEICHERVERSION}')")
        for t in VEROEFFENTLICHT:
            leer = {*t.leer_erlaubt, *uebernahme.luecken(t)}
            spalten = ", ".join(f"{s.name} {s.typ}{'' if s.name in leer else ' not null'}" for s in t.spalten)
            con.execute(f"create schema if not exists ziel.{t.schema}")
            con.execute(f"create table ziel.{t.voll} ({spalten})")
            _pruefe_schluesselspalten(t, uebernahme)
            con.execute(
                f"insert into ziel.{t.voll} from ({relation(ablage, t, uebernahme)}) order by {', '.join(t.schluessel)}"
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


def _pruefe_schluesselspalten(t: Tabelle, uebernahme: Uebernahme) -> None:
    if fehlt := uebernahme.luecken(t) & set(t.schluessel):
        raise NichtVeroeffentlicht(
            f"Die Zahlen von {', '.join(uebernahme.gehalten)} lassen sich nicht aus der letzten Veröffentlichung übernehmen: "
            f"{t.voll} hatte dort keine Spalte {', '.join(sorted(fehlt))}. Bitte zuerst deren Fehler beheben."
        )


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


def _dasselbe(letztes: dict[str, Any], manifest: dict[str, Any]) -> bool:
    """Whether nothing new is to be published: the same figures, and nobody the last release calls held back is free now."""
    befreit = set(letztes.get("zurueckgehalten", {})) - set(manifest.get("zurueckgehalten", {}))
    return not befreit and _massgeblich(letztes) == _massgeblich(manifest)


def _massgeblich(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: t for name, t in manifest["tabellen"].items() if name.split(".")[0] in MASSGEBLICH}


def veroeffentliche(ablage: Ablage, kennung: str) -> Veroeffentlichung:
    """Publish the checked tables as release `kennung`, unless the figures are those of the last release.

    Municipalities that failed a check keep their last published figures.
    Raises: NichtVeroeffentlicht if nobody's figures may pass; then nothing has changed.
    """
    tor = pruefe_tor(ablage)
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
        letztes = letztes_manifest(ablage)
        if tor.gehalten:
            manifest["zurueckgehalten"] = _gehaltene(tor, letztes)
        _baue(ablage, datei, manifest, tor.gehalten)
        _verifiziere(datei, manifest)
        zeilen = {name: t["zeilen"] for name, t in manifest["tabellen"].items()}
        if letztes and ablage.publikation.exists() and _dasselbe(letztes, manifest):
            _stelle_bereit(archiv / letztes["veroeffentlichung"], ablage)
            return Veroeffentlichung(letztes["veroeffentlichung"], False, zeilen, ablage.publikation, tor.gehalten)
        _schreibe_parquet(datei, bau / "parquet")
        (bau / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8")
        for teil in [*bau.rglob("*"), bau]:
            _fsync(teil)
        os.replace(bau, archiv / kennung)
        _fsync(archiv)
        verlinke_fehlende(ablage)
    finally:
        shutil.rmtree(bau, ignore_errors=True)
    _stelle_bereit(archiv / kennung, ablage)
    with contextlib.suppress(KonfigurationsFehler):  # wrong rules are told by the refresh; nothing is deleted then
        raeume_auf(ablage, kennung)
    return Veroeffentlichung(kennung, True, zeilen, ablage.publikation, tor.gehalten)


def _stelle_bereit(fertig: Path, ablage: Ablage) -> None:
    """Make twins, file and manifest in marts/ those of a release, the manifest last; what agrees is left alone.

    Also after a release that is not new: a process killed in between may have left some of another one.
    """
    if not fertig.is_dir():
        return  # deleted from the archive by hand: what lies in marts/ stays
    teile = [Path("parquet") / t.schema / f"{t.name}.parquet" for t in VEROEFFENTLICHT]
    for teil in (*teile, Path(ablage.publikation.name), Path("manifest.json")):
        ziel = ablage.marts / teil
        if not (ziel.exists() and filecmp.cmp(fertig / teil, ziel, shallow=False)):
            _ersetze(fertig / teil, ziel)


def _gehaltene(tor: Torstand, letztes: dict[str, Any] | None) -> dict[str, Any]:
    """For the manifest: who is held back, by which checks, and of which release the figures are (null: none yet)."""
    frueher = (letztes or {}).get("zurueckgehalten", {})
    aus = (letztes or {}).get("veroeffentlichung")
    return {
        kommune: {
            "zahlen_aus": frueher[kommune]["zahlen_aus"] if kommune in frueher else aus,
            "pruefungen": sorted({m.thema for m in tor.je_kommune[kommune]}),
        }
        for kommune in tor.gehalten
    }


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
