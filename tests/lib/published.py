"""Data folders that are published already: built once a process, then copied; the first refresh is most of such a test's time.

Belongs here: building and copying. Does not belong here: what a municipality delivers (small_town.py, conftest.py).
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.conftest import create_data_folder, monitoring_im_prozess
from tests.lib.small_town import ort


@cache
def _published(kommunen: tuple[str, ...]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="published_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    daten = create_data_folder(folder / "data", ())
    for nummer, kommune in enumerate(kommunen, start=1):
        ort(daten, kommune, nummer)
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output
    return daten


def create_published(ziel: Path, *kommunen: str) -> Path:
    """A data folder of small towns with one table each, all of them published; nothing in it is new."""
    return Path(shutil.copytree(_published(kommunen), ziel, symlinks=True))
