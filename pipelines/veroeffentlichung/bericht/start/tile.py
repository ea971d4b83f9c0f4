"""A tile: the latest figures of a municipality, a small picture, of what kind its data are, what is new since the last release.

Belongs here: those from the parts of a report. Does not belong here: what changed between two files (news.py).
"""

import re
from dataclasses import dataclass

from pipelines.veroeffentlichung.bericht.aussagen.content import STEHT, Aussage
from pipelines.veroeffentlichung.bericht.aussagen.indikatoren import shown_series
from pipelines.veroeffentlichung.bericht.herkunft import ERFUNDEN, ERZEUGT
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorreihe, Indikatorteil
from pipelines.veroeffentlichung.bericht.indikatoren.sparkline import Verlauf, verlauf_bild
from pipelines.veroeffentlichung.bericht.indikatoren.words import indikatorwert, kachel, zaehlung
from pipelines.veroeffentlichung.bericht.numbers import datum
from pipelines.veroeffentlichung.bericht.parts import Teile

SAETZE = 2
# A source that names a newspaper or a press release is press: figures at second hand.
PRESSE = re.compile(
    r"zeitung|tageblatt|anzeiger|kurier|courier|nachrichten|rundschau|presse|newsline|rheinische post|\bpost\b",
    re.IGNORECASE,
)
ECHT = "echt"
# Kind of data → what it means.
ARTEN = {
    ECHT: "amtliche oder kommunale Zahlen", "Presse": "aus einer Meldung übernommen", "Beispiel": "erfundene Stände",
    "synthetisch": "erzeugte Personen, keine echten",
}  # fmt: skip


@dataclass(frozen=True)
class Kachel:
    """What a tile shows; `bild` with its name, the last value and its day."""

    arten: tuple[str, ...]
    saetze: tuple[Aussage, ...]
    bild: Verlauf | None
    bildtext: str
    neues: tuple[str, ...]


def kinds(t: Teile) -> tuple[str, ...]:
    """Kinds of data behind the figures, in the order of their weight."""
    da = set()
    for h in t.b.herkunft:
        da.add("synthetisch" if h.marke == ERZEUGT else "Beispiel" if h.marke == ERFUNDEN else
               "Presse" if PRESSE.search(h.text) else ECHT)  # fmt: skip
    da |= {"synthetisch"} if t.b.synthetisch else set()
    return tuple(a for a in ARTEN if a in da)


def _series(t: Indikatorteil) -> Indikatorreihe | None:
    """The share with Migrationshintergrund if there is one, else a series that describes the town; with two values.

    Of these one whose last values form a line, then of the latest year, then with the fewest gaps, then in the catalogue's order.
    """
    reihen = [r for r in shown_series(t) if sum(z["wert"] is not None for z in r.zeilen) > 1]
    reihen = [r for r in reihen if not t.katalog[r.schluessel[0]]["prozess"]]
    anteil = [r for r in reihen if t.katalog[r.schluessel[0]]["zaehler_merkmal"] == "personen_mit_mh"
              and t.katalog[r.schluessel[0]]["zaehler_filter"] is None]  # fmt: skip
    return next(iter([*anteil, *sorted(reihen, key=weight_series, reverse=True)]), None)


def weight_series(r: Indikatorreihe) -> list[float]:
    """Whether its last values form a line; its latest year; how few gaps it has."""
    werte = [z for z in r.zeilen if z["wert"] is not None]
    ohne_bruch = [z for z in werte if z["abschnitt"] == r.letzte["abschnitt"]]
    return [float(len(ohne_bruch) > 1), r.letzte["stichtag"].year, len(werte) / len(r.zeilen)]


def tile(t: Teile, neues: tuple[str, ...]) -> Kachel:
    saetze = [a for a in t.aussagen if a.art == STEHT][:SAETZE] or t.aussagen[:1]
    reihe = _series(t.indikatoren)
    text = ""
    if reihe:
        z = reihe.letzte
        name = kachel(t.indikatoren.katalog[reihe.schluessel[0]], zaehlung(z))
        text = f"{name} bis {datum(z['stichtag'])}: {indikatorwert(z).text}"
    return Kachel(kinds(t), tuple(saetze), verlauf_bild(reihe.zeilen) if reihe else None, text, neues)
