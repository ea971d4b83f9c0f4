"""What a layout says about single columns: which one it is, what its figures count, which day they are of.

Belongs here: the models. Does not belong here: the table as a whole (layout.py), finding the columns in a file
(eingang/tabelle/column_plan.py).
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, model_validator

from pipelines.foundation.names import clean
from pipelines.foundation.patterns import check_pattern
from pipelines.foundation.yaml_file import Modell
from schemas.spalten.common import GESCHLECHTER, INSGESAMT

KENNUNG = r"^[a-z][a-z0-9_]*$"
FEHLT_IN_DIESEM_JAHR = -1


def _auswahl(wert: object) -> object:
    """A column: its header, its position from 1, or year → header or position (-1: absent from that year on)."""
    if isinstance(wert, bool):
        raise ValueError("Erwartet wird eine Überschrift, eine Position ab 1 oder {Jahr: Überschrift}.")
    if isinstance(wert, str) and wert.strip():
        return clean(wert)
    if isinstance(wert, int) and wert >= 1:
        return wert
    if isinstance(wert, dict) and wert and all(isinstance(j, int) and 1900 <= j <= 2100 for j in wert):
        return {j: FEHLT_IN_DIESEM_JAHR if w == FEHLT_IN_DIESEM_JAHR else _auswahl(w) for j, w in sorted(wert.items())}
    raise ValueError(
        "Erwartet wird die Überschrift der Spalte, ihre Position ab 1 oder {Jahr: Überschrift oder Position}, z. B. "
        "{2007: HK_EU27, 2013: HK_EU28}; -1 heißt: ab diesem Jahr gibt es die Spalte nicht."
    )


Spaltenwahl = Annotated[Any, PlainValidator(_auswahl)]


def _liste(wert: object) -> object:
    """One column or several whose labels together name a thing."""
    return tuple(_auswahl(w) for w in wert) if isinstance(wert, list) else (_auswahl(wert),)


Spaltenfolge = Annotated[Any, PlainValidator(_liste)]


class Zeit(Modell):
    """Where the day of a figure stands, if not in the file name: in a column, or once in a cell above the table."""

    spalte: Spaltenwahl | None = None
    zelle: str | None = Field(None, pattern=r"^[A-Z]{1,3}[1-9]\d*$")
    form: Literal["datum", "jahr", "monat", "schuljahr"] = "datum"
    # The day of the year that a bare year stands for; a month stands for its last day.
    tag: str = Field("12-31", pattern=r"^\d{2}-\d{2}$")
    muster: str | None = None

    @model_validator(mode="after")
    def _eins(self) -> "Zeit":
        if (self.spalte is None) == (self.zelle is None):
            raise ValueError("zeit braucht entweder spalte oder zelle.")
        check_pattern(self.muster)
        return self


class Wertspalte(Modell):
    """A column of figures: what they count, and for whom. Whatever is not said is `insgesamt`.

    `muster` instead of `spalte` takes every column whose header fits; its named groups fill geschlecht, altersgruppe
    (`von`, and `bis` exclusive or `bis_mit` inclusive), staat, gruppe, gebiet or jahr.
    """

    merkmal: str = Field(pattern=KENNUNG)
    groesse: Literal["wert", "zaehler", "nenner"] = "wert"
    spalte: Spaltenwahl | None = None
    muster: str | None = None
    kennzeichen: Spaltenwahl | None = None
    geschlecht: str = INSGESAMT
    altersgruppe: str = INSGESAMT
    staat: str = INSGESAMT
    gruppe: str = INSGESAMT
    gebiet: str | None = None
    stichtag: date | None = None

    @model_validator(mode="after")
    def _passend(self) -> "Wertspalte":
        if (self.spalte is None) == (self.muster is None):
            raise ValueError("Eine Wertspalte braucht entweder spalte oder muster.")
        if self.geschlecht not in (*GESCHLECHTER, INSGESAMT):
            raise ValueError(f"geschlecht »{self.geschlecht}«: erlaubt sind {', '.join((*GESCHLECHTER, INSGESAMT))}.")
        check_pattern(self.muster)
        return self


class Merkmal(Modell):
    """A figure of this source that is not in the common vocabulary."""

    titel: str
    einheit: Literal["personen", "prozent", "promille", "anteil", "faelle", "haushalte", "euro", "jahre", "qkm", "zahl"]
    additiv: bool | None = None
