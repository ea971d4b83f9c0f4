"""The pages of areas beside a report: the atlas and the profiles, where a municipality has areas.

Belongs here: their names and rendering. Does not belong here: what they show (atlas, gebietsprofil), writing files (write.py).
"""

from typing import Any

from pipelines.veroeffentlichung.bericht.gebietsprofil.profil import name_page
from pipelines.veroeffentlichung.bericht.parts import Teile


def name_atlas(kommune: str) -> str:
    return f"{kommune}.atlas.html"


def find_views(t: Teile) -> list[tuple[str, str]]:
    """(address, name) of the pages of areas that this municipality has."""
    kurz = t.b.kommune["kommune"]
    alle = ((t.atlas, name_atlas(kurz), "Atlas der Gebiete"), (t.profile, name_page(kurz), "Gebietsprofile"))
    return [(ziel, text) for da, ziel, text in alle if da]


def render_area_pages(umgebung: Any, t: Teile, geprueft: str) -> dict[str, str | None]:
    """File name → page, or None where there is nothing to show."""
    kurz = t.b.kommune["kommune"]
    atlas, profile = name_atlas(kurz), name_page(kurz)
    streifen = {k.streifen.kennung: k.streifen.svg for p in t.profile for k in p.kennzahlen}
    gemeinsam = {"b": t.b, "geprueft": geprueft, "atlasseite": atlas if t.atlas else "",
                 "gebietsseite": profile if t.profile else "", "archiv": ""}  # fmt: skip
    return {
        atlas: umgebung.get_template("atlas.html.j2").render(**gemeinsam, daten=t.atlas) if t.atlas else None,
        profile: umgebung.get_template("gebiete.html.j2").render(**gemeinsam, profile=t.profile, streifen=streifen)
        if t.profile
        else None,
    }
