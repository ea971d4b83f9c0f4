"""Where an area stands on the tile map: the optional columns kachel_x and kachel_y of gebiete.csv.

Belongs here: reading both numbers and checking them, with German errors. Does not belong here: the other columns (gebiete.py),
drawing the map (veroeffentlichung/bericht/atlas).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

KACHELFELDER = ["kachel_x", "kachel_y"]
GROESSTE = 99  # columns and rows of a map that still fits a screen


@dataclass(frozen=True)
class Kachelplatz:
    """An area's place on the map of its level: column from the left and row from the top, with the days it is valid."""

    wo: str
    gebiet: str
    ebene: str
    platz: tuple[int, int]
    von: date
    bis: date


def read_kachel(wo: str, zeile: Mapping[str, str], fehler: list[str]) -> tuple[int, int] | None:
    """(column, row) of an area's tile, or None; what is wrong is added to `fehler`. Both numbers or none."""
    texte = [zeile.get(f, "") for f in KACHELFELDER]
    if not any(texte):
        return None
    zahlen: list[int] = []
    for feld, text in zip(KACHELFELDER, texte, strict=True):
        if text.isascii() and text.isdigit() and 1 <= int(text) <= GROESSTE:
            zahlen.append(int(text))
        elif not text:
            fehler.append(
                f"{wo}, {feld}: leer, obwohl die andere Zahl der Kachel dasteht. Bitte beide nennen oder keine."
            )
        else:
            fehler.append(
                f"{wo}, {feld}: »{text}« ist keine ganze Zahl von 1 bis {GROESSTE} (kachel_x zählt von links, kachel_y von oben)."
            )
    return (zahlen[0], zahlen[1]) if len(zahlen) == len(KACHELFELDER) else None


def find_doubled(plaetze: Sequence[Kachelplatz]) -> list[str]:
    """A message for each area on a tile that another area of its level has at the same time."""
    belegt: dict[tuple[str, tuple[int, int]], list[Kachelplatz]] = {}
    fehler: list[str] = []
    for p in plaetze:
        andere = belegt.setdefault((p.ebene, p.platz), [])
        fehler += [
            f"{p.wo}, kachel_x und kachel_y: {p.gebiet} und {a.gebiet} (beide {p.ebene}) stehen auf derselben Kachel "
            f"{p.platz[0]};{p.platz[1]}. Bitte einem von beiden eine freie geben."
            for a in andere
            if p.von <= a.bis and a.von <= p.bis
        ]
        andere.append(p)
    return fehler
