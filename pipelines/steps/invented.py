"""Which deliveries hold no real data: generated extracts, example sheets.

Belongs here: their ids. Does not belong here: what a table says of them (schemas), what follows for a reader (bericht).
"""

from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.foundation.checksums import file_checksum
from pipelines.foundation.storage import Ablage


def load_invented(ablage: Ablage) -> frozenset[str]:
    """Deliveries of synthetic or example data."""
    return _load(tuple((datei, file_checksum(datei)) for datei in ablage.quelle("eingang", "lieferung")))


@lru_cache(maxsize=8)
def _load(dateien: tuple[tuple[Path, str], ...]) -> frozenset[str]:
    saetze = [pq.read_table(datei, columns=["lieferung_id", "synthetisch"]) for datei, _ in dateien]
    return frozenset(z["lieferung_id"] for t in saetze for z in t.to_pylist() if z["synthetisch"])
