"""The pages of areas beside a report: the atlas and the profiles, where a municipality has areas.

Belongs here: their names and rendering. Does not belong here: what they show (atlas, gebietsprofil), writing files (write.py).
"""

from typing import Any

from pipelines.veroeffentlichung.bericht.gebietsprofil.profil import page_name
from pipelines.veroeffentlichung.bericht.parts import Teile


def atlas_name(kommune: str) -> str:
    return f"{kommune}.atlas.html"


def views(t: Teile) -> list[tuple[str, str]]:
    """(address, name) of the pages of areas that this municipality has."""
    kurz = t.b.kommune["kommune"]
    alle = ((t.atlas, atlas_name(kurz), "Atlas der Gebiete"), (t.profile, page_name(kurz), "Gebietsprofile"))
    return [(ziel, text) for da, ziel, text in alle if da]


def render_area_pages(umgebung: Any, t: Teile, geprueft: str) -> dict[str, str | None]:
    """File name → page, or None where there is nothing to show."""
    kurz = t.b.kommune["kommune"]
    atlas, profile = atlas_name(kurz), page_name(kurz)
    gemeinsam = {"b": t.b, "geprueft": geprueft, "atlasseite": atlas if t.atlas else "",
                 "gebietsseite": profile if t.profile else "", "archiv": ""}  # fmt: skip
    return {
        atlas: umgebung.get_template("atlas.html.j2").render(**gemeinsam, daten=t.atlas) if t.atlas else None,
        profile: umgebung.get_template("gebiete.html.j2").render(**gemeinsam, profile=t.profile) if t.profile else None,
    }
