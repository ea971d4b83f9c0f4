"""Ends of measures that a day passes: the only thing that moves `ueberfaellig_heute` between two deliveries.

Belongs here: which ends have passed, for deciding whether the night has to build. Does not belong here: the marts, which
count them (sql/marts/massnahmen/massnahme.sql), and deadlines of reports (stamm/konzept/termine.py).
"""

from datetime import date

import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage
from schemas.words.massnahmen import BEENDET, NICHT_GEZAEHLT

SPALTEN = ("kommune", "konzept", "massnahme_nr", "stand", "status", "ende")


def verstrichene_enden(ablage: Ablage, heute: date) -> list[str]:
    """Every measure of its latest sheet that is still open after its end, as text: another list is news."""
    dateien = ablage.quelle("eingang", "massnahme")
    if not dateien:
        return []
    zeilen = []
    for datei in dateien:
        with pq.ParquetFile(datei) as massnahmen:  # a dataset of all of them has pandas imported
            zeilen += massnahmen.read(columns=list(SPALTEN)).to_pylist()
    letzter: dict[tuple[str, str], date] = {}
    for z in zeilen:
        konzept = (z["kommune"], z["konzept"])
        letzter[konzept] = max(letzter.get(konzept, z["stand"]), z["stand"])
    return sorted(
        {
            f"{z['kommune']}|{z['konzept']}|{z['massnahme_nr']}|{z['ende']}"
            for z in zeilen
            if z["stand"] == letzter[z["kommune"], z["konzept"]]
            and z["ende"] is not None
            and z["ende"] < heute
            and z["status"] not in (*BEENDET, *NICHT_GEZAEHLT)
        }
    )
