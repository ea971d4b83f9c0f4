"""Which facts of an extract a municipality tells beside its definitions, and by which bounds (kommune.yaml, `registermerkmale`).

Belongs here: the choice and its defaults. Does not belong here: counting them (pipelines/bevoelkerung/facts.py).
"""

from itertools import pairwise

from pydantic import Field, field_validator

from pipelines.foundation.yaml_file import Modell
from schemas.spalten.register import MERKMALE

# The eight main non-European states of origin of asylum seekers: Afghanistan, Eritrea, Irak, Iran, Nigeria, Pakistan, Somalia,
# Syrien. Source: IAB-Forum, Glossar »Asylherkunftsländer« (https://www.iab-forum.de/glossar/asylherkunftslaender/).
ASYLHERKUNFT = ("423", "224", "438", "439", "232", "461", "273", "475")


class Registermerkmale(Modell):
    """What of marts.registermerkmal is told. Bounds of durations are completed years (proposal of this project).

    Five and eight years are the residence that naturalisation asks for since and before 27.06.2024 (StAG § 10).
    """

    zeigen: tuple[str, ...] = MERKMALE
    aufenthaltsdauer: tuple[int, ...] = (1, 5, 8, 15)
    wohndauer: tuple[int, ...] = (1, 5, 10, 20)
    asylherkunft: tuple[str, ...] = ASYLHERKUNFT
    # The law of the Land decides: without an age these are not counted. NRW 16 each: KWahlG § 7 (as printed at lexmea.de) and
    # GO § 27 Abs. 3 (as towns explain it, viersen.de); both texts read on copies, not in the official collection.
    wahlalter_kommunal: int | None = Field(None, ge=14, le=18)
    wahlalter_integrationsrat: int | None = Field(None, ge=14, le=18)
    # From 65 on: the youth and old-age ratios ask for all years below.
    hoechstes_altersjahr: int = Field(90, ge=65, le=110)
    zuzugsjahre: int = Field(10, ge=1, le=30)

    @field_validator("zeigen")
    @classmethod
    def _bekannt(cls, wert: tuple[str, ...]) -> tuple[str, ...]:
        if fremd := [m for m in wert if m not in MERKMALE]:
            raise ValueError(f"Das Merkmal »{fremd[0]}« gibt es nicht. Erlaubt: {', '.join(MERKMALE)}.")
        return wert

    @field_validator("aufenthaltsdauer", "wohndauer")
    @classmethod
    def _grenzen(cls, wert: tuple[int, ...]) -> tuple[int, ...]:
        if not wert or wert[0] < 1 or wert[-1] > 99 or any(a >= b for a, b in pairwise(wert)):
            raise ValueError("Erwartet werden steigende ganze Jahre zwischen 1 und 99, z. B. [1, 5, 8, 15].")
        return wert
