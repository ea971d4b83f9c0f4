"""By what a delivery is known again: checksums of files and of configuration, and of the code that reads them."""

import hashlib
import json
from pathlib import Path

from pipelines.eingang.lieferung.unmoved import Dateistand, file_state, is_settled
from pipelines.foundation.checksums import checksum, codeversion
from pipelines.foundation.config_files import has_snapshot_of, is_there, read_bytes
from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.fertig import ORDNER, genannte
from pipelines.stamm.referenz import gueltig, profildateien


def konfigurationsstand(ablage: Ablage, ordner: Path) -> str:
    """Checksum of everything a municipality's figures depend on besides its deliveries and the code."""
    dateien = [
        *(ordner / n for n in ("kommune.yaml", "gebiete.csv", "bruecke.csv", "geburtsorte.csv")),
        *(gueltig(ablage.roh, n) for n in ("staaten.csv", "geburtsorte.csv", "brueche.yaml")),
        *profildateien(ablage.roh).values(),
        *(gueltig(ablage.roh, f"{ORDNER}/{n}.yaml") for n in genannte(ordner / "kommune.yaml")),
    ]
    return checksum(d.name.encode() + content(d) for d in dateien if is_there(d))


def content(datei: Path) -> bytes:
    """A file's bytes for a checksum; what cannot be read has a checksum, too: as soon as it can, something changed."""
    try:
        known = has_snapshot_of(datei) and is_there(datei)
        return read_bytes(datei) if known or (not has_snapshot_of(datei) and datei.is_file()) else b"keine Datei"
    except OSError:
        return b"unlesbar"


class Checksums:
    """SHA-256 of files, remembered by size and times so that a sensor does not read millions of rows."""

    def __init__(self, ablage: Ablage):
        self.ablage = ablage
        self.datei = ablage.intern / "stand" / "pruefsummen.json"
        self.bekannt: dict[str, list[object]] = read_state(self.datei, {})

    def __call__(self, pfad: Path) -> tuple[str, Dateistand]:
        """The checksum and the state of the file it was taken of."""
        stand = file_state(pfad)
        eintrag = self.bekannt.get(str(pfad))
        if isinstance(eintrag, list) and tuple(eintrag[:-1]) == stand:
            return str(eintrag[-1]), stand
        with pfad.open("rb") as f:
            summe = hashlib.file_digest(f, "sha256").hexdigest()
        if is_settled(stand) and file_state(pfad) == stand:
            self.bekannt[str(pfad)] = [*stand, summe]
        return summe, stand

    def save(self) -> None:
        with self.ablage.neu(self.datei) as neu:
            neu.write_text(json.dumps(self.bekannt))


def zaehlstand(ablage: Ablage, kommune: Kommune) -> str:
    """What a municipality's cubes depend on besides the staged persons."""
    return checksum(t.encode() for t in (konfigurationsstand(ablage, kommune.ordner), codeversion()))


def zaehlstand_datei(ablage: Ablage, partition: str) -> Path:
    """Where the state of a partition's cube is remembered."""
    return ablage.intern / "stand" / "gezaehlt" / f"{partition}.txt"
