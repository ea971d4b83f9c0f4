"""Areas with their outlines: the file read, simplified for a screen and written as text; areas that have none are told.

Belongs here: what gebiete.geojson adds to a municipality's areas. Does not belong here: its form (read.py).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely

from pipelines.foundation import config_files
from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung
from pipelines.stamm.gebiete import UNBEKANNT, Gebiet
from pipelines.stamm.geometrie.read import Umrisse, read_umrisse

DATEI = "gebiete.geojson"
THEMA = "umriss_fehlt"
# A map on a screen is about so many points wide; what is smaller than one of them is left out (proposal of this project).
BILDPUNKTE = 1200
STELLEN = 5  # decimals of a degree: about a metre


def add_umrisse(ordner: Path, gebiete: tuple[Gebiet, ...]) -> tuple[Gebiet, ...]:
    """The same areas, those of gebiete.geojson with their outline. Raises: KonfigurationsFehler for a file that is wrong."""
    datei = ordner / DATEI
    if not config_files.is_there(datei):
        return gebiete
    ebenen = tuple((g.gebiet_id, g.ebene) for g in gebiete if g.gebiet_id != UNBEKANNT)
    texte, herkunft = _remembered(datei, config_files.state(datei), ebenen)
    return tuple(
        replace(g, geometrie=texte[g.gebiet_id], geometrie_herkunft=herkunft) if g.gebiet_id in texte else g
        for g in gebiete
    )


@lru_cache(maxsize=16)
def _remembered(
    datei: Path, _stand: tuple[int, int], ebenen: tuple[tuple[str, str], ...]
) -> tuple[dict[str, str], str | None]:
    """Outlines by gebiet_id and where they come from, until the file or the areas change; whoever asks does not change them."""
    umrisse = read_umrisse(datei, [g for g, _ in ebenen])
    return _simplify(umrisse, dict(ebenen)), umrisse.herkunft


def _simplify(umrisse: Umrisse, ebenen: Mapping[str, str]) -> dict[str, str]:
    """gebiet_id → its outline as GeoJSON. Areas of one level keep their common borders."""
    west, sued, ost, nord = shapely.total_bounds([*umrisse.formen.values()])
    breite = math.cos(math.radians((sued + nord) / 2))  # a degree of longitude, in degrees of latitude
    genauigkeit = max((ost - west) * breite, nord - sued) / BILDPUNKTE
    texte: dict[str, str] = {}
    for ebene in set(ebenen.values()):
        kennungen = [k for k in umrisse.formen if ebenen[k] == ebene]
        formen = [shapely.transform(umrisse.formen[k], lambda p: p * (breite, 1)) for k in kennungen]
        for kennung, vorher, nachher in zip(
            kennungen, formen, shapely.coverage_simplify(formen, genauigkeit), strict=True
        ):
            form = vorher if nachher.is_empty or not nachher.is_valid else nachher
            form = shapely.orient_polygons(shapely.transform(form, lambda p: np.round(p / (breite, 1), STELLEN)))
            texte[kennung] = shapely.to_geojson(form)
    return texte


def warn_of_missing_outlines(kommune: str, gebiete: Sequence[Gebiet]) -> list[Meldung]:
    """A warning for each level of which some areas have an outline and others that are still valid have none."""
    meldungen = []
    for ebene in dict.fromkeys(g.ebene for g in gebiete if g.geometrie):
        ohne = [g.name for g in gebiete if g.ebene == ebene and not g.geometrie and g.gueltig_bis is None]
        ohne = [n for n in ohne if n != UNBEKANNT]
        if ohne:
            genannt = ", ".join(ohne[:10]) + (f" und {len(ohne) - 10} weitere" if len(ohne) > 10 else "")
            text = (
                f"Ohne Umriss, obwohl andere Gebiete der Ebene {ebene} einen haben: {genannt}. Im Atlas stehen sie neben der "
                "Karte. Erwartet: ein Feature je Gebiet aus gebiete.csv, das noch gilt; bitte nachtragen."
            )
            meldungen.append(Meldung(Schwere.warnung, kommune, DATEI, THEMA, text))
    return meldungen
