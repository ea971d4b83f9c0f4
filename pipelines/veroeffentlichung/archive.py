"""Past publications: each readable under its own name, kept as long as the data folder says.

Belongs here: marts/archiv, its retention. Does not belong here: making a release (release.py). What was published stays
as it was; only whole releases go, and never the one that is valid.
"""

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import Field

from pipelines.foundation.config_files import is_there
from pipelines.foundation.storage import Ablage, fsync
from pipelines.foundation.yaml_file import Modell, load

ARCHIV = "archiv"
DATEI = "veroeffentlichung.yaml"


class Archivregel(Modell):
    """How long releases are kept: `hoechstens` so many (null: all), but each at least `mindestalter_tage`."""

    hoechstens: int | None = Field(None, ge=1)
    mindestalter_tage: int = Field(1, ge=1)  # an id of today must not be given out twice


class Veroeffentlichungsregeln(Modell):
    """Content of referenz/veroeffentlichung.yaml; the file may be missing."""

    archiv: Archivregel = Archivregel.model_validate({})


def load_rules(ablage: Ablage) -> Veroeffentlichungsregeln:
    """The data folder's rules, or those that keep everything.

    Raises: KonfigurationsFehler naming file, line, key and reason.
    """
    datei = ablage.referenz / DATEI
    return load(datei, Veroeffentlichungsregeln) if is_there(datei) else Veroeffentlichungsregeln.model_validate({})


def _tag(kennung: str) -> date | None:
    try:
        return date.fromisoformat(kennung[:10])
    except ValueError:
        return None


def _reihenfolge(ordner: Path) -> tuple[str, int]:
    tag, _, nummer = ordner.name.partition(".")
    return tag, int(nummer) if nummer.isdigit() else 1


def veroeffentlichungen(ablage: Ablage) -> list[str]:
    """Ids of all releases in the archive, the oldest first."""
    ordner = (p for p in (ablage.marts / ARCHIV).glob("*") if p.is_dir() and not p.name.startswith("."))
    return [p.name for p in sorted(ordner, key=_reihenfolge)]


def link_file(ablage: Ablage, kennung: str) -> Path:
    """Make a release readable as `archiv/<kennung>.duckdb`, without a second copy where the file system can."""
    quelle = ablage.marts / ARCHIV / kennung / ablage.publikation.name
    ziel = ablage.marts / ARCHIV / f"{kennung}.duckdb"
    beiseite = ziel.with_name(f".{ziel.name}.neu")
    beiseite.unlink(missing_ok=True)
    try:
        os.link(quelle, beiseite)
    except OSError:  # no hard links on this file system
        shutil.copyfile(quelle, beiseite)
    os.replace(beiseite, ziel)
    return ziel


def find_unlinked(ablage: Ablage) -> list[str]:
    """Ids of releases in the archive that cannot be read as `archiv/<kennung>.duckdb`."""
    archiv = ablage.marts / ARCHIV
    return [
        k
        for k in veroeffentlichungen(ablage)
        if (archiv / k / ablage.publikation.name).exists() and not (archiv / f"{k}.duckdb").exists()
    ]


def link_missing(ablage: Ablage) -> list[str]:
    """Link every release that has no name of its own: the new one, those a killed process left, those whose name was lost."""
    fehlende = find_unlinked(ablage)
    for kennung in fehlende:
        link_file(ablage, kennung)
    if fehlende:
        fsync(ablage.marts / ARCHIV)
    return fehlende


def prune(ablage: Ablage, gueltig: str, heute: date | None = None) -> list[str]:
    """Delete releases beyond the rule, whole ones only; returns their ids.

    Raises: KonfigurationsFehler if the rules cannot be read; then nothing is deleted.
    """
    regel = load_rules(ablage).archiv
    if regel.hoechstens is None:
        return []
    # The day of ids is that of UTC (stamm.naechste_veroeffentlichung).
    grenze = (heute or datetime.now(UTC).date()) - timedelta(days=regel.mindestalter_tage)
    archiv = ablage.marts / ARCHIV
    weg = []
    for kennung in veroeffentlichungen(ablage)[: -regel.hoechstens]:
        tag = _tag(kennung)
        if kennung == gueltig or tag is None or tag > grenze:
            continue
        (archiv / f"{kennung}.duckdb").unlink(missing_ok=True)
        # Renamed first: who is killed in between leaves no half release that looks like a whole one.
        halb = archiv / f".{kennung}.weg"
        os.replace(archiv / kennung, halb)
        shutil.rmtree(halb, ignore_errors=True)
        weg.append(kennung)
    for rest in archiv.glob(".*.weg"):
        shutil.rmtree(rest, ignore_errors=True)
    return weg
