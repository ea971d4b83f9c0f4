"""What a definition counts in an area and age group although no table says it: by two of area, sex, age, and by all three.

Belongs here: unknowns that only stand between two published margins. Where nearly nobody, or nearly everybody, of an area has MH
under a definition told by areas and by ages, the two margins leave no choice in between, and what they leave tells of foreigners.
"""

from pipelines.geheimhaltung.angriff.bevoelkerung import traeger
from pipelines.geheimhaltung.angriff.read import Datei
from pipelines.geheimhaltung.angriff.system import INS, System

WENIGE = 30.0  # an area with more on either side leaves both margins room enough
UNBEKANNT = "unbekannt"


def add_inner(s: System, d: Datei) -> None:
    """Name the counts between the margins of every definition that has such an area; how they add up is connected later."""
    for p in d.profile():
        if any(_is_lopsided(s, p, g) for g in d.gebiete() if g not in (d.ags, UNBEKANNT)):
            for g, x, a in _between(d):
                if s.gives("E", "-", g, x, a) is not None and s.gives("MH", p, g, x, a) is None:
                    for art in ("MH", "D", "U"):
                        s.zahl(art, traeger(art, p), g, x, a)


def _between(d: Datei) -> list[tuple[str, str, str]]:
    """Places by two of area, sex, age, and by all three."""
    alter, geschlechter = d.altersgruppen(), d.geschlechter()
    gebiete = [g for g in d.gebiete() if g != d.ags]
    return [
        *((g, INS, a) for g in gebiete for a in alter),
        *((g, x, INS) for g in gebiete for x in geschlechter),
        *((d.ags, x, a) for x in geschlechter for a in alter),
        *((g, x, a) for g in gebiete for x in geschlechter for a in alter),
    ]


def _is_lopsided(s: System, profil: str, gebiet: str) -> bool:
    """Whether an area may have few with MH who are no foreigners, or few without."""
    ort = (gebiet, INS, INS)
    e, a, mit, u, deutsche = (s.gives(art, traeger(art, profil), *ort) for art in ("E", "A", "MH", "U", "D"))
    if e is None or a is None or mit is None or u is None or deutsche is None:
        return False
    if not all(s.fest(i) for i in (e, mit, u, deutsche)):
        return False
    return s.unten[e] > 0 and (s.unten[deutsche] < WENIGE or s.unten[e] - s.unten[mit] - s.unten[u] < WENIGE)
