"""A statement whose text is fixed lies below sql/: there it is linted, found and read as SQL.

Belongs here: what is left of SQL in Python strings. Does not belong here: places below sql/ (test_sql_rooms.py).
"""

import ast
import re
from collections.abc import Iterator

import pytest

from pipelines.foundation.storage import SQL, WURZEL
from tests.defs.test_import_directions import modules

# A question of a line stands where it is asked; what is longer has a name and a file.
LONGEST = 150
STATEMENT = re.compile(
    r"\s*(?:select|with|from|create|insert|copy|update|delete|unpivot|pivot)\s.*\b(?:from|select|where)\b", re.DOTALL
)
# Who holds how many longer ones, and why; the list only shrinks.
EXCEPTIONS = {
    "pipelines.geheimhaltung.angriff.releases": (
        1,
        "the attack shares no code with what it attacks, not even loading a statement",
    ),
    "pipelines.geheimhaltung.angriff.revisions": (1, "the same"),
    "pipelines.indikatoren.lieferung_sql": (1, "no row, with the columns of the ways that are composed above it"),
    "pipelines.indikatoren.register_sql": (1, "no row, with the columns of the counts that are composed above it"),
}


def fixed(node: ast.expr) -> str | None:
    """Text of a string that only constants are put into (written in capitals, they stand for themselves)."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [v.value if isinstance(v, ast.FormattedValue) else v for v in node.values]
        if all(isinstance(p, ast.Constant) or (isinstance(p, ast.Name) and p.id.isupper()) for p in parts):
            return "".join(str(p.value) if isinstance(p, ast.Constant) else ast.unparse(p) for p in parts)
    return None


def statements(text: str) -> Iterator[tuple[int, str]]:
    """(line, text without repeated blanks) of every fixed statement in a module that is longer than allowed."""
    tree = ast.parse(text)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in inside and (found := fixed(node)) and STATEMENT.match(found):
            short = re.sub(r"\s+", " ", found).strip()
            if len(short) > LONGEST:
                yield node.lineno, short


def test_no_further_fixed_statement_stands_in_python() -> None:
    found = {
        module: lines
        for module, file in modules().items()
        if (lines := [line for line, _ in statements(file.read_text(encoding="utf-8"))])
    }
    assert {m: lines for m, lines in found.items() if m not in EXCEPTIONS} == {}, (
        "belongs into a file below sql/queries"
    )
    assert {m: len(found.get(m, [])) for m in EXCEPTIONS} == {m: n for m, (n, _) in EXCEPTIONS.items()}, (
        "take off what is gone"
    )


@pytest.mark.parametrize(
    ("code", "n"),
    [
        (f'x = "select {"a, " * 60}b from t"', 1),
        (f'x = f"select {"a, " * 60}b from t where s = {{INSGESAMT}}"', 1),
        (f'x = f"select {"a, " * 60}b from t where {{bedingung}}"', 0),  # composed
        ('x = "select a from t"', 0),
        (f'x = "Wählen Sie {"a, " * 60}b"', 0),
    ],
)  # fmt: skip
def test_a_fixed_statement_is_found(code: str, n: int) -> None:
    assert len(list(statements(code))) == n


def test_every_query_is_asked_by_someone() -> None:
    code = "".join(f.read_text(encoding="utf-8") for f in (WURZEL / "pipelines").rglob("*.py"))
    names = [f.relative_to(SQL).with_suffix("").as_posix() for f in (SQL / "queries").rglob("*.sql")]
    report = "queries/veroeffentlichung/bericht/"
    unused = [
        n for n in names if n not in code and not (n.startswith(report) and f'"{n.removeprefix(report)}"' in code)
    ]
    assert names
    assert unused == []
