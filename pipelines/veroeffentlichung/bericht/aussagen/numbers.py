"""What a sentence is filled with: numbers with the query that finds each again, days, words.

Belongs here: these shapes. Does not belong here: sentences (content.py), their texts (sprachen.py).
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class BelegteZahl:
    """A number of a sentence: as printed, as it stands in the file, and the query that returns it there."""

    text: str
    wert: float
    abfrage: str


@dataclass(frozen=True)
class Benennung:
    """An indicator in a sentence: its name in the catalogue, who is counted, of which group."""

    name: str
    zaehlung: str = ""
    gruppe: str = ""


Teil = str | BelegteZahl
Fuellung = str | date | BelegteZahl | Benennung | tuple[str, ...]  # several texts of one kind
