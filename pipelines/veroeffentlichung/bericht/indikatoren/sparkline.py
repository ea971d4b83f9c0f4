"""The small line beside an indicator: inline SVG with a gap at breaks and missing values, and the words that replace it.

Belongs here: drawing one series. Does not belong here: the large pictures (veroeffentlichung/bericht/bar_figure.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.veroeffentlichung.bericht.indikatoren.words import GRUENDE, indikatorwert
from pipelines.veroeffentlichung.bericht.numbers import datum

BREITE, HOEHE, RAND = 104, 40, 5
FARBE = "#12436d"
GRAU = "#5c5c5c"


@dataclass(frozen=True)
class Verlauf:
    """`svg`: the picture; `alternative`: every point in words."""

    svg: str
    alternative: str


def _lagen(reihe: Sequence[Mapping[str, Any]]) -> list[tuple[float, float | None]]:
    """Points of the picture: time to scale, height between lowest and highest value; None where there is no value."""
    tage = [z["stichtag"].toordinal() for z in reihe]
    werte = [z["wert"] for z in reihe if z["wert"] is not None]
    dauer = max(tage[-1] - tage[0], 1)
    unten, spanne = min(werte), (max(werte) - min(werte)) or None
    lagen: list[tuple[float, float | None]] = []
    for tag, z in zip(tage, reihe, strict=True):
        x = RAND + (BREITE - 2 * RAND) * ((tag - tage[0]) / dauer if len(tage) > 1 else 0.5)
        anteil = None if z["wert"] is None else 0.5 if spanne is None else (z["wert"] - unten) / spanne
        lagen.append((round(x, 1), None if anteil is None else round(HOEHE - RAND - (HOEHE - 2 * RAND) * anteil, 1)))
    return lagen


def verlauf_bild(reihe: Sequence[Mapping[str, Any]]) -> Verlauf | None:
    """A series in the order of time as a small line; None without any value.

    The line stops at a missing value (a small cross below) and where a new stretch begins (a dashed upright).
    """
    if all(z["wert"] is None for z in reihe):
        return None
    lagen = _lagen(reihe)
    teile: list[str] = []
    stueck: list[tuple[float, float]] = []
    stuecke: list[list[tuple[float, float]]] = []
    saetze: list[str] = []
    for i, (z, (x, y)) in enumerate(zip(reihe, lagen, strict=True)):
        wert = indikatorwert(z)
        if i and z["abschnitt"] != reihe[i - 1]["abschnitt"]:
            stuecke, stueck = [*stuecke, stueck], []
            mitte = round((lagen[i - 1][0] + x) / 2, 1)
            teile.append(
                f'<line x1="{mitte}" x2="{mitte}" y1="1" y2="{HOEHE - 1}" stroke="{GRAU}" stroke-dasharray="3 3"/>'
            )
            saetze.append(f"nicht fortgesetzt ({GRUENDE.get(z['abschnitt_grund'] or '', 'neuer Abschnitt')})")
        if y is None:
            stuecke, stueck = [*stuecke, stueck], []
            u = HOEHE - RAND
            teile.append(f'<path d="M{x - 3},{u - 3}l6,6m0,-6l-6,6" stroke="{GRAU}" stroke-width="1.5"/>')
            saetze.append(f"{datum(z['stichtag'])} {wert.read_aloud or 'kein Wert'}")
        else:
            stueck.append((x, y))
            saetze.append(f"{datum(z['stichtag'])} {wert.text}")
    for linie in [*stuecke, stueck]:
        if len(linie) > 1:
            punkte = " ".join(f"{x},{y}" for x, y in linie)
            teile.append(f'<polyline points="{punkte}" fill="none" stroke="{FARBE}" stroke-width="2"/>')
        teile += [f'<circle cx="{x}" cy="{y}" r="2" fill="{FARBE}"/>' for x, y in linie]
    letzter = next((lage for lage in reversed(lagen) if lage[1] is not None), None)
    if letzter:
        teile.append(f'<circle cx="{letzter[0]}" cy="{letzter[1]}" r="3.5" fill="{FARBE}"/>')
    svg = (
        f'<svg viewBox="0 0 {BREITE} {HOEHE}" width="{BREITE}" height="{HOEHE}" fill="none" aria-hidden="true">'
        f"{''.join(teile)}</svg>"
    )
    return Verlauf(svg, f"Verlauf: {'; '.join(saetze)}.")
