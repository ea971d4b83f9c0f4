"""Where a table ends on its sheet: the row that says where it comes from.

Belongs here: what a footer looks like, and figures below it that are not read. Does not belong here: text around a table that is
counted row by row (read.py).
"""

import re

from pipelines.eingang.grid.workbook import Blatt
from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.quellen.time_label import tag_von

# How a footer begins, whatever the table.
FUSS = re.compile(
    r"(?:exportdatum|abrufdatum|(?:daten|gebiets|redaktions)?stand|erstellt am|quellen?|datenquelle|herausgeber)"
    r"\s*(?::|$|\d|am\b)|©|\(c\)\s",
    re.IGNORECASE,
)


def find_ende(blatt: Blatt, layout: Layout, datei: str, erste: int, figuren: set[int]) -> tuple[int, list[Befund]]:
    """First row after the data: where the footer begins, as the layout says or as footers begin; and what is said of it."""
    if layout.ende is None:
        return _fuss(blatt, datei, erste, figuren)
    for z in range(erste, len(blatt.werte)):
        texte = [str(w) for w in blatt.werte[z] if w != ""]
        if texte and texte[0].startswith(layout.ende):
            return z, []
    return len(blatt.werte), []


def _fuss(blatt: Blatt, datei: str, erste: int, figuren: set[int]) -> tuple[int, list[Befund]]:
    """First row that says where the table comes from; rows with numbers below it are said not to be read."""
    fuss = next((z for z in range(erste + 1, len(blatt.werte)) if _is_foot(blatt, z, figuren)), None)
    if fuss is None:
        return len(blatt.werte), []
    danach = [
        z for z in range(fuss + 1, len(blatt.werte))
        if any(s < len(r) and _is_number(r[s]) for r in [blatt.werte[z]] for s in figuren)
        and not _is_foot(blatt, z, figuren)
    ]  # fmt: skip
    hinweise = []
    if danach:
        hinweise.append(
            Befund(Code.zeile_fehlt, Schwere.warnung, datei, blatt.ort(danach[0], None),
                   f"unter »{_erster(blatt, fuss)}« ({blatt.ort(fuss, None)}) endet die Tabelle; darunter stehen noch "
                   f"{len(danach)} Zeilen mit Zahlen, die nicht gelesen wurden",
                   "keine Zahlen unter dem Fuß der Tabelle, oder ende im Layout", anzahl=len(danach))
        )  # fmt: skip
    return fuss, hinweise


def _erster(blatt: Blatt, z: int) -> str:
    return next((str(w) for w in blatt.werte[z] if w != ""), "")


def _is_foot(blatt: Blatt, z: int, figuren: set[int]) -> bool:
    """Whether a row is `Quelle: …`, `Stand: …` or `Exportdatum: …`: at most a word and what it says."""
    gefuellt = [str(w) for w in blatt.werte[z] if w != ""]
    if not 1 <= len(gefuellt) <= 2 or not FUSS.match(gefuellt[0]):
        return False
    zahlen = [str(w) for s, w in enumerate(blatt.werte[z]) if s in figuren and w != ""]
    # An area may be called so: then its number stands beside it.
    return re.search(r":|^©|^\(c\)", gefuellt[0], re.IGNORECASE) is not None or not any(_is_number(w) for w in zahlen)


def _is_number(wert: object) -> bool:
    """Whether a cell looks like a number and is no day."""
    text = str(wert).strip()
    return bool(re.fullmatch(r"[(+\-−–]?\s*\d[\d.,'’\s]*%?\)?", text)) and tag_von(text, "datum") is None
