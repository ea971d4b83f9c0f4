"""Reports written from literal rows of the published file, as several test files read them.

Belongs here: writing them, each once a run where it is only read. Does not belong here: what a report must say.
"""

from collections.abc import Mapping
from pathlib import Path

from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.bericht.write import write_berichte
from tests.lib.once import build_once
from tests.unit.veroeffentlichung.test_bericht import publish
from tests.unit.veroeffentlichung.test_bericht_saetze import Tabellen


def write(ordner: Path, daten: Tabellen) -> tuple[Ablage, str]:
    """The report of Lünen, and its page as text."""
    ablage = publish(ordner, daten)
    write_berichte(ablage, ("luenen",))
    return ablage, read_page(ordner)


def write_once(alle: Mapping[str, Tabellen]) -> dict[str, tuple[Ablage, str]]:
    """Each of these reports by its name, written once a run; they are only read."""
    ordner = {
        name: build_once(f"report-{name}", lambda o, daten=daten: write(o, daten)) for name, daten in alle.items()
    }
    return {name: (Ablage(o), read_page(o)) for name, o in ordner.items()}


def read_page(ordner: Path) -> str:
    return (ordner / "marts" / "bericht" / "luenen.html").read_text(encoding="utf-8")
