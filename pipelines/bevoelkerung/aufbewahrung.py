"""Persons live briefly: what was read of them is deleted so many days later, and the rejected lines sooner.

Belongs here: which files of the secure zone are over their time, deleting them. Does not belong here: pseudonyms kept for linking
(flows.py), the extracts in raw/, which the office puts there and takes away. Counts made of them stay. Files are deleted as
files: rows deleted from a database would stay readable.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipelines.eingang.lieferung.record import letzte_saetze
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune

REGISTER = "melderegister"
BESTAENDE = {"eingang": "personen_tage", "abgewiesen": "abgewiesene_tage"}  # zone → key of `aufbewahrung`


def find_overdue(ablage: Ablage, kommunen: Iterable[Kommune], heute: date) -> list[Path]:
    """Files of persons and of rejected lines whose time is over."""
    gelesen = _read_days(ablage)
    faellig = []
    for kommune in kommunen:
        for zone, schluessel in BESTAENDE.items():
            frist = timedelta(days=getattr(kommune.angaben.aufbewahrung, schluessel))
            for datei in sorted((ablage.intern / zone / REGISTER).glob(f"{kommune.id}_????-??-??*.parquet")):
                partition = datei.stem[: len(kommune.id) + 11]
                if (gelesen.get(partition) or _find_day(datei)) + frist < heute:
                    faellig.append(datei)
    return faellig


def delete_overdue(ablage: Ablage, kommunen: Iterable[Kommune], heute: date) -> int:
    """Delete them; returns the number of files."""
    faellig = find_overdue(ablage, kommunen, heute)
    for datei in faellig:
        datei.unlink()
    return len(faellig)


def _read_days(ablage: Ablage) -> dict[str, date]:
    """The day (UTC) on which the extracts of each Stichtag were last read."""
    tage: dict[str, date] = {}
    for satz in letzte_saetze(ablage).values():
        if satz["art"] == REGISTER and satz["stichtag"] is not None:
            partition = f"{satz['kommune']}_{satz['stichtag']}"
            tage[partition] = max(tage.get(partition, date.min), satz["eingelesen_am"].date())
    return tage


def _find_day(datei: Path) -> date:
    return datetime.fromtimestamp(datei.stat().st_mtime, UTC).date()
