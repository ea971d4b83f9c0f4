"""The shape of a table of the report: caption, header, rows of cells, notes, the legend that explains the marks in them.

Belongs here: what every table has. Does not belong here: any one table (population_tables.py, checked.py, comparison.py and the
parts).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipelines.veroeffentlichung.bericht.numbers import (
    Wert,
    legende,
)  # fmt: skip

Zelle = Wert | str
BREIT_AB, SPALTEN_AM_TELEFON = 9, 3
NUR_ZAHL = re.compile(r"[+−]?\d[\d.,]*(?:[ \u00a0][%€])?|–")
MONATE = "January|February|March|April|May|June|July|August|September|October|November|December"
ZAHL_MIT_EINHEIT = re.compile(rf"(?<=\d) (?=[%€]|je |Jahre\b|(?:{MONATE})\b)|(?<=^[•–]) (?=\w)")


def keep_units(text: str) -> str:
    """A number and its unit stay on one line."""
    return ZAHL_MIT_EINHEIT.sub("\N{NO-BREAK SPACE}", text)


@dataclass(frozen=True)
class TableRow:
    """A row; `summe` marks totals, `zwischentitel` a heading over the rows that follow, `verweis` is where its head leads."""

    zellen: tuple[Zelle, ...]
    summe: bool = False
    zwischentitel: bool = False
    verweis: str = ""


@dataclass(frozen=True)
class Tabelle:
    """A table as a reader sees it. `gruppen` is an optional upper header: (text, columns spanned); `marke` marks examples,
    `kennung` is its address on the page where something leads to it, `bekannt` what of its title the heading above says."""

    titel: str
    kopf: tuple[str, ...]
    reihen: tuple[TableRow, ...]
    gruppen: tuple[tuple[str, int], ...] = ()
    kopfspalte: int = 0
    anmerkungen: tuple[str, ...] = field(default=())
    marke: str = ""
    kennung: str = ""
    bekannt: str = ""
    gesagte_legende: tuple[tuple[str, str], ...] | None = None  # in another language

    @cached_property  # every cell asks for it
    def textspalten(self) -> set[int]:
        """Columns of words, and the one that names the row: aligned left, unlike numbers."""
        spalten: dict[int, list[Zelle]] = {}
        for r in self.reihen:
            for i, z in enumerate(() if r.zwischentitel else r.zellen):
                spalten.setdefault(i, []).append(z)
        return {i for i, zellen in spalten.items() if i == self.kopfspalte or not _is_numeric(zellen)}

    @cached_property
    def spaltennamen(self) -> tuple[str, ...]:
        """The name of each column as it must stand alone: with its upper header where it has one."""
        oben = [text for text, breite in self.gruppen for _ in range(breite)] or [""] * len(self.kopf)
        return tuple(f"{k}, {g}" if g else k for k, g in zip(self.kopf, oben, strict=True))

    @property
    def klassen(self) -> str:
        """How a page may set it: in small print, as a card for each row where the screen is narrow."""
        return " ".join(
            k
            for k, passt in (("breit", len(self.kopf) > BREIT_AB), ("karten", len(self.kopf) > SPALTEN_AM_TELEFON))
            if passt
        )

    @property
    def legende(self) -> list[tuple[str, str]]:
        if self.gesagte_legende is not None:
            return list(self.gesagte_legende)
        return legende(z for r in self.reihen for z in r.zellen if isinstance(z, Wert))


def _is_numeric(zellen: Sequence[Zelle]) -> bool:
    """Whether a column holds figures, or words that stand where one is missing; a column of dashes alone is none."""
    texte = [z for z in zellen if isinstance(z, str)]
    return all(NUR_ZAHL.fullmatch(t) for t in texte) and (len(texte) < len(zellen) or any(t != "–" for t in texte))


def markiert(tabelle: Tabelle | None, marke: str) -> Tabelle | None:
    """The table with the mark of what it shows."""
    return replace(tabelle, marke=marke) if tabelle and marke else tabelle
