"""What a result over tables rests on, as one checksum.

Belongs here: the tables it reads byte by byte, all code and SQL, who is left out. Times of files say nothing. Does not belong
here: what follows from an equal checksum (unchanged.py).
"""

from collections.abc import Iterable

import duckdb

from pipelines.foundation.checksums import checksum, codeversion, file_checksum
from pipelines.foundation.storage import Ablage
from pipelines.steps.left_out import auswahl_jetzt


def resting_on(ablage: Ablage, tables: Iterable[tuple[str, str]], *more: str) -> str:
    """Checksum of everything a result over these tables (schema, name) rests on; `more` is what it rests on besides."""
    parts = [codeversion(), duckdb.__version__, auswahl_jetzt(ablage).bedingung(), *more]
    for schema, name in sorted(set(tables)):
        parts.append(f"{schema}.{name}")
        parts += [f"{file.name} {file_checksum(file)}" for file in ablage.quelle(schema, name)]
    return checksum(part.encode() for part in parts)
