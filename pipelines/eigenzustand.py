"""Our own state in the secure zone, looked over before a refresh: what is damaged goes and is made again from raw/.

Belongs here: Parquet files that cannot be opened (a full disk, a power cut). Does not belong here: what is in them. A stored
delivery goes together with its records: then its file is new and is read again.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.ablage import Ablage
from pipelines.fehler import Schwere
from pipelines.meldungen import ALLE, Meldung

BESTAENDE = ("eingang", "bevoelkerung")


def _lesbar(datei: Path) -> bool:
    try:
        pq.read_metadata(datei)
    except (OSError, pa.ArrowException):
        return False
    return datei.is_file()


def heile(ablage: Ablage) -> list[Meldung]:
    """Delete damaged tables of the secure zone and forget the deliveries they came from; says what was made anew."""
    meldungen = []
    for bestand in BESTAENDE:
        for datei in sorted((ablage.intern / bestand).glob("*/*.parquet")):
            if _lesbar(datei):
                continue
            _entferne(datei)
            kommune = _vergiss(ablage, datei) if bestand == "eingang" else None
            text = (
                f"intern/{datei.relative_to(ablage.intern)}: Die Datei war beschädigt und wurde entfernt; sie entsteht neu aus "
                "raw. Erwartet: heile Dateien; bitte den Datenträger prüfen."
            )
            meldungen.append(Meldung(Schwere.warnung, kommune or ALLE, "intern", "stoerung", text))
    return meldungen


def _entferne(datei: Path) -> None:
    if datei.is_dir():
        datei.rename(datei.with_suffix(".kein_bestand"))
    else:
        datei.unlink()


def _vergiss(ablage: Ablage, datei: Path) -> str | None:
    """Delete the records of the deliveries a stored table came from; returns the municipality, where the name tells."""
    partition, _, rest = datei.stem.partition("__")
    if datei.parent.name in ("lieferung", "befund"):
        for name in ("lieferung", "befund"):
            ablage.tabelle("eingang", name, datei.stem).unlink(missing_ok=True)
        return datei.stem.split("-")[0]
    kommune = partition.rsplit("_", 1)[0]
    quelle = rest.partition("__")[0] or "melderegister"
    for satz in sorted(ablage.tabelle("eingang", "lieferung", "x").parent.glob(f"{kommune}-{quelle}-*.parquet")):
        satz.unlink()
    return kommune
