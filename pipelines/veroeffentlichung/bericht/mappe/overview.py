"""The first sheet: the sentences of the report with their numbers, and what the other sheets hold, each a link.

Belongs here: that sheet. Does not belong here: the sentences (aussagen/).
"""

from collections.abc import Sequence
from typing import Any

from pipelines.veroeffentlichung.bericht.mappe.sheet import SCHRIFT, Sheet
from pipelines.veroeffentlichung.bericht.parts import Teile
from pipelines.veroeffentlichung.bericht.sections import nothing_published

TITEL = "Überblick"
BREITEN = {"A": 22, "B": 80, "C": 60}


def _link(zelle: Any, blatt: str) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    zelle.hyperlink = Hyperlink(ref=zelle.coordinate, location=f"'{blatt}'!A1", display=blatt)
    zelle.font = Font(name=SCHRIFT, color="12436D", underline="single")


def _head(blatt: Sheet, *woerter: str) -> None:
    from openpyxl.styles import Font, PatternFill

    blatt.zeile += 1
    for i, wort in enumerate(woerter, start=1):
        zelle = blatt.zelle(i, wort)
        zelle.font = Font(name=SCHRIFT, bold=True, color="FFFFFF")
        zelle.fill = PatternFill("solid", start_color="12436D")


def write_overview(mappe: Any, t: Teile, inhalt: Sequence[tuple[str, str]]) -> None:
    """Write the first sheet. `inhalt`: (sheet, what it shows) of all others."""
    blatt = Sheet(mappe, TITEL, t.b)
    blatt.zeile += 1
    _head(blatt, "Art", "Das Wichtigste", "Definition und Stichtag")
    for a in t.aussagen:
        blatt.zeile += 1
        beleg = dict(a.beleg)
        blatt.zelle(1, a.artwort)
        blatt.zelle(2, a.satz + (f" [{a.marke}]" if a.marke else ""))
        blatt.zelle(3, " – ".join(beleg[k] for k in ("Definition", "Stichtag", "Stand") if beleg.get(k)))
    if not t.aussagen:
        blatt.zeile += 1
        blatt.zelle(2, nothing_published(t.b.kommune["name"]))
    blatt.zeile += 1
    _head(blatt, "Blatt", "Was darin steht", "")
    for name, was in inhalt:
        blatt.zeile += 1
        _link(blatt.zelle(1, name), name)
        blatt.zelle(2, was)
    for spalte, breite in BREITEN.items():
        blatt.blatt.column_dimensions[spalte].width = breite
    blatt.fit_rows(4, list(BREITEN.values()))
    blatt.blatt.freeze_panes = "A2"
