"""`monitoring backup` and `monitoring restore`: a data folder as one file, and back.

Belongs here: what is in a backup, writing it whole or not at all, checking it before anything is unpacked. Does not belong here:
where backups are kept and how they are encrypted (docs/betrieb.md). A backup holds the secure zone, with persons and the key of
their pseudonyms: it is written with mode 0600 and belongs where the secure zone may lie.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipelines.foundation.checksums import read_checksum
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage

INHALT = "sicherung.json"
FORMAT = 1
ZONEN = ("raw", "intern", "marts")
# Made anew or worth nothing on another machine.
NICHT_GESICHERT = ("intern/tmp", "intern/bau", "intern/.sperre")


def _dateien(ablage: Ablage, ziel: Path) -> Iterator[Path]:
    for zone in ZONEN:
        for datei in sorted((ablage.daten / zone).rglob("*")):
            name = datei.relative_to(ablage.daten).as_posix()
            if datei.is_file() and not name.startswith(NICHT_GESICHERT) and datei.resolve() != ziel.resolve():
                yield datei


def backup(ablage: Ablage, ziel: Path) -> int:
    """Write raw, the secure zone and what is published into one compressed file; returns the number of files.

    Nothing is built meanwhile (lock). Raises: KonfigurationsFehler if `ziel` is there already or lies in the data folder.
    """
    if ziel.exists():
        raise KonfigurationsFehler(
            f"{ziel} gibt es schon. Bitte einen anderen Namen wählen; nichts wird überschrieben."
        )
    if ziel.resolve().is_relative_to(ablage.daten):
        raise KonfigurationsFehler(f"{ziel} liegt im Datenordner selbst. Bitte auf einen anderen Datenträger sichern.")
    beiseite = ziel.with_name(f".{ziel.name}.{os.getpid()}.neu")
    with ablage.sperre():
        try:
            handle = os.open(beiseite, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as roh:
                anzahl = _write(ablage, ziel, roh)
                roh.flush()
                os.fsync(roh.fileno())
            os.replace(beiseite, ziel)
        finally:
            beiseite.unlink(missing_ok=True)
    return anzahl


def _write(ablage: Ablage, ziel: Path, roh: io.BufferedWriter) -> int:
    dateien = {d.relative_to(ablage.daten).as_posix(): d for d in _dateien(ablage, ziel)}
    kopf = {
        "format": FORMAT,
        "erstellt_am": datetime.now(UTC).isoformat(timespec="seconds"),
        "dateien": {name: read_checksum(datei) for name, datei in dateien.items()},
    }
    text = json.dumps(kopf, ensure_ascii=False).encode()
    with tarfile.open(fileobj=roh, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=3) as paket:
        eintrag = tarfile.TarInfo(INHALT)
        eintrag.size = len(text)
        paket.addfile(eintrag, io.BytesIO(text))
        for name, datei in dateien.items():
            paket.add(datei, name, recursive=False)
    return len(dateien)


def restore(ablage: Ablage, quelle: Path) -> int:
    """Unpack a backup into an empty data folder, after every file's hash was compared; returns the number of files.

    Raises: KonfigurationsFehler if the folder holds something, or the backup is damaged or not one of ours.
    """
    voll = [z for z in ZONEN if (ablage.daten / z).is_dir() and any((ablage.daten / z).iterdir())]
    if voll:
        raise KonfigurationsFehler(
            f"{ablage.daten} ist nicht leer ({', '.join(voll)}). Bitte in einen leeren Ordner zurückholen (--data ORDNER) und "
            "ihn danach an die Stelle des alten setzen."
        )
    ablage.daten.mkdir(parents=True, exist_ok=True)
    ablage.create_folders()
    ausgepackt = ablage.ordner(ablage.intern / "tmp") / "sicherung"
    try:
        erwartet = _unpack(quelle, ausgepackt)
        for name in ZONEN:
            if (ausgepackt / name).is_dir():
                _move_into(ausgepackt / name, ablage.daten / name)
    finally:
        ablage.clean_up()
    return erwartet


def _unpack(quelle: Path, ziel: Path) -> int:
    try:
        with tarfile.open(quelle, "r:gz") as paket:
            kopf = paket.next()
            inhalt = paket.extractfile(kopf) if kopf is not None and kopf.name == INHALT else None
            if inhalt is None:
                raise KonfigurationsFehler(f"{quelle} ist keine Sicherung von monitoring backup.")
            angaben = json.loads(inhalt.read())
            if angaben["format"] != FORMAT:
                raise KonfigurationsFehler(
                    f"{quelle} hat das Format {angaben['format']}, gelesen wird {FORMAT}. Bitte mit der Version zurückholen, die "
                    "sie geschrieben hat."
                )
            ziel.mkdir(mode=0o700, parents=True)
            paket.extractall(ziel, filter="data")
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as grund:
        raise KonfigurationsFehler(
            f"{quelle} lässt sich nicht lesen ({type(grund).__name__}): die Datei fehlt, ist beschädigt oder keine Sicherung."
        ) from None
    falsch = [
        n for n, summe in angaben["dateien"].items() if not (ziel / n).is_file() or read_checksum(ziel / n) != summe
    ]
    if falsch:
        raise KonfigurationsFehler(
            f"{quelle} ist beschädigt: {len(falsch)} Dateien fehlen oder haben einen anderen Inhalt, zuerst {falsch[0]}. Nichts "
            "wurde zurückgeholt; bitte eine andere Sicherung nehmen."
        )
    return len(angaben["dateien"])


def _move_into(von: Path, nach: Path) -> None:
    """Move what a folder holds; the target may be there already, empty but for what is temporary."""
    nach.mkdir(parents=True, exist_ok=True)
    for teil in von.iterdir():
        os.replace(teil, nach / teil.name)
