"""`docs/fehlerdateien.md` from the defective files and what is found in them; `--pruefen` fails if it is not current.

Belongs here: the page for suppliers and analysts. Does not belong here: any expectation (fehlerdateien.py).
"""

import sys
import tempfile
from pathlib import Path

import duckdb

from pipelines.foundation.findings import Befund
from pipelines.foundation.storage import WURZEL
from schemas.page import write_or_compare
from tests.spec.lieferungen.fehlerdateien import FAELLE, Datei, Fall
from tests.spec.lieferungen.hilfe import Werkstatt

ZIEL = WURZEL / "docs" / "fehlerdateien.md"
EINLEITUNG = """\
# Fehlerdateien

Erzeugt mit `python -m tests.spec.lieferungen.tabelle` aus `tests/spec/lieferungen/fehlerdateien.py`; nicht von Hand ändern.

{zahl} Dateien mit je einem Fehler und ihre Zwillinge ohne ihn. Jeder Fehler wird an seiner Zelle gefunden, ohne weitere Fehler
daneben; jeder Zwilling geht ohne Befund durch, auch wo er dem Fehler ähnlich sieht{ausnahme}.
"""


def treffer(fall: Fall, befunde: list[Befund]) -> Befund | None:
    """The finding the defect is for: of its code, with all the words expected if one has them."""
    passend = [b for b in befunde if b.code.value == fall.code]
    genau = [b for b in passend if all(w in b.text() for w in fall.worte)]
    return next(iter(genau or passend), None)


def _zelle(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _art(datei: Datei) -> str:
    return f"{datei.art} ({datei.endung.upper()})"


def uebersicht(werkstatt: Werkstatt) -> str:
    """The page, with the findings as they are now."""
    kopf = ["Nr.", "Datei", "Fehler", "gefunden als", "Zelle", "Meldung", "Zwilling", "Befund des Zwillings"]
    zeilen = [kopf, ["---"] * len(kopf)]
    ausnahmen = 0
    for nummer, fall in enumerate(FAELLE, 1):
        fund = treffer(fall, werkstatt.befunde(fall.kaputt, fall.vorher))
        zwilling = werkstatt.befunde(fall.heil, fall.vorher)
        ausnahmen += bool(zwilling)
        gefunden = [f"`{fund.code.value}`, {fund.schwere.value}", fund.ort or "–", fund.text()] if fund else ["–"] * 3
        zeilen.append([str(nummer), _art(fall.kaputt), fall.fehler, *gefunden, fall.zwilling,
                       "; ".join(b.text() for b in zwilling) or "keiner"])  # fmt: skip
    tabelle = "\n".join("| " + " | ".join(map(_zelle, z)) + " |" for z in zeilen)
    ausnahme = " (in einem Fall mit einem Hinweis)" if ausnahmen else ""
    return EINLEITUNG.format(zahl=len(FAELLE), ausnahme=ausnahme) + "\n" + tabelle + "\n"


def seite() -> str:
    """The page, with what is found in each file right now."""
    with tempfile.TemporaryDirectory() as ordner, duckdb.connect() as con:
        return uebersicht(Werkstatt(Path(ordner), con))


if __name__ == "__main__":
    sys.exit(write_or_compare(ZIEL, seite, sys.argv[1:]))
