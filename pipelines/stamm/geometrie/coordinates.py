"""Coordinates of a geometry file → longitude and latitude (WGS 84), whatever system the file names.

Belongs here: finding that system and converting. Does not belong here: shapes and keys (read.py).
"""

from typing import Any, NamedTuple

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

LAENGE_BREITE = "OGC:CRS84"
# Longitude and latitude that no German municipality lies outside of.
WESTEN, SUEDEN, OSTEN, NORDEN = 5.5, 47.0, 15.5, 55.5
HILFE = (
    "Erwartet: Länge und Breite (WGS 84) nach RFC 7946, oder das Mitglied crs mit dem Namen des Systems, z. B. "
    '{"type": "name", "properties": {"name": "EPSG:25832"}} für ETRS89/UTM 32. QGIS: Exportieren als GeoJSON mit KBS EPSG:4326.'
)


class KoordinatenFehler(ValueError):
    """The coordinates cannot be converted; the text is German and names found and expected."""


class Rahmen(NamedTuple):
    """The box that holds all shapes, in the coordinates of the file."""

    x_von: float
    y_von: float
    x_bis: float
    y_bis: float

    def is_inside(self, westen: float, sueden: float, osten: float, norden: float) -> bool:
        return westen <= self.x_von and self.x_bis <= osten and sueden <= self.y_von and self.y_bis <= norden

    def __str__(self) -> str:
        return f"x von {self.x_von:g} bis {self.x_bis:g}, y von {self.y_von:g} bis {self.y_bis:g}"


def read_system(inhalt: dict[str, Any]) -> CRS | None:
    """The coordinate system that the file names (member `crs` of older GeoJSON); None if it names none.

    Raises: KoordinatenFehler for a name nobody knows.
    """
    angabe = inhalt.get("crs")
    if angabe is None:
        return None
    eigenschaften = angabe.get("properties") if isinstance(angabe, dict) else None
    name = eigenschaften.get("name") if isinstance(eigenschaften, dict) else None
    try:
        if isinstance(name, str):
            return CRS.from_user_input(name)
    except CRSError:
        pass  # told below, as a name that is none
    raise KoordinatenFehler(f"Das Koordinatensystem »{name if name is not None else angabe}« ist unbekannt. {HILFE}")


def to_lon_lat(formen: list[BaseGeometry], system: CRS | None) -> list[BaseGeometry]:
    """The same shapes in longitude and latitude, without heights.

    Raises: KoordinatenFehler if they do not lie in Germany then.
    """
    rahmen = Rahmen(*map(float, shapely.total_bounds(formen)))
    flach = [shapely.force_2d(f) for f in formen]
    if system is None and not rahmen.is_inside(-180, -90, 180, 90):
        raise KoordinatenFehler(f"Gefunden: {rahmen}; das sind keine Grad, und die Datei nennt kein System. {HILFE}")
    if system is not None:
        umrechnung = Transformer.from_crs(system, LAENGE_BREITE, always_xy=True)

        def convert(punkte: np.ndarray) -> np.ndarray:
            return np.column_stack(umrechnung.transform(punkte[:, 0], punkte[:, 1], errcheck=True))

        try:
            flach = [shapely.transform(f, convert) for f in flach]
        except ProjError:
            raise KoordinatenFehler(f"Gefunden: {rahmen}; in {system.name} gibt es das nicht. {HILFE}") from None
    danach = Rahmen(*map(float, shapely.total_bounds(flach)))
    if not danach.is_inside(WESTEN, SUEDEN, OSTEN, NORDEN):
        vertauscht = Rahmen(danach.y_von, danach.x_von, danach.y_bis, danach.x_bis)
        rat = "Länge und Breite sind vertauscht: die Länge steht vorn" if vertauscht.is_inside(
            WESTEN, SUEDEN, OSTEN, NORDEN) else "das liegt nicht in Deutschland"  # fmt: skip
        raise KoordinatenFehler(f"Gefunden: {rahmen}; {rat}. {HILFE}")
    return flach
