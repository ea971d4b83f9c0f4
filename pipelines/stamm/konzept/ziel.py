"""Numeric goals of a Leitziel and target groups of measures: what konzept.yaml may say about figures.

Belongs here: the models. Does not belong here: whether indicator, area and definition exist (stamm/katalog/konzeptbezug.py) and
what a goal or a group comes to (the SQL of the marts).
"""

from typing import Annotated, Literal

from pydantic import Field

from pipelines.foundation.yaml_file import Modell
from schemas.spalten.common import INSGESAMT

Kennung = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Reihe(Modell):
    """Which series of an indicator is meant. `gebiet` null: the municipality itself; `profil` null: any definition."""

    indikator: Kennung
    gruppe: str = INSGESAMT
    geschlecht: Literal["m", "w", "d", "x", "insgesamt"] = "insgesamt"
    gebiet: str | None = None
    profil: Kennung | None = None


class Ziel(Reihe):
    """A value to reach by the end of a year, in the indicator's unit (percent: 0 to 100)."""

    zielwert: float = Field(allow_inf_nan=False)
    zieljahr: int = Field(ge=1990, le=2100)
    herkunft: str = Field(min_length=1)


class Zielgruppe(Reihe):
    """Whom a measure is for, as a count of an indicator: those under (`nenner`) or above (`zaehler`) the line.

    `vorschlag`: this project's reading of the measure's text, which no source states.
    """

    groesse: Literal["zaehler", "nenner"] = "nenner"
    vorschlag: bool = False
