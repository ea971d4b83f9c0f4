"""Publishing: checked tables → one DuckDB file and its Parquet twins, whole or not at all.

Belongs here: the content hashes, building aside, verifying, replacing. Does not belong here: the gate of the checks (gate.py),
what is in a table or shown by a view, which earlier release must leave (withdraw.py). A release lies in
marts/archiv/<veroeffentlichung>/ and never changes; the file in marts/ is a copy of the latest one. Two builds of equal rows do
not give equal DuckDB bytes: identity is promised by the hashes in the manifest.
"""

import contextlib
import errno
import filecmp
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import Ablage, pfadliste, sqltext
from pipelines.veroeffentlichung.archive import ARCHIV, link_missing, prune
from pipelines.veroeffentlichung.audit_gate import attack, gebrochene, gehaltene, remember_held, stay_valid
from pipelines.veroeffentlichung.carry_over import Uebernahme, prepare, relation
from pipelines.veroeffentlichung.figure_state import remember_figure_state
from pipelines.veroeffentlichung.gate import NichtVeroeffentlicht, Torstand, check_gate, let_through
from pipelines.veroeffentlichung.views import ansichtstext
from pipelines.veroeffentlichung.withdraw import (
    SCHUTZ,
    forget_intent,
    remember_intent,
    remove_reports,
    ueberholte,
    ungeschuetzte,
    vorhaben,
    withdraw,
)
from schemas.model import Tabelle
from schemas.tabellen.herkunft import ANSICHTEN
from schemas.tabellen.registry import VEROEFFENTLICHT

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


def _build(ablage: Ablage, datei: Path, manifest: dict[str, Any], gehalten: tuple[str, ...]) -> None:
    con = ablage.verbindung()  # what does not fit into memory goes to the secure zone
    try:
        uebernahme = prepare(con, ablage, gehalten, manifest["veroeffentlichung"])
        con.execute(f"attach {sqltext(datei)} as ziel (storage_version '{SPEICHERVERSION}')")
        for t in VEROEFFENTLICHT:
            leer = {*t.leer_erlaubt, *uebernahme.luecken(t)}
            spalten = ", ".join(f"{s.name} {s.typ}{'' if s.name in leer else ' not null'}" for s in t.spalten)
            con.execute(f"create schema if not exists ziel.{t.schema}")
            con.execute(f"create table ziel.{t.voll} ({spalten})")
            _check_key_columns(t, uebernahme)
            con.execute(
                f"insert into ziel.{t.voll} from ({relation(ablage, t, uebernahme)}) order by {', '.join(t.schluessel)}"
            )
            _check_key(con, t)
            con.execute(f"comment on table ziel.{t.voll} is {_text(t.kommentar())}")
            for s in t.spalten:
                con.execute(f"comment on column ziel.{t.voll}.{s.name} is {_text(s.kommentar())}")
            zeilen, summe = con.execute(_inhalt(t, f"ziel.{t.voll}")).fetchall()[0]
            manifest["tabellen"][t.voll] = {"zeilen": zeilen, "inhalt_sha256": summe}
        # A view names its tables without the file's name: it must work whatever the file is called later.
        con.execute("use ziel")
        for a in ANSICHTEN:
            create_view(con, a)
        con.execute("checkpoint ziel")
        con.execute("use memory")
        con.execute("detach ziel")
    finally:
        con.close()


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
    con.execute(f"comment on view {ansicht.voll} is {_text(ansicht.kommentar())}")
    for s in ansicht.spalten:
        con.execute(f"comment on column {ansicht.voll}.{s.name} is {_text(s.kommentar())}")


def _text(wert: str) -> str:
    return "'" + wert.replace("'", "''") + "'"


def _verify(datei: Path, manifest: dict[str, Any]) -> None:
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


def _replace(quelle: Path, ziel: Path) -> None:
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
    """Whether nothing new is to be published: the same figures under the same protection, and nobody the last release calls
    held back is free now."""
    befreit = set(letztes.get("zurueckgehalten", {})) - set(manifest.get("zurueckgehalten", {}))
    gleich_geschuetzt = letztes.get("schutz") == manifest["schutz"]
    return gleich_geschuetzt and not befreit and _massgeblich(letztes) == _massgeblich(manifest)


def _massgeblich(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: t for name, t in manifest["tabellen"].items() if name.split(".")[0] in MASSGEBLICH}


