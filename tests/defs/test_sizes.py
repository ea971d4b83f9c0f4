"""How long a file and a function may be, of the program, of its statements and of its tests."""

import ast
from collections import Counter
from itertools import takewhile
from pathlib import Path

import pytest

from pipelines.foundation.storage import SQL, WURZEL
from tests.defs.test_import_directions import modules
from tests.defs.test_names import modules_of_tests

LONGEST_FUNCTION = 60


def lengths(files: dict[str, Path]) -> Counter[str]:
    """Lines of every function."""
    long: Counter[str] = Counter()
    for module, file in files.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                long[f"{module}.{node.name}"] = (node.end_lineno or 0) - node.lineno + 1
    return long


def test_no_function_is_longer_than_a_page() -> None:
    found = lengths({**modules(), **modules_of_tests()})
    assert {name: n for name, n in found.items() if n > LONGEST_FUNCTION} == {}


LONGEST_FILE = 300
REASON = "Long because"


def lines_at_the_top(file: Path) -> str:
    """Where a file says what it is: a module's docstring, the comments of a statement before its first line."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return ast.get_docstring(ast.parse(text)) or ""
    return "\n".join(takewhile(lambda line: line.startswith("--"), text.splitlines()))


def is_too_long(file: Path) -> bool:
    """Whether a file is longer than allowed and gives no reason at its top."""
    return len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE and REASON not in lines_at_the_top(file)


def test_no_file_is_long_without_a_reason_at_its_top() -> None:
    files = [*modules().values(), *SQL.rglob("*.sql"), *(WURZEL / "tests").rglob("*.py")]
    long = {file.relative_to(WURZEL).as_posix() for file in files if is_too_long(file)}
    assert sorted(long) == [], f"split it, or say »{REASON} …« at its top"


@pytest.mark.parametrize(
    ("name", "top", "long"),
    [
        ("a.py", '"""A module."""', True),
        ("a.py", f'"""A module."""\n# {REASON} a comment is no docstring.', True),
        ("a.py", f'"""A module.\n\n{REASON} it is one table.\n"""', False),
        ("a.sql", "-- A statement.", True),
        ("a.sql", f"-- A statement.\n-- {REASON} it is one table.", False),
        ("a.sql", f"-- A statement.\n\n-- {REASON} this is not the top.", True),
    ],
)
def test_a_long_file_is_found(tmp_path: Path, name: str, top: str, long: bool) -> None:
    file = tmp_path / name
    file.write_text("x = 1\n" * LONGEST_FILE, encoding="utf-8")
    assert not is_too_long(file)
    file.write_text(f"{top}\n" + "x = 1\n" * LONGEST_FILE, encoding="utf-8")
    assert is_too_long(file) is long
