"""Empty cubes, so that a data folder without any register extract can be built: tables and concepts need no register.

Belongs here: laying out what the totals read. Does not belong here: counting (count.py).
"""

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage
from schemas.tabellen.datenstand import DATENSTANDWUERFEL
from schemas.tabellen.wuerfel import (
    ALTERSWUERFEL,
    BEZUGSLANDWUERFEL,
    EINTRAGSWUERFEL,
    OPTIONSWUERFEL,
    STAATENWUERFEL,
    VERGLEICHSWUERFEL,
    WUERFEL,
)

_TYPEN = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_()}


def create_empty_cubes(ablage: Ablage) -> None:
    """Write an empty partition of every cube that has none."""
    for t in (
        WUERFEL,
        STAATENWUERFEL,
        BEZUGSLANDWUERFEL,
        VERGLEICHSWUERFEL,
        ALTERSWUERFEL,
        EINTRAGSWUERFEL,
        OPTIONSWUERFEL,
        DATENSTANDWUERFEL,
    ):
        if not ablage.quelle(t.schema, t.name):
            schema = pa.schema([(s.name, _TYPEN[s.typ]) for s in t.spalten])
            with ablage.neu(ablage.tabelle(t.schema, t.name, "leer")) as neu:
                pq.write_table(schema.empty_table(), neu)
