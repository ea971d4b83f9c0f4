"""Publishing: checked tables → one DuckDB file and its Parquet twins, whole or not at all.

Belongs here: the order of a release, whether it is new, who is held back. Does not belong here: the gate of the checks (gate.py),
building and verifying the file (published_file.py), which earlier release must leave (withdraw.py). A release lies in
marts/archiv/<veroeffentlichung>/ and never changes; the file in marts/ is a copy of the latest one. Two builds of equal rows do
not give equal DuckDB bytes: identity is promised by the hashes in the manifest.
"""

import contextlib
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.messages import Meldung
from pipelines.foundation.storage import Ablage, fsync
from pipelines.veroeffentlichung.archive import ARCHIV, link_missing, prune
from pipelines.veroeffentlichung.audit_gate import attack, gebrochene, gehaltene, remember_held, stay_valid
from pipelines.veroeffentlichung.figure_state import remember_figure_state
from pipelines.veroeffentlichung.gate import Torstand, check_gate, let_through
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.published_file import (
    SPEICHERVERSION,
    build_file,
    check_twins,
    verify_file,
    write_parquet,
)
from pipelines.veroeffentlichung.replace_files import open_release, provide
from pipelines.veroeffentlichung.unlisted import unlisted_in_file
from pipelines.veroeffentlichung.waiting import Wartende, remember_waiting, wartende
from pipelines.veroeffentlichung.withdraw import (
    SCHUTZ,
    forget_intent,
    is_protected,
    remember_intent,
    remove_reports,
    ueberholte,
    ungeschuetzte,
    vorhaben,
    withdraw,
)

# A new release needs new figures: what the protocol says of a night does not make one.
MASSGEBLICH = ("marts", "dim")


@dataclass(frozen=True)
class Release:
    """What publishing did: the release now valid, whether it is new, rows per table, municipalities held back."""

    kennung: str
    neu: bool
    zeilen: dict[str, int]
    pfad: Path
    gehalten: tuple[str, ...] = ()


def _dasselbe(letztes: dict[str, Any], manifest: dict[str, Any]) -> bool:
    """Whether nothing new is to be published: the same figures under the same protection, and nobody the last release calls
    held back is free now."""
    befreit = set(letztes.get("zurueckgehalten", {})) - set(manifest.get("zurueckgehalten", {}))
    gleich_geschuetzt = letztes.get("schutz") == manifest["schutz"]
    return gleich_geschuetzt and not befreit and _massgeblich(letztes) == _massgeblich(manifest)


def _massgeblich(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: t for name, t in manifest["tabellen"].items() if name.split(".")[0] in MASSGEBLICH}


def publish(ablage: Ablage, kennung: str) -> Release:
    """Publish the checked tables as release `kennung`, unless the figures are those of the last release.

    Municipalities that failed a check keep their last published figures. Earlier releases that would tell more beside this one
    leave the archive first. Built in the secure zone: nothing lies in the public one that has not passed everything.
    Raises: NichtVeroeffentlicht if nobody's figures may pass; then nothing has changed.
    """
    tor = check_gate(ablage)
    complete(ablage)
    archiv = ablage.marts / ARCHIV
    ablage.ordner(archiv)
    bau = ablage.intern / "bau" / kennung
    for rest in (bau, *archiv.glob(".*.neu")):  # left behind by a killed process
        if rest.is_file():
            rest.unlink()
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
        tor, warten, weg = _build_holding(ablage, datei, manifest, tor)
        zeilen = {name: t["zeilen"] for name, t in manifest["tabellen"].items()}
        if letztes and ablage.publikation.exists() and _dasselbe(letztes, manifest):
            withdraw(ablage, ungeschuetzte(ablage))
            stay_valid(ablage)
            remember_waiting(ablage, warten)
            provide(archiv / letztes["veroeffentlichung"], ablage)
            return Release(letztes["veroeffentlichung"], False, zeilen, ablage.publikation, tor.gehalten)
        write_parquet(datei, bau / "parquet")
        check_twins(bau / "parquet", manifest)
        (bau / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2), encoding="utf-8")
        for teil in [*bau.rglob("*"), bau]:
            fsync(teil)
        remember_figure_state(ablage, kennung, _keep(tor, warten))
        remember_intent(ablage, kennung, weg, letztes)
        withdraw(ablage, weg)
        open_release(bau, archiv / kennung)
    finally:
        shutil.rmtree(bau, ignore_errors=True)
    complete(ablage)
    with contextlib.suppress(KonfigurationsFehler):  # wrong rules are told by the refresh; nothing is deleted then
        prune(ablage, kennung)
    stay_valid(ablage)
    remember_waiting(ablage, warten)
    return Release(kennung, True, zeilen, ablage.publikation, tor.gehalten)


