"""Which file of a shared reference list is read: the one in raw/referenz, or the last sound copy while that one is broken.

Belongs here: the copies in intern/referenz and which of them stand in for a broken file. Does not belong here: when a list is
sound (refresh/check_referenz.py), what its rows may say. A stand-in ends by itself as soon as the broken file is touched.
"""

import json
from pathlib import Path

from pipelines.foundation.config_files import listed, read_bytes, state
from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import Ablage

STAND = "referenz.json"
PROFILE = "profile"
Dateistand = list[int]


def _intern(roh: Path) -> Path:
    return roh.parent / "intern"


def kopie(roh: Path, name: str) -> Path:
    """Where the last sound copy of `raw/referenz/<name>` lies (or would)."""
    return _intern(roh) / "referenz" / name


def dateistand(datei: Path) -> Dateistand:
    """Size and time of change; of a file that is not there, none."""
    try:
        return [*state(datei)]
    except OSError:
        return []


def gueltig(roh: Path, name: str) -> Path:
    """The file to read for `referenz/<name>`; `roh` is the folder raw/ of the data folder."""
    datei = roh / "referenz" / name
    ersetzt = read_state(_intern(roh) / "stand" / STAND, {})
    if isinstance(ersetzt, dict) and name in ersetzt and ersetzt[name] == dateistand(datei):
        return kopie(roh, name)
    return datei


def profildateien(roh: Path) -> dict[str, Path]:
    """The file to read for each definition of the reference folder, by name."""
    namen = sorted(p.stem for p in listed(roh / "referenz" / PROFILE, "*.yaml"))
    return {n: gueltig(roh, f"{PROFILE}/{n}.yaml") for n in namen}


def remember_replacement(ablage: Ablage, ersetzt: dict[str, Dateistand]) -> None:
    """Remember for which broken files, as they are now, the copy is read."""
    datei = ablage.intern / "stand" / STAND
    if ersetzt == read_state(datei, {}):
        return
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps(ersetzt), encoding="utf-8")


def keep(ablage: Ablage, name: str) -> None:
    """Keep a sound file of raw/referenz as the copy that stands in for it one day."""
    quelle, ziel = ablage.referenz / name, kopie(ablage.roh, name)
    inhalt = read_bytes(quelle)
    if ziel.is_file() and ziel.read_bytes() == inhalt:
        return
    with ablage.neu(ziel) as neu:
        neu.write_bytes(inhalt)
