"""Which sentences the first screen tells: what stands, what changed, what to watch, at most five.

Belongs here: the order and the choice. Does not belong here: the sentences (bevoelkerung.py, indikatoren.py, massnahmen.py).
"""

from collections.abc import Iterable

import duckdb

from pipelines.veroeffentlichung.bericht.aussagen import bevoelkerung, indikatoren, massnahmen
from pipelines.veroeffentlichung.bericht.aussagen.content import ACHTEN, ARTEN, GEAENDERT, STEHT, Aussage
from pipelines.veroeffentlichung.bericht.brueche import Brueche
from pipelines.veroeffentlichung.bericht.content import Bericht, Zeile
from pipelines.veroeffentlichung.bericht.herkunft import angenommene
from pipelines.veroeffentlichung.bericht.indikatoren.content import Indikatorteil

HOECHSTENS = 5
# A place that one kind leaves free goes to the others.
PLAETZE = {STEHT: 3, GEAENDERT: 1, ACHTEN: 1}


def choose(aussagen: Iterable[Aussage | None]) -> list[Aussage]:
    """At most five: of each kind the first ones in their places, then whatever is left in order; told by kind."""
    da = [a for a in aussagen if a]
    gewaehlt = [a for art, n in PLAETZE.items() for a in [x for x in da if x.art == art][:n]]
    rest = [a for a in da if a not in gewaehlt]
    gewaehlt += rest[: HOECHSTENS - len(gewaehlt)]
    return sorted(gewaehlt, key=lambda a: (list(ARTEN).index(a.art), da.index(a)))


def load_aussagen(
    con: duckdb.DuckDBPyConnection, kommune: Zeile, b: Bericht, t: Indikatorteil, brueche: Brueche
) -> list[Aussage]:
    """The sentences of one municipality; none where nothing is published."""
    anteil = bevoelkerung.level(b)
    kurz = kommune["kommune"]
    return choose([
        anteil,
        bevoelkerung.areas(b),
        *(indikatoren.level(t, kommune, angenommene(con))[:2] if anteil is None else []),
        *massnahmen.load_sentences(con, kurz),
        indikatoren.judged(t, "verschlechtert", ACHTEN, "schlechter"),
        indikatoren.missed_goal(t),
        *massnahmen.load_missed_duties(con, kurz)[:1],
        bevoelkerung.change(b, brueche),
        indikatoren.judged(t, "verbessert", GEAENDERT, "besser"),
        *(indikatoren.changes(t)[:2] if anteil is None else []),
        bevoelkerung.range_of_definitions(b),
        indikatoren.no_verdict(t),
    ])  # fmt: skip
