"""What the sections of a paper are made of, and the shape of one: its blocks, or why it has none.

Belongs here: what every section needs. Does not belong here: any one section (build.py, population_sections.py).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipelines.veroeffentlichung.bericht.indikatoren.section import RAHMEN, WEITERE
from pipelines.veroeffentlichung.bericht.kapitel import Kapitel
from pipelines.veroeffentlichung.bericht.parts import Teile
from pipelines.veroeffentlichung.bericht.ratsvorlage.arten import Vorlagenteil
from pipelines.veroeffentlichung.bericht.ratsvorlage.content import Abschnitt, Block
from pipelines.veroeffentlichung.bericht.ratsvorlage.narrow import pull_mark
from pipelines.veroeffentlichung.bericht.svg import Bild
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

NICHTS = "Dazu ist nichts veröffentlicht."
WENIGE = 5  # indicators of the fields: with fewer, what frames all fields is told, too
UEBRIGE = (RAHMEN, WEITERE)


@dataclass(frozen=True)
class Material:
    """All that sections are made of: the report's parts, what an extract leaves of them (None: everything), the language."""

    t: Teile
    bilder: Mapping[str, Bild]
    kapitel: Sequence[Kapitel]
    feldnamen: Collection[str] | None
    nummern: Collection[str] | None
    sprache: str
    knapp: bool = False
    ganz: bool = True  # whether the paper is on the population as well, not on measures first

    @property
    def rahmen(self) -> bool:
        """Whether what frames all fields is told: always of the population; else where no definition and few fields tell it."""
        eigene = sum(len(k.feld.indikatoren) for k in self.kapitel if k.feld and k.feld.name not in UEBRIGE)
        return self.ganz or (not self.t.b.reihen and eigene < WENIGE)


def tell_section(teil: Vorlagenteil, *bloecke: Block | None, sonst: str = NICHTS) -> list[Abschnitt]:
    da = tuple(pull_mark(b) if isinstance(b, Tabelle) else b for b in bloecke if b)
    return [Abschnitt(teil.value, da, leer="" if da else sonst)]
