"""Every file that a docstring, a comment or a page of the handbook names is there: a name that moved is a lie."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.foundation.storage import WURZEL
from tests.lib.cheap import DEAREST

NAME = re.compile(r"(?<![\w/.{}*<>-])((?:[a-z_0-9]+/)*[a-z_0-9]+\.(?:py|sql))\b(?!\()")
# Files a user writes himself, used as examples.
EXAMPLES = {
    "sql/pruefungen/tabellen/marts/migrationshintergrund/anteil_plausibel.sql",
    "sql/marts/bevoelkerung/altersaufbau.sql",
    "schemas/tabellen/altersaufbau.py",
    "tests/sql/test_altersaufbau.py",
}
PACKAGES = ("pipelines", "schemas", "tests")


def known_files() -> set[str]:
    """All files of the repository that could be named, as paths from its root."""
    files = [f for top in (*PACKAGES, "sql") for kind in ("py", "sql") for f in (WURZEL / top).rglob(f"*.{kind}")]
    return {str(f.relative_to(WURZEL)) for f in files}


def exists(name: str, folder: str, known: set[str]) -> bool:
    """Whether a name means a file: from the root, from one of its top folders, or beside the file that names it."""
    places = ("", "pipelines/", "schemas/", "sql/", "tests/", f"{folder}/", f"{Path(folder).parent}/")
    return any(f"{place}{name}" in known for place in places)


def prose(file: Path) -> Iterator[str]:
    """Docstrings and comments of a Python file, comments of an SQL file, all of a page."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield ast.get_docstring(node) or ""
        with file.open("rb") as f:
            yield from (t.string for t in tokenize.tokenize(f.readline) if t.type == tokenize.COMMENT)
    elif file.suffix == ".sql":
        yield from (line for line in text.splitlines() if line.strip().startswith("--"))
    else:
        yield text


def missing(file: Path, known: set[str]) -> list[str]:
    """Names in a file's prose that mean no file."""
    folder = str(file.relative_to(WURZEL).parent)
    names = {n for text in prose(file) for n in NAME.findall(text)} - EXAMPLES
    return sorted(n for n in names if not exists(n, folder, known))


@pytest.mark.parametrize("top", [*PACKAGES, "sql", "docs", "."])
def test_every_file_that_is_named_exists(top: str) -> None:
    known = known_files()
    pages = [*(WURZEL / top).glob("*.md")] if top in (".", "docs") else []
    files = [*(WURZEL / top).rglob("*.py"), *(WURZEL / top).rglob("*.sql")] if top not in (".", "docs") else []
    pages = [p for p in pages if p.name != "CHANGELOG.md"]
    found = {str(f.relative_to(WURZEL)): m for f in [*files, *pages] if (m := missing(f, known))}
    assert found == {}


def test_a_name_of_no_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.py"
    file.write_text('"""See nirgends.py and a.py."""\n', encoding="utf-8")
    monkeypatch.setattr("tests.defs.test_docstring_paths.WURZEL", tmp_path)
    assert missing(file, {"a.py"}) == ["nirgends.py"]


def test_files_that_take_longest_are_there() -> None:
    assert [name for name in DEAREST if not (WURZEL / "tests" / name).exists()] == []
