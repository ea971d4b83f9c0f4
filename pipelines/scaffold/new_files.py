"""`make new-check` and `make new-mart`: the files of a new check or mart, to be filled in.

Belongs here: their skeletons. Does not belong here: what a municipality starts from (kommune.py). Developers'
messages are English.
"""

import re
import sys
from pathlib import Path

from pipelines.foundation.storage import WURZEL
from pipelines.steps.checks import load_checks
from schemas.tabellen.registry import TABELLEN

CHECK_SQL = """\
-- titel: Ein Satz, der gilt, wenn alles in Ordnung ist
-- schwere: fehler
-- erwartet: Was stattdessen dastehen müsste
-- Finds rows that do not hold: kommune whose figures they are, ort where a person looks for them.
select kommune, concat_ws(', ', {place}) as ort
from {schema}.{table}
where false
"""
CHECK_YAML = """\
# `finds` is a part of the `ort` of the one row found; further tables that the check reads stand in `given`.
# Columns a row does not name have the value of VORGABEN (tests/lib/literal_tables.py).
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
-- Ein deutscher Satz: was diese Tabelle sagt. Er steht in der Oberfläche; im Datenwörterbuch steht der aus schemas/tabellen.
-- Grain: kommune, stichtag, gebiet_id.
select
    b.kommune,
    b.stichtag,
    b.gebiet_id,
    b.einwohner
from geheimhaltung.migrationshintergrund as b
inner join stamm.umfang as u on b.kommune = u.kommune
where
    b.quelle = 'melderegister' and b.profil = u.hauptprofil
    and b.geschlecht = 'insgesamt' and b.altersgruppe = 'insgesamt'
order by b.kommune, b.stichtag, b.gebiet_id
"""
MART_TABLE = '''\
"""The table {name}: columns of schemas/spalten, by name."""

from schemas.model import Tabelle
from schemas.spalten.look_up import column

{upper} = Tabelle(
    "marts", "{name}", "Titel der Tabelle", "Ein deutscher Satz: was eine Zeile sagt.",
    ("kommune", "stichtag", "gebiet_id"),
    tuple(column(s) for s in ("kommune", "stichtag", "gebiet_id", "einwohner")),
    leer_erlaubt=frozenset({{"einwohner"}}),
)  # fmt: skip
'''
MART_TEST = '''\
"""`marts.{name}` over literal rows: counted persons go in, what the door shows of them comes out."""

from pathlib import Path

from pipelines.foundation.storage import Ablage
from tests.lib.literal_tables import lay, lay_ort, read, run_steps

ZAHLEN = {{"einwohner": 300, "auslaender": 100, "deutsche_mit_mh": 50, "personen_mit_mh": 150, "unentscheidbar": 0}}


def test_each_area_has_one_row_of_the_main_definition(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path).create_folders()
    lay_ort(ablage)
    zeilen = ({{"gebiet_id": g, "profil": p, **ZAHLEN}} for g in ("00", "01") for p in ("p", "q"))
    lay(ablage, "bevoelkerung.migrationshintergrund", *zeilen)
    run_steps(ablage, "migrationshintergrund", ab="geheimhaltung", bis="geheimhaltung")
    run_steps(ablage, "{name}", ab="marts")
    mart = read(ablage, "marts.{name}")
    assert [(z["gebiet_id"], z["einwohner"]) for z in mart] == [("00", 300), ("01", 300)]
'''
CHECK_NEXT = """\
Now fill in both, then
  .venv/bin/python -m pytest tests/sql/test_pruefungen.py -k {name}
  make graph
"""
MART_NEXT = """\
Now (CONTRIBUTING.md, A mart)
  schemas/tabellen/registry.py: from schemas.tabellen.{name} import {upper}; {upper} into VEROEFFENTLICHT
  schemas/register.py: "marts.{name}" into FOLGT_AUS_VEROEFFENTLICHTEM or REGISTERTABELLEN, if it holds figures of the register
  pipelines/geheimhaltung/angriff/channels.py: "marts.{name}" with what it tells into GENUTZT or OHNE_REGISTERZAHL
  schemas/tabellen/herkunft.py: "marts.{name}" into ERKLAERT (with a branch in its view) or OHNE_ERKLAERUNG
  .venv/bin/python -m pytest tests/sql/test_{name}.py tests/defs/test_declared_columns.py
  make doku graph
"""


def write_new(root: Path, files: dict[str, str]) -> None:
    """Write files that do not exist yet. Raises: SystemExit if one does; then nothing is written."""
    if there := [name for name in files if (root / name).exists()]:
        raise SystemExit(f"{there[0]} exists already; nothing was written.")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
        print(f"written: {name}")


def name_checks(schema: str, table: str) -> None:
    """The checks this table has already, and what each promises: a second one for the same would be one too many."""
    there = [p for p in load_checks() if (p.schema, p.tabelle) == (schema, table)]
    print(f"{schema}.{table} has {len(there)} checks{':' if there else ''}")
    for p in there:
        print(f"  {p.name}: {p.titel}")


def check_files(name: str, asset: str) -> dict[str, str]:
    """Skeletons of a check of the table `asset` (schema/table). Raises: SystemExit for a table nobody declared."""
    schema, _, table = asset.partition("/")
    if f"{schema}.{table}" not in TABELLEN:
        raise SystemExit(f"ASSET={asset}: no such table. Expected schema/table of docs/datenwoerterbuch.md.")
    if "kommune" not in TABELLEN[f"{schema}.{table}"].namen:
        raise SystemExit(f"ASSET={asset}: no such column: kommune. A check says whose figures it finds.")
    place = ", ".join(s for s in TABELLEN[f"{schema}.{table}"].schluessel if s != "kommune") or "'-'"
    name_checks(schema, table)
    given = {"schema": schema, "table": table, "place": place}
    return {
        f"sql/pruefungen/tabellen/{schema}/{table}/{name}.sql": CHECK_SQL.format(**given),
        f"tests/sql/faelle/{name}.yaml": CHECK_YAML.format(**given),
    }


def mart_files(name: str) -> dict[str, str]:
    """Skeletons of a mart."""
    return {
        f"sql/marts/bevoelkerung/{name}.sql": MART_SQL,
        f"schemas/tabellen/{name}.py": MART_TABLE.format(name=name, upper=name.upper()),
        f"tests/sql/test_{name}.py": MART_TEST.format(name=name),
    }


def main(arguments: list[str], root: Path = WURZEL) -> None:
    """`check NAME SCHEMA/TABLE` or `mart NAME`."""
    kind, name, *rest = [*arguments, "", ""]
    if kind not in ("check", "mart") or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise SystemExit(
            f"NAME={name}: expected lower-case letters, digits and underscores, as in sql/. "
            "Usage: make new-check NAME=… ASSET=schema/table, or make new-mart NAME=…"
        )
    write_new(root, check_files(name, rest[0]) if kind == "check" else mart_files(name))
    print((CHECK_NEXT if kind == "check" else MART_NEXT).format(name=name, upper=name.upper()), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
