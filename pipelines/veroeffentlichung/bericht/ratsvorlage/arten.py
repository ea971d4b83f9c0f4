"""The kinds of council papers, and the sections each consists of, in order.

Belongs here: that list. Does not belong here: what a section shows (build.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Vorlagenteil(Enum):
    """A section of a paper and its heading."""

    wichtigstes = "Das Wichtigste"
    bevoelkerung = "Bevölkerung"
    entwicklung = "Entwicklung"
    handlungsfelder = "Handlungsfelder: Ziele und Indikatoren"
    gebiete = "Städte, Stadtteile und Gebiete"
    staaten = "Staatsangehörigkeiten"
    geliefert = "Weitere gelieferte Zahlen"
    umsetzung = "Stand der Umsetzung"
    massnahmen = "Die Maßnahmen im Einzelnen"
    ohne_beginn = "Was nicht begonnen hat, und warum"
    aenderungen = "Was sich seit dem letzten Stand geändert hat"
    meilensteine = "Meilensteine"
    ergebnis = "Was es gekostet hat, wen es erreicht hat, was herauskam"
    anpassungen = "Beschlossene Anpassungen"
    berichte = "Berichtspflichten"
    luecken = "Noch ohne Zahlen"


@dataclass(frozen=True)
class Papierart:
    """A kind of paper: its id on the command line, its title, its sections; `knapp`: a table does not repeat a picture."""

    kennung: str
    titel: str
    teile: tuple[Vorlagenteil, ...]
    knapp: bool = False


_ERGEBNISSE = (Vorlagenteil.umsetzung, Vorlagenteil.ohne_beginn, Vorlagenteil.ergebnis)

ARTEN: Mapping[str, Papierart] = {
    art.kennung: art
    for art in (
        Papierart(
            "monitoring",
            "Integrationsmonitoring",
            (
                Vorlagenteil.wichtigstes, Vorlagenteil.bevoelkerung, Vorlagenteil.gebiete, Vorlagenteil.staaten,
                Vorlagenteil.entwicklung, Vorlagenteil.handlungsfelder, Vorlagenteil.geliefert,
                Vorlagenteil.umsetzung, Vorlagenteil.berichte, Vorlagenteil.luecken,
            ),
        ),
        Papierart(
            "zwischenbericht",
            "Zwischenbericht zur Umsetzung des Integrationskonzepts",
            (
                Vorlagenteil.wichtigstes, Vorlagenteil.umsetzung, Vorlagenteil.massnahmen, Vorlagenteil.ohne_beginn,
                Vorlagenteil.aenderungen, Vorlagenteil.meilensteine, Vorlagenteil.anpassungen, Vorlagenteil.entwicklung,
                Vorlagenteil.handlungsfelder, Vorlagenteil.gebiete, Vorlagenteil.berichte,
            ),
        ),
        Papierart(
            "abschlussbericht",
            "Abschlussbericht zur Umsetzung des Integrationskonzepts",
            (
                Vorlagenteil.wichtigstes, *_ERGEBNISSE, Vorlagenteil.entwicklung, Vorlagenteil.handlungsfelder,
                Vorlagenteil.anpassungen, Vorlagenteil.berichte,
            ),
        ),
        Papierart(
            "zweijahresbericht",
            "Bericht über die Umsetzung und Wirkung des Integrationskonzepts",
            (
                Vorlagenteil.wichtigstes, Vorlagenteil.bevoelkerung, Vorlagenteil.gebiete, Vorlagenteil.entwicklung,
                Vorlagenteil.handlungsfelder, *_ERGEBNISSE, Vorlagenteil.berichte,
            ),
            knapp=True,
        ),
    )
}  # fmt: skip
