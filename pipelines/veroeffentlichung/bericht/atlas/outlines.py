"""Outlines of areas as a map on the screen: one SVG path each, with the place where its value is written.

Belongs here: from longitude and latitude to the map's own units. Does not belong here: reading and simplifying them
(stamm/geometrie), colours (templates/atlas.js).
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

EINHEITEN = 1000  # the longer side of the map


class Karte(NamedTuple):
    """A map: its size in its own units, and by area [path, x, y, radius]: the largest circle inside holds the value."""

    breite: int
    hoehe: int
    umrisse: dict[str, list[Any]]


def draw_outlines(geometrien: Mapping[str, str]) -> Karte | None:
    """The map of these areas (gebiet_id → GeoJSON); None without any."""
    if not geometrien:
        return None
    formen = {k: shapely.from_geojson(text) for k, text in geometrien.items()}
    west, sued, ost, nord = shapely.total_bounds([*formen.values()])
    laenge = math.cos(math.radians((sued + nord) / 2))  # a degree of longitude, in degrees of latitude
    massstab = EINHEITEN / max((ost - west) * laenge, nord - sued)

    def place(punkte: np.ndarray) -> np.ndarray:
        return np.asarray(np.round((punkte - (west, nord)) * (laenge * massstab, -massstab)))

    breite, hoehe = (math.ceil(n) for n in ((ost - west) * laenge * massstab, (nord - sued) * massstab))
    return Karte(breite, hoehe, {k: _draw_outline(shapely.transform(f, place)) for k, f in formen.items()})


def _draw_outline(form: BaseGeometry) -> list[Any]:
    """Rounding may have closed a narrow place: the circle is looked for in the largest part that is left."""
    groesste = max(shapely.get_parts(shapely.make_valid(form)), key=lambda f: f.area)
    kreis = shapely.maximum_inscribed_circle(groesste, 2) if groesste.area else groesste.centroid
    x, y = shapely.get_coordinates(kreis)[0]
    return [_path(form), round(x), round(y), round(kreis.length)]


def _path(form: BaseGeometry) -> str:
    """SVG of a shape: each ring begins absolutely and goes on by steps; a step of nothing is left out."""
    teile = []
    for ring in (r for f in shapely.get_parts(form) for r in shapely.get_rings(f)):
        punkte = shapely.get_coordinates(ring).astype(int)
        schritte = [f"{x} {y}" for x, y in np.diff(punkte, axis=0)[:-1].tolist() if x or y]
        teile.append(f"M{punkte[0][0]} {punkte[0][1]}l{' '.join(schritte)}z" if schritte else "")
    return "".join(teile).replace(" -", "-")
