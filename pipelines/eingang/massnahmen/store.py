"""Measures and papers in the secure zone: where they lie, every version of a file, what was delivered before.

Belongs here: writing and reading eingang.massnahme, eingang.vorlage and the tabs beside them. A changed file does not
replace its earlier version: what was corrected must stay known. Which version counts is said by
sql/geheimhaltung/massnahmen/massnahme.sql.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.eingang.lieferung.record import Lieferung
from pipelines.foundation.placeholder import settle_placeholder
from pipelines.foundation.storage import Ablage
from schemas.tabellen.massnahme import GELESEN


def _datei(ablage: Ablage, name: str, lieferung: Lieferung) -> Path:
    fassung = lieferung.lieferung_id.rpartition("-")[2]
    return ablage.tabelle("eingang", name, f"{lieferung.partition}__{lieferung.quelle}__{fassung}")


def _tabellen(ablage: Ablage, name: str, lieferung: Lieferung) -> pa.Table:
    """All versions of all files of the same source."""
    ordner = ablage.tabelle("eingang", name, "x").parent
    dateien = sorted(ordner.glob(f"{lieferung.kommune}_*__{lieferung.quelle}__*.parquet"))
    return pa.concat_tables([GELESEN[name].empty_table(), *(pq.read_table(d, schema=GELESEN[name]) for d in dateien)])


def write_massnahmen(ablage: Ablage, lieferung: Lieferung, tabellen: Mapping[str, pa.Table]) -> None:
    """Store one version of a workbook, by table. Reading it again keeps the time of its first reading.

    An old version that comes back counts as new, so that the newest is always what lies in raw/.
    """
    vorhanden = _tabellen(ablage, "massnahme", lieferung).to_pylist()
    eigene = [z["eingelesen_am"] for z in vorhanden if z["lieferung_id"] == lieferung.lieferung_id]
    andere = [z["eingelesen_am"] for z in vorhanden
              if z["lieferung_id"] != lieferung.lieferung_id and z["datei"] == lieferung.datei]  # fmt: skip
    bleibt = eigene and max(andere, default=datetime.min) < eigene[0]
    zeit = eigene[0] if bleibt else datetime.now(UTC).replace(tzinfo=None)
    for name, tabelle in tabellen.items():
        stelle = tabelle.schema.get_field_index("eingelesen_am")
        tabelle = tabelle.set_column(stelle, "eingelesen_am", pa.array([zeit] * len(tabelle), pa.timestamp("us")))
        with ablage.neu(_datei(ablage, name, lieferung)) as neu:
            pq.write_table(tabelle, neu)


def bestand(ablage: Ablage, lieferung: Lieferung) -> dict[str, pa.Table]:
    """What the source delivered before, by table: of each other file, and of this file before, the newest version.

    A version always has measures: they say which one is the newest, also where it has no row of another tab.
    """
    alle = {
        name: [z for z in _tabellen(ablage, name, lieferung).to_pylist() if z["lieferung_id"] != lieferung.lieferung_id]
        for name in GELESEN
    }
    neueste: dict[str, datetime] = {}
    for z in alle["massnahme"]:
        neueste[z["datei"]] = max(neueste.get(z["datei"], datetime.min), z["eingelesen_am"])
    return {
        name: pa.Table.from_pylist(
            [z for z in zeilen if z["eingelesen_am"] == neueste.get(z["datei"])], schema=GELESEN[name]
        )
        for name, zeilen in alle.items()
    }


def create_empty_tables(ablage: Ablage) -> None:
    """Empty tables, so that a folder without such deliveries can be built."""
    for name, schema in GELESEN.items():
        settle_placeholder(ablage, "eingang", name, schema)
