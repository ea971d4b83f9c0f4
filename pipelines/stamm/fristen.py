"""How long persons stay in the secure zone, as kommune.yaml says it.

Belongs here: these rules of a municipality. Does not belong here: deleting (bevoelkerung/aufbewahrung.py, bevoelkerung/flows.py).
"""

from pydantic import Field

from pipelines.foundation.yaml_file import Modell


class Verknuepfung(Modell):
    """On what linking rests, and how many days after its Stichtag what is kept for it alone is deleted (proposal: 400)."""

    rechtsgrundlage: str | None = Field(None, min_length=10)
    frist_tage: int = Field(400, ge=0, le=3650)


class Aufbewahrung(Modell):
    """How many days after they were read persons and rejected lines stay in the secure zone (proposals: 400 and 90)."""

    personen_tage: int = Field(400, ge=1, le=3650)
    abgewiesene_tage: int = Field(90, ge=1, le=3650)
