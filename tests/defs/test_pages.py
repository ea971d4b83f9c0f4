"""What a page of the handbook tells somebody to type or to open is there.

Belongs here: targets of make, commands, links and paths in pages. Does not belong here: modules and statements that prose names
(test_docstring_paths.py).
"""

import re
from pathlib import Path

import pytest
import typer.main

from pipelines.cli import app
from pipelines.foundation.storage import WURZEL

PAGES = sorted([*WURZEL.glob("*.md"), *(WURZEL / "docs").rglob("*.md"), WURZEL / "sql" / "README.md"])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
ANCHOR = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)")
FOLDER = re.compile(r"`((?:pipelines|schemas|sql|tests|docs|data/raw)/[\w/.-]*)`")
TARGETS = set(re.findall(r"^([a-z][a-z0-9-]*):", (WURZEL / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
COMMANDS = set(typer.main.get_group(app).commands)
# Written by a user, by a recipe or by a run.
MADE = re.compile(r"anteil_plausibel|altersaufbau|<|_makros|data/raw/(?!referenz)")


def not_there(page: Path) -> list[str]:
    """Targets, commands, links and paths of a page that do not exist."""
    text = page.read_text(encoding="utf-8")
    code = "\n".join(CODE.findall(text))
    made = [
        f"make {t}"
        for line in re.findall(r"\bmake ((?:[a-z][a-z0-9-]+ ?)+)", code)
        for t in line.split()
        if t not in TARGETS
    ]
    typed = [
        f"monitoring {c}"
        for c in re.findall(r"(?:^|[`/])(?:\.venv/bin/)?monitoring ([a-z]+)\b", code, re.MULTILINE)
        if c not in COMMANDS
    ]
    links = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    paths = [p for p in FOLDER.findall(text) if not MADE.search(p) and not (WURZEL / p).exists()]
    anchors = [
        f"{to}#{name}" for to, name in ANCHOR.findall(text) if name not in anchors_of(page.parent / to if to else page)
    ]
    return sorted({*made, *typed, *links, *paths, *anchors})


def anchors_of(page: Path) -> set[str]:
    """What the headings of a page are called in a link; a page that is not there is told as a link."""
    if page.suffix != ".md" or not page.exists():
        return set()
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return {
        re.sub(r"[^\w\- ]", "", h.strip().lower()).replace(" ", "-")
        for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(WURZEL)) for p in PAGES])
def test_what_a_page_names_is_there(page: Path) -> None:
    assert not_there(page) == []


def test_what_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        "# Über »uns«, kurz\n`make nothing` `make test` `monitoring dance` [x](gone.md) `pipelines/gone` `sql/marts` "
        "[x](#über-uns-kurz) [x](a.md#über-uns) [x](a.md#über-uns-kurz)\n", encoding="utf-8",
    )  # fmt: skip
    assert not_there(page) == ["a.md#über-uns", "gone.md", "make nothing", "monitoring dance", "pipelines/gone"]
