"""SQL lies in its room, and what is said once is not said again.

Belongs here: places of files below sql/ and rules that only sql/macros may state. Does not belong here: where checks lie
(unit/foundation/test_check_files.py).
"""

import re
from collections import Counter

import pytest

from pipelines.foundation.macros import macro_tables
from pipelines.foundation.storage import SQL
from pipelines.steps.sql_step import SCHEMAS, tables_in
from tests.defs.test_import_directions import modules

ROOMS = {*SCHEMAS, "macros", "melderegister", "ansichten", "queries", "pruefungen"}
SCHRITTE = [f for f in sorted(SQL.rglob("*.sql")) if f.parent.name != "macros"]
# Who needs one of these calls the macro instead.
ONCE = {
    "published_stichtag": r"\bstamm\.muster\b",
    "in_grid": r"gebiet(?:_id)? <> 'unbekannt'\s+or exists",
    "wilson_mitte": r"3\.8416",
    "status_von_zeichen": r"list_contains\(\w*\.?(?:kenn)?zeichen, '(?:\||x|/|leer|p|r)'\)",
}


def test_the_first_folder_is_a_schema_or_a_room() -> None:
    assert {f.relative_to(SQL).parts[0] for f in SQL.rglob("*.sql")} == ROOMS


@pytest.mark.parametrize("macro", ONCE)
def test_a_rule_stands_in_its_macro_only(macro: str) -> None:
    known = "".join(f.read_text(encoding="utf-8") for f in (SQL / "macros").glob("*.sql"))
    assert re.search(ONCE[macro], known), "the pattern itself works"
    assert f"macro {macro}(" in known
    found = [f.relative_to(SQL) for f in SCHRITTE if re.search(ONCE[macro], f.read_text(encoding="utf-8"))]
    assert found == []


def test_what_a_macro_reads_the_statement_reads() -> None:
    assert macro_tables()["published_stichtag"] == (("stamm", "muster"),)
    text = "select a from bevoelkerung.wuerfel as w where published_stichtag(w.kommune, w.stichtag)"
    assert tables_in(text) == (("bevoelkerung", "wuerfel"), ("stamm", "muster"))


def test_no_macro_is_defined_twice() -> None:
    """A rule that stands in two files is two rules as soon as one of them is changed."""
    made = Counter(
        name
        for file in SQL.rglob("*.sql")
        for name in re.findall(r"create or replace (?:temp )?macro (\w+)", file.read_text(encoding="utf-8"))
    )
    assert {name for name, n in made.items() if n > 1} == set()


def test_the_proposed_mindestfallzahl_stands_once() -> None:
    """Its default is a decision of this project: who changes it must not have to look for the others."""
    again = re.compile(r"mindestfallzahl\b[^\n]*(?:=|:)\s*5\b|default=5\b", re.IGNORECASE)
    found = [
        f"{module}:{number}"
        for module, file in modules().items()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if again.search(line)
    ]
    assert [place.partition(":")[0] for place in found] == ["pipelines.stamm.schutz"], found
