"""`make bilder`: follow the first steps in an empty folder and take the pictures that stand in the page."""

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from pipelines.foundation.storage import WURZEL
from tests.handbook.walk import FEHLER, SEITE, do_steps, read_steps
from tests.lib.browser import browse

BILDER = WURZEL / "docs" / "bilder"
HOECHSTENS_BYTES = 150_000
FARBEN = 64  # pages have few; pictures stay small
# Picture → page of the report, height of the screen.
AUFNAHMEN = {"startseite": ("index", 640), "bericht": ("musterstadt", 760), "atlas": ("musterstadt.atlas", 860)}
BREITE = 1100


def take_pictures(bericht: Path, ziel: Path, namen: Iterable[str] = tuple(AUFNAHMEN)) -> list[Path]:
    """Pictures of the pages of a published report, with few colours."""
    ziel.mkdir(parents=True, exist_ok=True)
    fertig = []
    for name in namen:
        seite, hoehe = AUFNAHMEN[name]
        with browse(BREITE, hoehe) as browser:
            browser.open((bericht / f"{seite}.html").as_uri())
            datei = browser.take_picture(ziel / f"{name}.png")
            if browser.errors or browser.requests:
                raise SystemExit(f"{seite}: {browser.errors} {browser.requests}")
        with Image.open(datei) as bild:
            bild.convert("RGB").quantize(FARBEN).save(datei, optimize=True)
        fertig.append(datei)
    return fertig


def main() -> None:
    with tempfile.TemporaryDirectory() as tmp:
        for getan in do_steps(read_steps(SEITE.read_text(encoding="utf-8")), Path(tmp)):
            print(getan.said)
            if (getan.code != 0) != (getan.step.name == FEHLER):
                sys.exit(f"{getan.step.text}: {getan.code}")
        for datei in take_pictures(Path(tmp) / "daten" / "marts" / "bericht", BILDER):
            print(f"{datei} ({datei.stat().st_size // 1024} KB)")


if __name__ == "__main__":
    main()
