"""A municipality's folder with something wrong, and what a person is told of it.

Belongs here: the smallest tables entry, reading the message. Does not belong here: single faults (unit/stamm).
"""

from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.stamm.kommune import load_kommune

TABELLE = """\
  tabellen:
    - id: tafel
      titel: Tafel
      herkunft: Amt
      lizenz: frei
      datei: tafel_{stichtag}.csv
      profil: luenen_2021
      spalten: {gebiet: Name, einwohner: Zahl}
"""


def meldung(ordner: Path) -> str:
    """The text a person gets for this folder."""
    with pytest.raises(KonfigurationsFehler) as grund:
        load_kommune(ordner)
    return str(grund.value)
