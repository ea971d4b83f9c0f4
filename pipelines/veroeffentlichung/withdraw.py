"""Releases that leave the public archive because beside another one they would tell what is hidden.

Belongs here: which releases leave, moving them into the secure zone, finishing a move that a killed process began. Does not
belong here: comparing two releases (register_figures.py), retention (archive.py). Two releases of one Stichtag are a key to each
other: what one hides the other may show, and a difference may be one person. So an earlier release stays readable only while
it shows no figure of the register that the newer one does not show as well.
"""

import json
import os
import shutil
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import Ablage, fsync
from pipelines.veroeffentlichung.archive import ARCHIV, veroeffentlichungen
from pipelines.veroeffentlichung.manifest import MANIFEST
from pipelines.veroeffentlichung.register_figures import verratene_stichtage

# What a release was protected by, as its manifest says. A method that hides other cells than the one before gets the next
# number: then releases of the earlier one leave the archive.
SCHUTZ = {"verfahren": "familie", "version": 2}
VORHABEN = "veroeffentlichung.json"
LISTE = "zurueckgezogen.json"
BERICHTE = "bericht"
RATSVORLAGEN = f"{BERICHTE}/vorlagen"
OHNE_SCHUTZ = "Grund: entstanden, bevor die Geheimhaltung alle Tabellen zusammen schützte."
BERICHTIGT = (
    "Zahlen des Registers ({tage}) sind berichtigt oder anders geschützt; beide Fassungen zusammen verrieten mehr."
)


def is_protected(manifest: Mapping[str, Any] | None) -> bool:
    """Whether a release was built under today's protection."""
    return bool(manifest) and manifest.get("schutz", {}).get("version", 0) >= SCHUTZ["version"]  # type: ignore[union-attr]


def ziel(ablage: Ablage) -> Path:
    """Folder of the secure zone that takes the releases withdrawn."""
    return ablage.intern / ARCHIV


def zurueckgezogene(ablage: Ablage) -> dict[str, str]:
    """Id of every release withdrawn, with the reason."""
    return {
        z["veroeffentlichung"]: z["grund"] for z in read_state(ziel(ablage) / LISTE, [], ("veroeffentlichung", "grund"))
    }


def ungeschuetzte(ablage: Ablage) -> dict[str, str]:
    """Releases in the public archive that were built without today's protection, with the reason they leave."""
    archiv = ablage.marts / ARCHIV
    return {
        k: OHNE_SCHUTZ
        for k in veroeffentlichungen(ablage)
        if not is_protected(read_state(archiv / k / "manifest.json", None, MANIFEST))
    }


def ueberholte(ablage: Ablage, datei: Path) -> dict[str, str]:
    """Releases in the public archive that say more of a Stichtag than the file about to be published, with the reason."""
    gruende = ungeschuetzte(ablage)
    for k in veroeffentlichungen(ablage):
        alt = ablage.marts / ARCHIV / k / ablage.publikation.name
        if k in gruende or not alt.exists():
            continue
        if tage := verratene_stichtage(alt, datei):
            genannt = ", ".join(f"{kommune} {tag}" for kommune, tag in tage)
            gruende[k] = BERICHTIGT.format(tage=genannt)
    return gruende


def remember_intent(ablage: Ablage, neu: str, weg: Mapping[str, str], letztes: Mapping[str, Any] | None = None) -> None:
    """Write down what is about to be done, so that a killed process' successor finishes it (`complete`).

    `letztes`: manifest of the release valid so far; if it leaves, its pages and workbooks go before the new one is there.
    """
    geht = letztes is not None and (
        letztes["veroeffentlichung"] in {*weg, *zurueckgezogene(ablage)} or not is_protected(letztes)
    )
    vorhaben = {"neu": neu, "zurueck": dict(weg), "berichte": geht}
    with ablage.neu(ablage.intern / "stand" / VORHABEN) as datei:
        datei.write_text(json.dumps(vorhaben, ensure_ascii=False), encoding="utf-8")
        fsync(datei)
    fsync(ablage.intern / "stand")  # on the disk before anything public is touched


