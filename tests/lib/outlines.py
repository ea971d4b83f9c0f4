"""Invented outlines: squares in rows, as a municipality's gebiete.geojson.

Belongs here: making such a file's content. Does not belong here: tests. Nothing is a real border.
"""

from typing import Any

from pyproj import Transformer

WEST, NORD, SEITE = 7.50, 51.65, 0.01  # degrees


def square(spalte: int, zeile: int) -> list[list[float]]:
    """A closed ring, counted from the left and from the top."""
    w, n = WEST + spalte * SEITE, NORD - zeile * SEITE
    punkte = [[w, n], [w, n - SEITE], [w + SEITE, n - SEITE], [w + SEITE, n], [w, n]]
    return [[round(x, 6), round(y, 6)] for x, y in punkte]


def feature(gebiet_id: Any, ring: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature", "properties": {"gebiet_id": gebiet_id}, "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip


def collection(*features: Any, **mehr: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **mehr, "features": list(features)}


def in_system(inhalt: dict[str, Any], system: str, name: bool = True) -> dict[str, Any]:
    """The same collection in another coordinate system, which it names or not."""
    convert = Transformer.from_crs("OGC:CRS84", system, always_xy=True)
    neu = [
        feature(f["properties"]["gebiet_id"], [[*convert.transform(x, y)] for x, y in f["geometry"]["coordinates"][0]])
        for f in inhalt["features"]
    ]
    crs = {"crs": {"type": "name", "properties": {"name": system}}} if name else {}
    return {**inhalt, **crs, "features": neu}
