"""What the report's part on indicators consists of: series, rows, indicators, fields, the whole part.

Belongs here: the shapes that page and workbook are made from. Does not belong here: which of them a report shows
(section.py), how a series is read (series.py) and becomes a row (entry.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.veroeffentlichung.bericht.bemerkungen import NONE, Remarks
from pipelines.veroeffentlichung.bericht.content import Definition, Zeile
from pipelines.veroeffentlichung.bericht.indikatoren import words as worte
from pipelines.veroeffentlichung.bericht.indikatoren.sparkline import Verlauf
from pipelines.veroeffentlichung.bericht.numbers import Wert, legende
from pipelines.veroeffentlichung.bericht.staaten import Staatsnamen

Schluessel = tuple[str, ...]


@dataclass(frozen=True)
class Indikatorreihe:
    """A series: all rows of both sexes together, women's and men's rows, its trend, its latest row, its definition."""

    schluessel: Schluessel
    zeilen: Sequence[Zeile]
    je_geschlecht: Mapping[tuple[str, Any], Zeile]
    trend: Zeile | None
    definition: Definition | None
    main: bool

    @property
    def letzte(self) -> Zeile:
        return self.zeilen[-1]

    def von(self, geschlecht: str) -> Zeile | None:
        return self.je_geschlecht.get((geschlecht, self.letzte["zeitraum"]))


@dataclass(frozen=True)
class Eintrag:
    """A row of the table as a reader sees it; no field but `definition` is ever empty. `kennung`: its address on the page."""

    kennung: str
    gruppe: str
    definition: str
    stand: str
    wert: Wert
    zuletzt: str
    frauen: Wert | str
    maenner: Wert | str
    vergleichsgruppe: str
    vergleich: Wert | None
    abstand: tuple[str, ...]
    veraenderung: tuple[str, ...]
    urteil: str
    anmerkungen: tuple[str, ...]
    verlauf: str
    ziel: tuple[str, ...]
    bild: Verlauf | None
    beispiel: str
    grund: str = ""
    zaehlung: str = ""
    bemerkungen: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        return worte.URTEILE[self.urteil][0]

    @property
    def urteilswort(self) -> str:
        return worte.URTEILE[self.urteil][1]


@dataclass(frozen=True)
class Indikatorabschnitt:
    """An indicator with its rows; `verweis`: an id of the page where its values stand instead."""

    kennung: str
    name: str
    definition: str
    richtung: str
    vorschlag: bool
    auch_in: tuple[str, ...]
    eintraege: tuple[Eintrag, ...]
    verweis: str | None
    quellen: tuple[str, ...]
    quellennamen: tuple[str, ...]
    beachten: tuple[str, ...]
    nur_arbeitsmappe: int

    @property
    def werte(self) -> list[Wert]:
        felder = [f for e in self.eintraege for f in (e.wert, e.frauen, e.maenner, e.vergleich)]
        return [f for f in felder if isinstance(f, Wert)]


@dataclass(frozen=True)
class Feldabschnitt:
    """A Handlungsfeld: the indicators it shows, those shown in an earlier field, and those still without figures."""

    kennung: str
    name: str
    indikatoren: tuple[Indikatorabschnitt, ...]
    verwiesen: tuple[Indikatorabschnitt, ...]
    ohne_zahlen: tuple[str, ...]

    @property
    def legende(self) -> list[tuple[str, str]]:
        return legende(w for i in self.indikatoren for w in i.werte)


@dataclass(frozen=True)
class Nennung:
    """An indicator in the summary, with its groups; `zahl`: how many series that are; `marke` of invented figures."""

    name: str
    zahl: int
    marke: str


@dataclass(frozen=True)
class Indikatorteil:
    """The whole part. `zusammenfassung`: (verdict, series by reason); `beispiel` of the `gezeigt` rows are invented."""

    konzept: str | None
    konzept_herkunft: str
    felder: tuple[Feldabschnitt, ...]
    zusammenfassung: tuple[tuple[str, tuple[tuple[str, tuple[Nennung, ...]], ...]], ...]
    beispiel: int
    gezeigt: int
    test: str
    reihen: tuple[Indikatorreihe, ...]
    staaten: Staatsnamen
    katalog: Mapping[str, Zeile]
    gezeigte_zeilen: tuple[Zeile, ...] = ()
    mindestpunkte: int = 0
    remarks: Remarks = NONE

    @property
    def leer(self) -> bool:
        return not self.reihen
