"""The published outlines of a municipality's areas as one file for a geographic information system.

Belongs here: that file. Does not belong here: simplifying outlines (stamm/geometrie), writing the archive (archive.py).
"""

import json

import duckdb

from pipelines.veroeffentlichung.bericht.herkunft import spalten


def build_geojson(con: duckdb.DuckDBPyConnection, kommune: str) -> str:
    """A FeatureCollection (RFC 7946) of all areas that have an outline; nothing where none has, as in a release before."""
    if "geometrie" not in spalten(con, "dim.gebiet"):
        return ""
    zeilen = con.execute(
        "select gebiet_id, gebiet, ebene, geometrie, geometrie_herkunft from dim.gebiet "
        "where kommune = ? and geometrie is not null order by gebiet_id",
        [kommune],
    ).fetchall()
    if not zeilen:
        return ""
    merkmale = [
        {
            "type": "Feature",
            "properties": {"gebiet_id": g, "gebiet": name, "ebene": ebene},
            "geometry": json.loads(geometrie),
        }
        for g, name, ebene, geometrie, _ in zeilen
    ]
    herkunft = {"herkunft": zeilen[0][4]} if zeilen[0][4] else {}
    return json.dumps({"type": "FeatureCollection", **herkunft, "features": merkmale}, ensure_ascii=False)
