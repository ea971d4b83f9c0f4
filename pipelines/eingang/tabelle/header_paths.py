"""A sheet's header as the titles of its columns, over stacked and merged rows.

Belongs here: the levels above each column, and which column a title means. Does not belong here: which titles a layout names
(column_plan.py) and whether header and positions agree (header_check.py).
"""

import re
from functools import cache

from pipelines.eingang.grid.sheet import TRENNER
from pipelines.eingang.grid.workbook import Blatt
from pipelines.foundation.names import ohne_endung, ohne_fussnote
from pipelines.stamm.quellen.layout import Layout


def kopfpfade(blatt: Blatt, kopfzeilen: tuple[int, ...]) -> list[list[str]]:
    """Header levels of each column from top to bottom; merged cells count for every column they cover."""
    breite = max((len(r) for r in blatt.werte), default=0)
    pfade: list[list[str]] = [[] for _ in range(breite)]
    for nummer in kopfzeilen:
        z = nummer - 1
        reihe = blatt.werte[z] if z < len(blatt.werte) else []
        for s in range(breite):
            text = str(reihe[s]) if s < len(reihe) else ""
            if not text:
                text = next(
                    (str(blatt.werte[r1][c1]) for r1, c1, r2, c2 in blatt.verbunden if r1 <= z <= r2 and c1 <= s <= c2),
                    "",
                )
            text = re.sub(r"\s+", " ", text).strip()
            if text and (not pfade[s] or pfade[s][-1] != text):
                pfade[s].append(text)
    return pfade


class HeaderPaths:
    """Finds columns by what the header says."""

    def __init__(self, blatt: Blatt, layout: Layout):
        self.pfade = kopfpfade(blatt, layout.kopfzeilen())
        self.voll = [TRENNER.join(p) for p in self.pfade]
        self.ohne = [TRENNER.join(map(ohne_fussnote, p)) for p in self.pfade]
        self.neutral = [ohne_endung(t) for t in self.ohne]

    @cache  # noqa: B019 - lives as long as one reading
    def find(self, name: str) -> tuple[int, ...]:
        """Columns with this header: the whole path first, then a single level, without footnote marks, without endings."""
        neutral = ohne_endung(name)
        for kandidaten in (
            [s for s, voll in enumerate(self.voll) if voll == name],
            [s for s, pfad in enumerate(self.pfade) if name in pfad],
            [s for s, ohne in enumerate(self.ohne) if ohne == name or name in ohne.split(TRENNER)],
            [s for s, voll in enumerate(self.voll) if voll and re.sub(r"\d+$", "", voll) == name],
            [s for s, ohne in enumerate(self.neutral) if ohne == neutral or neutral in ohne.split(TRENNER)],
        ):
            if kandidaten:
                return tuple(kandidaten)
        return ()

    def titel(self, s: int) -> str:
        return self.voll[s] if s < len(self.voll) else ""
