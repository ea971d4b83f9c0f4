"""A page of the handbook as a list of steps, and doing them: files to write, lines to change, commands to enter.

Belongs here: reading and doing the page. Does not belong here: pictures (__main__.py), what must come out (the tests beside it).
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.foundation.storage import WURZEL

SEITE = WURZEL / "docs" / "erste_schritte.md"
BLOCK = re.compile(
    r"^```(sh|csv)(?: (\S+))?\n(.*?)^```$"
    r"|^\| in `([^`]+)` \| wird zu \|\n\|[-|]+\n((?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
ZEILE = re.compile(r"^\| `(.+?)` \| (.+) \|$", re.MULTILINE)
FEHLER = "fehler"  # a block whose last command finds something wrong


@dataclass(frozen=True)
class Step:
    """`kind`: sh (commands), csv (a file) or edit (lines to change in a file); `name`: the file, or how commands end."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class Done:
    """A step of commands and what it said."""

    step: Step
    code: int
    said: str


def read_steps(seite: str) -> list[Step]:
    """The steps of a page, in order."""
    return [
        Step("edit", t[4], t[5]) if t[4] else Step(t[1], t[2] or "", t[3])
        for t in BLOCK.finditer(seite)
    ]  # fmt: skip


def lines_to_change(text: str) -> list[tuple[str, str]]:
    """(as it stands, as it shall be) of each row; several lines are parted by <br>."""
    return [(alt, "\n".join(re.findall("`([^`]*)`", neu))) for alt, neu in ZEILE.findall(text)]


def do_steps(steps: list[Step], ordner: Path) -> Iterator[Done]:
    """Do the steps in a folder; what commands say is returned one by one.

    Raises: ValueError for a line to change that does not stand there.
    """
    for step in steps:
        if step.kind == "csv":
            (ordner / step.name).write_text(step.text, encoding="utf-8")
        elif step.kind == "edit":
            _change_file(ordner / step.name, lines_to_change(step.text))
        else:
            yield _enter(step, ordner)


def _change_file(datei: Path, zeilen: list[tuple[str, str]]) -> None:
    text = datei.read_text(encoding="utf-8")
    for alt, neu in zeilen:
        if alt not in text:
            raise ValueError(f"{datei.name}: »{alt}« does not stand there")
        text = text.replace(alt, neu)
    datei.write_text(text, encoding="utf-8")


def _enter(step: Step, ordner: Path) -> Done:
    umgebung = {k: v for k, v in os.environ.items() if not k.startswith(("MONITORING_", "DAGSTER_"))}
    umgebung["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{umgebung['PATH']}"
    lauf = subprocess.run(
        ["bash", "-euc", step.text], cwd=ordner, env=umgebung, capture_output=True, text=True, timeout=600
    )
    return Done(step, lauf.returncode, lauf.stdout + lauf.stderr)