def _build_holding(
    ablage: Ablage, datei: Path, manifest: dict[str, Any], tor: Torstand
) -> tuple[Torstand, Wartende, dict[str, str]]:
    """Build and attack, again without those whose hidden figures fall or whose correction waits, until what is built holds.

    Returns who is held back and whose correction waits (both show what was published last, with the certificate it got then),
    and which earlier releases have to leave the archive.
    Raises: NichtVeroeffentlicht if nobody's figures may pass.
    """
    letztes = letztes_manifest(ablage)
    gebrochen: dict[str, Meldung] = {}
    warten: Wartende = {}
    while True:
        datei.unlink(missing_ok=True)
        if tor.gehalten:
            manifest["zurueckgehalten"] = _gehaltene(tor, letztes)
        if warten:
            manifest["wartet"] = {
                k: {"zahlen_aus": _numbers_of(k, letztes), "stichtage": tage} for k, tage in sorted(warten.items())
            }
        build_file(ablage, datei, manifest, _keep(tor, warten))
        verify_file(datei, manifest)
        if fremde := unlisted_in_file(datei):
            let_through(ablage, Torstand((*tor.alle, *fremde), tor.je_kommune))
        if is_protected(letztes) and (spaetere := wartende(ablage, datei)):
            warten |= spaetere
            continue
        weg = ueberholte(ablage, datei)
        ergebnisse = attack(ablage, datei, weg, _keep(tor, warten))
        neue = gebrochene(ergebnisse)
        if not neue:
            break
        gebrochen |= neue
        remember_held(ablage, gebrochen)
        tor = let_through(ablage, tor.und(neue))
    remember_held(ablage, gebrochen or {m.kommune: m for m in gehaltene(ablage)})
    alte = [s for s in (letztes or {}).get("geheimhaltung", []) if s["kommune"] in _keep(tor, warten)]
    manifest["geheimhaltung"] = [*alte, *(e.bescheinigung() for e in ergebnisse)]
    return tor, warten, weg


def _keep(tor: Torstand, warten: Wartende) -> tuple[str, ...]:
    """Municipalities that show what was published last."""
    return tuple(sorted({*tor.gehalten, *warten}))


def complete(ablage: Ablage) -> None:
    """Finish what was written down before the public folder was touched.

    After a kill in between either nothing of the new release is in the archive (it is built again), or all of it: then the
    valid file, its twins and the manifest become those of it. A release whose own name was lost gets it back either way.
    """
    stand = vorhaben(ablage)
    if stand is not None:
        withdraw(ablage, stand["zurueck"])
    link_missing(ablage)
    if stand is None:
        return
    fertig = ablage.marts / ARCHIV / stand["neu"]
    if stand.get("berichte") and fertig.is_dir():
        remove_reports(ablage)  # the next step writes those of the new release
    provide(fertig, ablage)
    forget_intent(ablage)


def _gehaltene(tor: Torstand, letztes: dict[str, Any] | None) -> dict[str, Any]:
    """For the manifest: who is held back, by which checks, and of which release the figures are (null: none yet)."""
    return {
        kommune: {
            "zahlen_aus": _numbers_of(kommune, letztes),
            "pruefungen": sorted({m.thema for m in tor.je_kommune[kommune]}),
        }
        for kommune in tor.gehalten
    }


def _numbers_of(kommune: str, letztes: dict[str, Any] | None) -> str | None:
    """The release a municipality's published figures are of."""
    frueher = {**(letztes or {}).get("zurueckgehalten", {}), **(letztes or {}).get("wartet", {})}
    aus: str | None = frueher[kommune]["zahlen_aus"] if kommune in frueher else (letztes or {}).get("veroeffentlichung")
    return aus