def remove_reports(ablage: Ablage, ausser: Collection[str] = ()) -> None:
    """Delete pages (of areas too), workbooks, archives and council papers but those of some municipalities.

    They are copies of figures no longer published.
    """
    for ordner in (BERICHTE, RATSVORLAGEN):
        for datei in (ablage.marts / ordner).glob("*.*"):
            if (
                datei.suffix in (".html", ".xlsx", ".zip", ".docx", ".pdf")
                and datei.name.partition(".")[0] not in ausser
            ):
                datei.unlink()


def vorhaben(ablage: Ablage) -> dict[str, Any] | None:
    """What a process began and did not finish."""
    stand: dict[str, Any] | None = read_state(ablage.intern / "stand" / VORHABEN, None, ("neu", "zurueck"))
    return stand


def forget_intent(ablage: Ablage) -> None:
    """Everything written down is done."""
    (ablage.intern / "stand" / VORHABEN).unlink(missing_ok=True)


def withdraw(ablage: Ablage, weg: Mapping[str, str]) -> None:
    """Move releases out of the public archive; again after a kill at any point, with the same end."""
    if not weg:
        return
    ablage.ordner(ziel(ablage))
    _remember(ablage, weg)
    for kennung in weg:
        (ablage.marts / ARCHIV / f"{kennung}.duckdb").unlink(missing_ok=True)
        _move(ablage.marts / ARCHIV / kennung, ziel(ablage) / kennung)


def _remember(ablage: Ablage, weg: Mapping[str, str]) -> None:
    eintraege = {
        z["veroeffentlichung"]: z for z in read_state(ziel(ablage) / LISTE, [], ("veroeffentlichung", "grund"))
    }
    am = datetime.now(UTC).isoformat(timespec="seconds")
    for kennung, grund in weg.items():
        eintraege.setdefault(kennung, {"veroeffentlichung": kennung, "grund": grund, "am": am, "gemeldet": False})
    _write_list(ablage, list(eintraege.values()))


def _write_list(ablage: Ablage, eintraege: list[dict[str, Any]]) -> None:
    with ablage.neu(ziel(ablage) / LISTE) as datei:
        datei.write_text(json.dumps(eintraege, ensure_ascii=False, indent=1), encoding="utf-8")


def _move(von: Path, nach: Path) -> None:
    """A whole folder, by one rename where both lie on one file system; else copied, and only then deleted."""
    if not von.is_dir():
        return  # moved before
    for ordner in (von, *(o for o in von.rglob("*") if o.is_dir())):
        ordner.chmod(0o700)
    try:
        if not nach.exists():
            os.replace(von, nach)
            return
    except OSError:  # another file system
        halb = nach.with_name(f".{nach.name}.neu")
        shutil.rmtree(halb, ignore_errors=True)
        shutil.copytree(von, halb)
        os.replace(halb, nach)
    shutil.rmtree(von)


def tell_once(ablage: Ablage) -> str | None:
    """What is to be said of releases that left the archive; each is told once."""
    eintraege = read_state(ziel(ablage) / LISTE, [], ("veroeffentlichung", "grund"))
    offen = {z["veroeffentlichung"]: z["grund"] for z in eintraege if not z["gemeldet"]}
    if not offen:
        return None
    _write_list(ablage, [z | {"gemeldet": True} for z in eintraege])
    return meldung(offen)


def meldung(weg: Mapping[str, str]) -> str:
    """Why releases left the archive, where they are now, what to do."""
    gruende: dict[str, list[str]] = {}
    for kennung, grund in weg.items():
        gruende.setdefault(grund, []).append(kennung)
    saetze = []
    for grund, kennungen in gruende.items():
        wer = f"Die Veröffentlichung {kennungen[0]} wurde"
        if len(kennungen) > 1:
            wer = f"Die Veröffentlichungen {', '.join(kennungen)} wurden"
        saetze.append(f"{wer} aus marts/archiv nach intern/archiv (geschützter Bereich) verschoben. {grund}")
    saetze.append(
        "Wer sie weitergegeben hat, sollte sie zurückrufen. Was in intern/archiv liegt, darf gelöscht werden."
    )
    return " ".join(saetze)
