"""The macros of sql/macros: what every statement below `sql/` may use, and no connection has to learn without need.

Belongs here: finding the text of a macro, which ones a statement needs, making them known. Does not belong here: what they say.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import duckdb

from pipelines.foundation.storage import SQL

HEAD = "create or replace temp macro "
CALL = re.compile(r"\b(\w+)\s*\(")
DEFAULT_TABLE = re.compile(r":= '(\w+)\.(\w+)'")


@cache
def macros() -> Mapping[str, str]:
    """Macro → the statement that makes it, in the order of the files."""
    found = {}
    for file in sorted((SQL / "macros").glob("*.sql")):
        for text in file.read_text(encoding="utf-8").split(HEAD)[1:]:
            found[text.partition("(")[0].strip().lower()] = HEAD + text
    return found


@cache
def macro_tables() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Macro → tables that it reads, the defaults of its parameters; a macro that reads none is not in it."""
    read = {name: tuple(DEFAULT_TABLE.findall(_without_comments(text))) for name, text in macros().items()}
    return {name: tables for name, tables in read.items() if tables}


@lru_cache(maxsize=1024)
def find_macros(text: str) -> tuple[str, ...]:
    """Names of the macros a statement calls, and those that these call; in the order in which they are made."""
    needed: set[str] = set()
    waiting = _find_calls(text)
    while waiting:
        name = waiting.pop()
        needed.add(name)
        waiting |= _find_calls(macros()[name].partition("(")[2]) - needed
    return tuple(name for name in macros() if name in needed)


def load_macros(con: duckdb.DuckDBPyConnection, texts: Iterable[str] | None = None) -> None:
    """Make the macros that these statements call known to a connection; without `texts` all, which takes longer than most do."""
    names = tuple(macros()) if texts is None else find_macros("\n".join(texts))
    if names:
        con.execute("\n".join(macros()[name] for name in names))


def _find_calls(text: str) -> set[str]:
    return {name.lower() for name in CALL.findall(_without_comments(text))} & macros().keys()


def _without_comments(text: str) -> str:
    return re.sub(r"--.*", "", text)
