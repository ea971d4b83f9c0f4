"""What became of one workbook of measures.

Belongs here: the shape. Does not belong here: how it is read (read.py).
"""

from dataclasses import dataclass, field

import pyarrow as pa

from pipelines.eingang.grid.sheet import Mappe
from pipelines.eingang.lieferung.record import Zeilenbilanz
from pipelines.foundation.findings import Befund


@dataclass
class Massnahmeneinlesung:
    """What became of one workbook. Tables have the columns of GELESEN_MASSNAHME and GELESEN_VORLAGE.

    `orte` and `orte_vorlagen` go with the rows: canonical column → address of its cell; `feldtexte`: what the sheet calls
    the Handlungsfeld.
    """

    massnahmen: pa.Table
    vorlagen: pa.Table
    bilanz: Zeilenbilanz
    befunde: list[Befund]
    mappe: Mappe
    orte: list[dict[str, str]] = field(default_factory=list)
    feldtexte: list[str | None] = field(default_factory=list)
    orte_vorlagen: list[dict[str, str]] = field(default_factory=list)
    neben: dict[str, pa.Table] = field(default_factory=dict)
    orte_neben: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    @property
    def tabellen(self) -> dict[str, pa.Table]:
        """Everything read, by the table it is stored in."""
        return {"massnahme": self.massnahmen, "vorlage": self.vorlagen, **self.neben}
