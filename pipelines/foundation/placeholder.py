"""A table without rows stands where a table of several files has none, so that every statement finds something to read.

Belongs here: that it is there, and gone again. Does not belong here: which tables need one (the rooms that write them).
"""

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.foundation.storage import Ablage

NAME = "leer"


def settle_placeholder(ablage: Ablage, schema: str, name: str, form: pa.Schema) -> None:
    """Write an empty file of `<schema>.<name>` if it has none, or that of an earlier version; take it away if it has others."""
    dateien = ablage.quelle(schema, name)
    eigene = ablage.tabelle(schema, name, NAME)
    if not dateien or (dateien == [eigene] and not pq.read_schema(eigene).equals(form)):
        with ablage.neu(eigene) as neu:
            pq.write_table(form.empty_table(), neu)
    elif len(dateien) > 1:
        eigene.unlink(missing_ok=True)
