"""Data folders that are published already: built once a run, then copied; the first refresh is most of such a test's time.

Belongs here: building and copying. Does not belong here: what a municipality delivers (small_town.py, conftest.py).
"""

import shutil
from pathlib import Path

from tests.conftest import create_data_folder, monitoring_im_prozess
from tests.lib.once import build_once
from tests.lib.small_town import ort


def _publish(ordner: Path, kommunen: tuple[str, ...]) -> None:
    daten = create_data_folder(ordner, ())
    for nummer, kommune in enumerate(kommunen, start=1):
        ort(daten, kommune, nummer)
    aufruf = monitoring_im_prozess(daten, "refresh")
    assert aufruf.code == 0, aufruf.output


def create_published(ziel: Path, *kommunen: str) -> Path:
    """A data folder of small towns with one table each, all of them published; nothing in it is new."""
    vorlage = build_once("-".join(("published", *kommunen)), lambda ordner: _publish(ordner, kommunen))
    return Path(shutil.copytree(vorlage, ziel, symlinks=True))
