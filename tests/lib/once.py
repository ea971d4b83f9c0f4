"""Folders that a run of the suite builds once, whichever of its workers needs them first.

Belongs here: their place, the lock around building. Does not belong here: what is built (published.py, one_release.py).
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

# Where they lie: the process that starts the workers makes the place, tells them, and clears it away.
PLACE = "ORDNER_DES_TESTLAUFS"


def open_place() -> None:
    """Make the place, unless this is a worker of a process that has made it."""
    if PLACE not in os.environ:
        os.environ[PLACE] = tempfile.mkdtemp(prefix="testlauf_", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        atexit.register(shutil.rmtree, os.environ[PLACE], ignore_errors=True)


def build_once(name: str, build: Callable[[Path], object]) -> Path:
    """The folder of this name, which `build` has filled; whoever needs it meanwhile waits. Nobody changes it: it is copied."""
    place = Path(os.environ[PLACE])
    folder, aside = place / name, place / f"{name}.neu"
    with FileLock(place / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(aside, ignore_errors=True)
            build(aside)
            aside.rename(folder)
    return folder
