"""A generated page of the handbook: written, or with `--pruefen` held against what it should say.

Belongs here: the two ways such a page's program can be called. Does not belong here: what a page says.
"""

from collections.abc import Callable
from pathlib import Path


def write_or_compare(page: Path, text: Callable[[], str], arguments: list[str]) -> int:
    """Write the page, or with `--pruefen` compare it; returns the exit code: 1 if it is not current."""
    if "--pruefen" in arguments:
        current = page.exists() and page.read_text(encoding="utf-8") == text()
        print(f"docs/{page.name} ist " + ("aktuell." if current else "veraltet: bitte »make doku« ausführen."))
        return 0 if current else 1
    page.parent.mkdir(exist_ok=True)
    page.write_text(text(), encoding="utf-8")
    print(page)
    return 0