def publish(ablage: Ablage, kennung: str) -> Veroeffentlichung:
    """Publish the checked tables as release `kennung`, unless the figures are those of the last release.

    Municipalities that failed a check keep their last published figures. Earlier releases that would tell more beside this one
    leave the archive first. Built in the secure zone: nothing lies in the public one that has not passed everything.
    Raises: NichtVeroeffentlicht if nobody's figures may pass; then nothing has changed.
    """
    tor = check_gate(ablage)
    complete(ablage)
    archiv = ablage.marts / ARCHIV
    archiv.mkdir(parents=True, exist_ok=True)
    bau = ablage.intern / "bau" / kennung
    for rest in (bau, *archiv.glob(".*.neu")):  # left behind by a killed process
        shutil.rmtree(rest, ignore_errors=True)
    ablage.ordner(bau)
    try:
        datei = bau / ablage.publikation.name
        manifest: dict[str, Any] = {
            "veroeffentlichung": kennung,
            "erstellt_am": datetime.now(UTC).isoformat(timespec="seconds"),
            "speicherversion": SPEICHERVERSION,
            "schutz": SCHUTZ,
            "tabellen": {},
        }
        letztes = letztes_manifest(ablage)
        tor = _build_holding(ablage, datei, manifest, tor)
        zeilen = {name: t["zeilen"] for name, t in manifest["tabellen"].items()}
        if letztes and ablage.publikation.exists() and _dasselbe(letztes, manifest):
            withdraw(ablage, ungeschuetzte(ablage))
            stay_valid(ablage)
            _provide(archiv / letztes["veroeffentlichung"], ablage)
            return Veroeffentlichung(letztes["veroeffentlichung"], False, zeilen, ablage.publikation, tor.gehalten)
        _write_parquet(datei, bau / "parquet")
        check_twins(bau / "parquet", manifest)
        (bau / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8")
        for teil in [*bau.rglob("*"), bau]:
            _fsync(teil)
        remember_figure_state(ablage, kennung, tor.gehalten)
        weg = ueberholte(ablage, datei)
        remember_intent(ablage, kennung, weg, letztes)
        withdraw(ablage, weg)
        _open(bau, archiv / kennung)
    finally:
        shutil.rmtree(bau, ignore_errors=True)
    complete(ablage)
    with contextlib.suppress(KonfigurationsFehler):  # wrong rules are told by the refresh; nothing is deleted then
        prune(ablage, kennung)
    stay_valid(ablage)
    return Veroeffentlichung(kennung, True, zeilen, ablage.publikation, tor.gehalten)


def _build_holding(ablage: Ablage, datei: Path, manifest: dict[str, Any], tor: Torstand) -> Torstand:
    """Build and attack, again without those whose hidden figures fall, until what is built holds; returns who is held back.

    Who is held back shows what was published last, with the certificate it got then.
    Raises: NichtVeroeffentlicht if nobody's figures may pass.
    """
    letztes = letztes_manifest(ablage)
    gebrochen: dict[str, Meldung] = {}
    while True:
        datei.unlink(missing_ok=True)
        if tor.gehalten:
            manifest["zurueckgehalten"] = _gehaltene(tor, letztes)
        _build(ablage, datei, manifest, tor.gehalten)
        _verify(datei, manifest)
        ergebnisse = attack(ablage, datei, ueberholte(ablage, datei), tor.gehalten)
        neue = gebrochene(ergebnisse)
        if not neue:
            break
        gebrochen |= neue
        remember_held(ablage, gebrochen)
        tor = let_through(ablage, tor.und(neue))
    remember_held(ablage, gebrochen or {m.kommune: m for m in gehaltene(ablage)})
    alte = [s for s in (letztes or {}).get("geheimhaltung", []) if s["kommune"] in tor.gehalten]
    manifest["geheimhaltung"] = [*alte, *(e.bescheinigung() for e in ergebnisse)]
    return tor


def check_twins(ordner: Path, manifest: dict[str, Any]) -> None:
    """Refuse Parquet twins that hold anything else than the file.

    Raises: RuntimeError naming the table.
    """
    con = duckdb.connect()
    try:
        for t in VEROEFFENTLICHT:
            quelle = f"read_parquet({pfadliste([ordner / t.schema / f'{t.name}.parquet'])})"
            zeilen, summe = con.execute(_inhalt(t, quelle)).fetchall()[0]
            if manifest["tabellen"][t.voll] != {"zeilen": zeilen, "inhalt_sha256": summe}:
                raise RuntimeError(f"the Parquet twin of {t.voll} is not what the file holds")
    finally:
        con.close()


def complete(ablage: Ablage) -> None:
    """Finish what was written down before the public folder was touched.

    After a kill in between either nothing of the new release is in the archive (it is built again), or all of it: then the
    valid file, its twins and the manifest become those of it.
    """
    stand = vorhaben(ablage)
    if stand is None:
        return
    withdraw(ablage, stand["zurueck"])
    link_missing(ablage)
    fertig = ablage.marts / ARCHIV / stand["neu"]
    if stand.get("berichte") and fertig.is_dir():
        remove_reports(ablage)  # the next step writes those of the new release
    _provide(fertig, ablage)
    forget_intent(ablage)


def _open(bau: Path, ziel: Path) -> None:
    """Move a finished release from the secure zone into the archive, whole, where everybody may read it."""
    maske = os.umask(0)
    os.umask(maske)
    for ordner in (bau, *(o for o in bau.rglob("*") if o.is_dir())):
        ordner.chmod(0o777 & ~maske)
    try:
        os.replace(bau, ziel)
    except OSError as fehler:
        if fehler.errno != errno.EXDEV:
            raise
        # Another file system: copied beside, then renamed.
        halb = ziel.with_name(f".{ziel.name}.neu")
        shutil.rmtree(halb, ignore_errors=True)
        shutil.copytree(bau, halb)
        for teil in [*halb.rglob("*"), halb]:
            _fsync(teil)
        os.replace(halb, ziel)
    _fsync(ziel.parent)


def _provide(fertig: Path, ablage: Ablage) -> None:
    """Make twins, file and manifest in marts/ those of a release, the manifest last; what agrees is left alone.

    Also after a release that is not new: a process killed in between may have left some of another one. Twins of tables that
    the release does not have go: they are of another release.
    """
    if not fertig.is_dir():
        return  # not in the archive (any more): what lies in marts/ stays
    teile = [d.relative_to(fertig) for d in sorted((fertig / "parquet").rglob("*.parquet"))]
    for fremd in set((ablage.marts / "parquet").rglob("*.parquet")) - {ablage.marts / t for t in teile}:
        fremd.unlink()
    for teil in (*teile, Path(ablage.publikation.name), Path("manifest.json")):
        ziel = ablage.marts / teil
        if not (ziel.exists() and filecmp.cmp(fertig / teil, ziel, shallow=False)):
            _replace(fertig / teil, ziel)


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


def _write_parquet(datei: Path, ordner: Path) -> None:
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
