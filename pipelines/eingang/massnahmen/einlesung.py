"""What became of one workbook of measures.

Belongs here: the shape. Does not belong here: how it is read (read.py).
"""

from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from pipelines.eingang.grid.sheet import Mappe
from pipelines.eingang.lieferung.record import Zeilenbilanz
from pipelines.eingang.massnahmen.sheet_kind import Gelesenesblatt
from pipelines.foundation.findings import Befund


@dataclass
class Mappennummern:
    """What the workbook names, whether or not its row could be taken: a row set aside is there all the same.

    `massnahmen`: numbers with the day of the row where that could be read; `lesbar` and `vorlagen_lesbar`: no row and no sheet
    hides its number.
    """

    massnahmen: set[tuple[str, date | None]] = field(default_factory=set)
    vorlagen: set[str] = field(default_factory=set)
    lesbar: bool = True
    vorlagen_lesbar: bool = True


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
    blaetter: list[Gelesenesblatt] = field(default_factory=list)
    genannt: Mappennummern = field(default_factory=Mappennummern)

    @property
    def tabellen(self) -> dict[str, pa.Table]:
        """Everything read, by the table it is stored in."""
        return {"massnahme": self.massnahmen, "vorlage": self.vorlagen, **self.neben}
