"""How a source lays out its table: what a layout says of the whole header, so that a changed one is noticed.

Belongs here: the model. Does not belong here: comparing it with a file (eingang/tabelle/structure.py).
"""

import re
from typing import Annotated

from pydantic import Field

from pipelines.foundation.yaml_file import Modell

ADRESSE = r"^[A-Z]{1,3}[1-9]\d*$"


class Spaltenblock(Modell):
    """Columns beside each other whose headers have one form."""

    kopf: str
    anzahl: int = Field(ge=1, le=1000)


class Aufbau(Modell):
    """The header of every column in order, "" for one without; `*` stands for what changes from file to file (a year).

    `zellen`: what stands in single cells above the table, by which the table is known; also with `*`.
    """

    zellen: dict[Annotated[str, Field(pattern=ADRESSE)], str] = Field(default_factory=dict)
    spalten: tuple[str | Spaltenblock, ...] = Field(min_length=1)

    def titel(self) -> list[str]:
        """The header of every column."""
        bloecke = [(s.kopf, s.anzahl) if isinstance(s, Spaltenblock) else (s, 1) for s in self.spalten]
        return [kopf for kopf, anzahl in bloecke for _ in range(anzahl)]


def fits(muster: str, text: str) -> bool:
    """Whether a text has a form in which `*` stands for any text; differences in white space do not count."""
    teile = [re.escape(teil) for teil in " ".join(muster.split()).split("*")]
    return re.fullmatch(".*".join(teile), " ".join(text.split())) is not None
