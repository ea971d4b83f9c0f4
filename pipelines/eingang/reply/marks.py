"""Findings at their cells: a colour, and a comment that says what is wrong.

Belongs here: which cells of a workbook a finding means, and how they are marked. Does not belong here: the protocol
(log_sheet.py). What the supplier wrote stays as it is.
"""

import math
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.eingang.reply.source_workbook import TEXT_HOECHSTENS
from pipelines.eingang.reply.words import BLOCK_HOECHSTENS, PROTOKOLL, WORTE, gekuerzt, satz, zahl_wort
from pipelines.foundation.findings import Befund, Schwere

FARBEN = {Schwere.fehler: "FFC7CE", Schwere.warnung: "FFE08A", Schwere.hinweis: "BDD7EE"}
WEISS = ("FFFFFFFF", "00FFFFFF")
BEFUNDE_JE_KOMMENTAR = 10
KOMMENTARE_HOECHSTENS = 3_000  # every comment is a drawing; Excel grows slow beyond
NACHBARN_GENANNT = 6


@dataclass(frozen=True)
class Fund:
    """A finding with its number and those of its cells that exist in the workbook given back."""

    nr: int
    befund: Befund
    zellen: list[tuple[Worksheet, str]] = field(default_factory=list)


def find_zellen(buch: Workbook, befund: Befund) -> list[tuple[Worksheet, str]]:
    """The cells of a finding, each once; of merged ones the top left one, which alone can be marked."""
    blaetter = {b.title: b for b in buch.worksheets}
    zellen: dict[tuple[str, str], None] = {}
    for adresse in befund.zellen:
        if treffer := re.fullmatch(r"(.+)!([A-Z]{1,3}[1-9]\d*)", adresse):
            name, ort = treffer[1], treffer[2]
        elif (treffer := re.fullmatch(r"Zeile ([1-9]\d*), Feld ([1-9]\d*)", adresse)) and blaetter:
            name, ort = next(iter(blaetter)), f"{get_column_letter(min(int(treffer[2]), 16_384))}{treffer[1]}"
        else:
            continue
        if name in blaetter and coordinate_to_tuple(ort) <= (1_048_576, 16_384):
            if isinstance(blaetter[name][ort], MergedCell):
                ort = next(v for v in blaetter[name].merged_cells.ranges if ort in v).coord.partition(":")[0]
            zellen[name, ort] = None
    return [(blaetter[name], ort) for name, ort in zellen]


def mark(funde: Sequence[Fund], protokoll: str) -> bool:
    """Fill every cell of a finding and say there what is wrong; whether each got its comment."""
    je_zelle: dict[tuple[str, str], list[Fund]] = {}
    blaetter = {b.title: b for f in funde for b, _ in f.zellen}
    # First the cells to look at, so that these have a comment whatever happens.
    for f in funde:
        for blatt, ort in f.zellen[:1]:
            je_zelle.setdefault((blatt.title, ort), [])
    for f in funde:
        for blatt, ort in f.zellen:
            je_zelle.setdefault((blatt.title, ort), []).append(f)
    for nummer, ((name, ort), hier) in enumerate(je_zelle.items()):
        zelle = blaetter[name][ort]
        zelle.fill = PatternFill("solid", start_color=FARBEN[hier[0].befund.schwere])
        _lesbar(zelle)
        if nummer < KOMMENTARE_HOECHSTENS:
            zelle.comment = _kommentar(zelle.comment, hier, name, ort, protokoll)
    return len(je_zelle) <= KOMMENTARE_HOECHSTENS


def _lesbar(zelle: Any) -> None:
    """White letters stood on a dark ground that is pale now."""
    farbe = zelle.font.color
    if farbe is not None and (
        farbe.rgb in WEISS if farbe.type == "rgb" else farbe.type == "theme" and farbe.theme == 0
    ):
        schrift = copy(zelle.font)
        schrift.color = "FF000000"
        zelle.font = schrift


def _kommentar(alt: Comment | None, funde: Sequence[Fund], blatt: str, ort: str, protokoll: str) -> Comment:
    """One comment for all findings of a cell, below what the supplier wrote there."""
    text = f"{alt.text}\n\n— {PROTOKOLL} —\n" if alt else ""
    teile: dict[str, None] = {}
    for f in funde:
        b = f.befund
        # On the marked cell the neighbours of the same finding matter: the parts of a sum, the twin of a duplicate.
        andere = [o if t.title == blatt else f"{t.title}!{o}" for t, o in f.zellen if (t.title, o) != (blatt, ort)]
        mehr = f" und {len(andere) - NACHBARN_GENANNT} weitere" if len(andere) > NACHBARN_GENANNT else ""
        nachbarn = f"\nBetrifft auch: {', '.join(andere[:NACHBARN_GENANNT])}{mehr}" if andere else ""
        teil = f"{WORTE[b.schwere][0]} Nr. {f.nr}: {satz(b.was)}\nErwartet: {b.erwartet}"
        teil += f"\nVorschlag: {b.vorschlag}" if b.vorschlag else ""
        teile[gekuerzt(teil, BLOCK_HOECHSTENS) + nachbarn] = None
    genommen: list[str] = []
    for teil in list(teile)[:BEFUNDE_JE_KOMMENTAR]:
        if len(text) + sum(len(t) + 2 for t in [*genommen, teil]) > TEXT_HOECHSTENS - 80:
            break
        genommen.append(teil)
    if rest := len(teile) - len(genommen):
        genommen.append(f"… und {zahl_wort(rest)} weitere im Blatt »{protokoll}«")
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text + "\n\n".join(genommen))
    zeilen = sum(math.ceil(max(len(z), 1) / 46) for z in text.split("\n"))
    return Comment(text, alt.author if alt else PROTOKOLL, height=min(30 + 18 * zeilen, 420), width=340)
