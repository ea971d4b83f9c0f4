"""`make new-check` and `make new-mart`: the files of a new check or mart, to be filled in.

Belongs here: their skeletons. Does not belong here: what a municipality starts from (kommune.py). Developers'
messages are English.
"""

import re
import sys
from pathlib import Path

from pipelines.foundation.storage import WURZEL
from schemas.tabellen.registry import TABELLEN

CHECK_SQL = """\
-- titel: Ein Satz, der gilt, wenn alles in Ordnung ist
-- asset: {schema}/{table}
-- schwere: fehler
-- erwartet: Was stattdessen dastehen müsste
-- Finds rows that do not hold: kommune whose figures they are, ort where a person looks for them.
select kommune, concat_ws(', ', {place}) as ort
from {schema}.{table}
where false
"""
CHECK_YAML = """\
# Columns a row does not name have the value of VORGABEN (tests/sql/tabellen.py).
cases:
- finds: what the place must name
  sound:
    {schema}.{table}:
    - {{}}
  faulty:
    {schema}.{table}:
    - {{}}
"""
MART_SQL = """\
-- Ein deutscher Satz: was diese Tabelle sagt. Er steht in der Oberfläche und im Datenwörterbuch.
-- Grain: one row per kommune, stichtag, gebiet_id.
select
    b.kommune,
    b.stichtag,
    b.gebiet_id,
    b.einwohner
from geheimhaltung.migrationshintergrund as b
"""
MART_TABLE = '''\
"""The table {name}: columns of schemas/spalten, by name."""

from schemas.model import Tabelle
from schemas.spalten.common import SPALTEN

{upper} = Tabelle(
    "marts", "{name}", "Titel der Tabelle", "Ein deutscher Satz: was eine Zeile sagt.", ("kommune", "stichtag", "gebiet_id"),
    tuple(SPALTEN[s] for s in ("kommune", "stichtag", "gebiet_id", "einwohner")),
    leer_erlaubt=frozenset({{"einwohner"}}),
)  # fmt: skip
'''


def write_new(root: Path, files: dict[str, str]) -> None:
    """Write files that do not exist yet. Raises: SystemExit if one does; then nothing is written."""
    if there := [name for name in files if (root / name).exists()]:
        raise SystemExit(f"{there[0]} exists already; nothing was written.")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
        print(f"written: {name}")


def check_files(name: str, asset: str) -> dict[str, str]:
    """Skeletons of a check of the table `asset` (schema/table). Raises: SystemExit for a table nobody declared."""
    schema, _, table = asset.partition("/")
    if f"{schema}.{table}" not in TABELLEN:
        raise SystemExit(f"ASSET={asset}: no such table. Expected schema/table of docs/datenwoerterbuch.md.")
    place = ", ".join(s for s in TABELLEN[f"{schema}.{table}"].schluessel if s != "kommune") or "'-'"
    given = {"schema": schema, "table": table, "place": place}
    return {
        f"sql/pruefungen/{name}.sql": CHECK_SQL.format(**given),
        f"tests/sql/faelle/{name}.yaml": CHECK_YAML.format(**given),
    }


def mart_files(name: str) -> dict[str, str]:
    """Skeletons of a mart."""
    return {
        f"sql/marts/{name}.sql": MART_SQL,
        f"schemas/tabellen/{name}.py": MART_TABLE.format(name=name, upper=name.upper()),
    }


def main(arguments: list[str], root: Path = WURZEL) -> None:
    """`check NAME SCHEMA/TABLE` or `mart NAME`."""
    kind, name, *rest = [*arguments, "", ""]
    if kind not in ("check", "mart") or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SystemExit("Usage: make new-check NAME=… ASSET=schema/table, or make new-mart NAME=…; names as in sql/.")
    write_new(root, check_files(name, rest[0]) if kind == "check" else mart_files(name))
    if kind == "mart":
        print(
            f"Now: {name.upper()} into VEROEFFENTLICHT (schemas/tabellen/registry.py), a test in tests/sql, make doku."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
