"""What a layout says about the figures of a table: what must add up, what they must agree with, how they were gathered.

Belongs here: the models. Does not belong here: files, columns and days (layout.py), and running the checks.
"""

from typing import Literal

from pydantic import Field, model_validator

from pipelines.foundation.findings import Schwere
from pipelines.foundation.yaml_file import Modell


class Stichprobe(Modell):
    """The figures are projected from a sample; `auswahlsatz` is the share of the population in it (Mikrozensus: 0.01)."""

    auswahlsatz: float = Field(gt=0, lt=1)


class Zerlegung(Modell):
    """What must add up: measures to a measure, or one measure over a breakdown to its `insgesamt`."""

    summe: str
    teile: tuple[str, ...] = ()
    ueber: Literal["geschlecht", "altersgruppe", "staat", "gruppe"] | None = None
    # Members of the breakdown that are contained in others, or the only ones that count.
    ohne: tuple[str, ...] = ()
    nur: tuple[str, ...] = ()
    # The members do not cover everything (rare nationalities left out): their sum may only not exceed the total.
    unvollstaendig: bool = False

    @model_validator(mode="after")
    def _eins(self) -> "Zerlegung":
        if bool(self.teile) == (self.ueber is not None):
            raise ValueError("Eine Zerlegung braucht entweder teile oder ueber.")
        return self


class Quote(Modell):
    """A printed rate and what it must follow from: faktor × zaehler / nenner, rounded once."""

    quote: str
    zaehler: str
    nenner: str
    faktor: int = 100


class Abgleich(Modell):
    """A printed table must agree with another source, within a tolerance in persons."""

    quelle: Literal["melderegister"]
    toleranz: int = Field(0, ge=0)
    schwere: Schwere = Schwere.fehler
