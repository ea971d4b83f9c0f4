"""What a council paper consists of: its head, sections of paragraphs, lists, tables and pictures.

Belongs here: the shapes that both files are written from. Does not belong here: which of them a paper has (build.py), the files
(word.py, paged.py).
"""

from dataclasses import dataclass

from pipelines.veroeffentlichung.bericht.aussagen.translation import DEUTSCH
from pipelines.veroeffentlichung.bericht.svg import Bild
from pipelines.veroeffentlichung.bericht.table_shape import Tabelle

OFFEN = "[bitte eintragen]"
OHNE_GREMIUM = f"Ein Gremium ist in den veröffentlichten Angaben nicht genannt: {OFFEN}"


@dataclass(frozen=True)
class Beratungszeile:
    """A body that deals with the paper, when and how."""

    gremium: str
    termin: str
    behandlung: str


@dataclass(frozen=True)
class Vorlagenkopf:
    """What stands over the paper; what nobody published is left open to be filled in."""

    kommune: str
    art: str
    nummer: str
    betreff: str
    beratungen: tuple[Beratungszeile, ...]
    stand: str
    veroeffentlichung: str
    auszug: str = ""
    vorlagenwort: str = "Vorlage"

    @property
    def titelzeile(self) -> str:
        """The running head."""
        return f"{self.kommune} · {self.art} · {self.vorlagenwort} {self.nummer}"


@dataclass(frozen=True)
class Satz:
    """A sentence with the source below it; `marke` of invented figures."""

    text: str
    quelle: str
    marke: str = ""


@dataclass(frozen=True)
class Absatz:
    """A paragraph; `klein`: in small print; `fertig`: said in the language of the paper already."""

    text: str
    klein: bool = False
    fertig: bool = False


@dataclass(frozen=True)
class Liste:
    """Points; `namen`: they are texts as published."""

    punkte: tuple[str, ...]
    namen: bool = False


Block = Satz | Absatz | Liste | Tabelle | Bild


@dataclass(frozen=True)
class Abschnitt:
    """A section; `unter` marks one below another. `leer`: why it has nothing; such sections are gathered in one."""

    titel: str
    bloecke: tuple[Block, ...]
    unter: bool = False
    leer: str = ""


@dataclass(frozen=True)
class Papier:
    """The whole paper. `marke` says that figures in it are generated or invented."""

    kopf: Vorlagenkopf
    abschnitte: tuple[Abschnitt, ...]
    marke: str
    sprache: str = DEUTSCH
