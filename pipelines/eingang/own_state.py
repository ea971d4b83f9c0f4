"""Our own state in the secure zone, looked over before every refresh: what is damaged goes and is made again from raw/.

Belongs here: Parquet files that cannot be opened (a full disk, a power cut). Does not belong here: what is in them. A stored
delivery goes together with its records: then its file is new and is read again.
"""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.record import read_anew
from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung, aus_dict, aus_text, read_state
from pipelines.foundation.placeholder import NAME as PLACEHOLDER
from pipelines.foundation.storage import Ablage

BESTAENDE = ("eingang", "bevoelkerung")
SAETZE = ("lieferung", "befund")  # what is remembered of deliveries: lost ones are made anew with the next reading


def _lesbar(datei: Path) -> bool:
    try:
        pq.read_metadata(datei)
    except (OSError, pa.ArrowException):
        return False
    return datei.is_file()


def beschaedigte(ablage: Ablage) -> list[Path]:
    """Tables of the secure zone that cannot be opened; only the end of each file is read."""
    return [d for b in BESTAENDE for d in sorted((ablage.intern / b).glob("*/*.parquet")) if not _lesbar(d)]


def heal(ablage: Ablage) -> list[Meldung]:
    """Delete damaged tables of the secure zone and forget the deliveries they came from; says what was made anew.

    The damaged file goes last: whatever stops this in between, the next refresh finds it and begins again.
    """
    meldungen = []
    for datei in beschaedigte(ablage):
        if not datei.exists():
            continue  # a record that went with its delivery
        if datei.stem == PLACEHOLDER:  # holds no row
            _remove(datei)
            continue
        kommune = _kommune(datei)
        if datei.parent.name not in SAETZE:
            _remember_missing(ablage, datei, kommune)
        if datei.is_relative_to(ablage.intern / "eingang"):
            _forget(ablage, datei)
        else:
            _count_anew(ablage, datei)
        _remove(datei)
        text = (
            f"intern/{datei.relative_to(ablage.intern)}: Die Datei war beschädigt und wurde entfernt; sie entsteht neu aus raw, "
            "sofern ihre Lieferung dort noch liegt. Erwartet: heile Dateien; bitte den Datenträger prüfen."
        )
        meldungen.append(Meldung(Schwere.warnung, kommune, "intern", "stoerung", text))
    return meldungen


def _remember_missing(ablage: Ablage, datei: Path, kommune: str) -> None:
    """Until the table is there again its municipality must not be published: its figures would be gone."""
    rel = datei.relative_to(ablage.intern)
    merkzettel = ablage.intern / "stand" / "fehlend" / f"{str(rel).replace('/', '__')}.json"
    inhalt = _missing(rel, kommune, merkzettel)
    # After a power cut nothing else tells that there was a table.
    with ablage.neu(merkzettel, unersetzlich=True) as neu:
        neu.write_text(json.dumps(inhalt, ensure_ascii=False), encoding="utf-8")


def _missing(datei: Path, kommune: str, merkzettel: Path) -> dict[str, Any]:
    """What a note says of a table that is missing; `datei`: below intern/."""
    text = (
        f"intern/{datei}: Der Bestand war beschädigt und ist noch nicht neu entstanden. Erwartet: die Lieferung in raw. Soll "
        f"ohne sie veröffentlicht werden: intern/stand/fehlend/{merkzettel.name} löschen, dann monitoring refresh --force."
    )
    return {"datei": str(datei), "meldung": aus_text(kommune, "intern", "stoerung", text).als_dict()}


def _missing_by_name(merkzettel: Path) -> dict[str, Any]:
    """What a note that is damaged itself said: its name is the table's."""
    datei = Path(*merkzettel.name.removesuffix(".json").split("__", 2))
    return _missing(datei, _kommune(datei), merkzettel)


def fehlende(ablage: Ablage) -> list[Meldung]:
    """Tables that were removed as damaged and are not there again: their municipalities are held back."""
    meldungen = []
    for zettel in sorted((ablage.intern / "stand" / "fehlend").glob("*.json")):
        inhalt = read_state(zettel, None, ("datei", "meldung")) or _missing_by_name(zettel)
        if (ablage.intern / inhalt["datei"]).exists():
            zettel.unlink()
        else:
            meldungen.append(aus_dict(inhalt["meldung"]))
    return meldungen


def _remove(datei: Path) -> None:
    if datei.is_dir():
        datei.rename(datei.with_suffix(".kein_bestand"))
    else:
        datei.unlink(missing_ok=True)


def _kommune(datei: Path) -> str:
    """The municipality a stored table is of, as its name tells."""
    if datei.parent.name in SAETZE:
        return datei.stem.split("-")[0]
    return _partition(datei).rsplit("_", 1)[0]


def _partition(datei: Path) -> str:
    return datei.stem.partition("__")[0].partition("_stand_")[0]


def _count_anew(ablage: Ablage, datei: Path) -> None:
    """Forget that the partition of a cube was counted: it is counted anew."""
    (ablage.intern / "stand" / "gezaehlt" / f"{_partition(datei)}.txt").unlink(missing_ok=True)


def _forget(ablage: Ablage, datei: Path) -> None:
    """Have the deliveries a stored table came from read anew: a record of its own is deleted, else they are marked as unread."""
    partition, _, rest = datei.stem.partition("__")
    if datei.parent.name in SAETZE:
        for name in SAETZE:
            ablage.tabelle("eingang", name, datei.stem).unlink(missing_ok=True)
        return
    read_anew(ablage, _kommune(datei), rest.partition("__")[0] or "melderegister", partition)
