"""gebiete.geojson → one shape for each area, in longitude and latitude.

Belongs here: the file's form (RFC 7946), its keys and shapes, each fault with file, feature, found and expected. Does not belong
here: coordinate systems (coordinates.py), which areas lack one (outlines.py).
"""

import json
import math
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from pipelines.foundation import config_files
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import aehnlich, check_datei, kurzpfad
from pipelines.stamm.geometrie.coordinates import KoordinatenFehler, read_system, to_lon_lat

SCHLUESSEL = "gebiet_id"
HOECHSTENS_BYTES = 100_000_000  # Berlin's 542 planning areas in full detail have about 10 million
HOECHSTENS_FEHLER = 20
# What GEOS says of a shape that is none, in words; in brackets behind it stands the place.
GRUENDE = {
    "Self-intersection": "die Grenze kreuzt sich selbst", "Ring Self-intersection": "die Grenze berührt sich selbst",
    "Hole lies outside shell": "ein Loch liegt außerhalb der Fläche", "Nested shells": "Teilflächen liegen ineinander",
    "Nested holes": "Löcher liegen ineinander", "Interior is disconnected": "ein Loch zerschneidet die Fläche",
    "Duplicate Rings": "ein Ring steht doppelt", "Too few points in geometry component": "ein Ring hat zu wenige Punkte",
}  # fmt: skip


class Umrisse(NamedTuple):
    """Shapes by gebiet_id, in longitude and latitude; where they come from, as the file says."""

    formen: dict[str, BaseGeometry]
    herkunft: str | None


def read_umrisse(datei: Path, bekannt: Collection[str]) -> Umrisse:
    """All shapes of the file. `bekannt`: the keys of gebiete.csv.

    Raises: KonfigurationsFehler with every fault (at most twenty), one a line.
    """
    inhalt = _read_json(datei)
    merkmale = inhalt.get("features") if isinstance(inhalt, dict) else None
    if not isinstance(merkmale, list) or inhalt.get("type") != "FeatureCollection" or not merkmale:
        art = inhalt.get("type") if isinstance(inhalt, dict) else type(inhalt).__name__
        leer = " ohne features" if art == "FeatureCollection" else ""
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Erwartet wird eine FeatureCollection mit einem Feature je Gebiet (RFC 7946). "
            f"Gefunden: {art or 'kein type'}{leer}."
        )
    fehler = _check_keys(merkmale, bekannt)
    formen: dict[str, BaseGeometry] = {}
    for nummer, merkmal in enumerate(merkmale, 1):
        schluessel = key_of(merkmal)
        wo = f"Feature {nummer}" + (f" ({SCHLUESSEL} »{schluessel}«)" if schluessel else "")
        form = _read_shape(merkmal, wo, fehler)
        if form is not None and schluessel is not None:
            formen.setdefault(schluessel, form)
    if not fehler:
        try:
            formen = dict(zip(formen, to_lon_lat([*formen.values()], read_system(inhalt)), strict=True))
        except KoordinatenFehler as grund:
            fehler.append(f"Koordinaten: {grund}")
    if fehler:
        mehr = [f"… und {len(fehler) - HOECHSTENS_FEHLER} weitere Fehler."] if len(fehler) > HOECHSTENS_FEHLER else []
        raise KonfigurationsFehler("\n".join(f"{kurzpfad(datei)}, {f}" for f in [*fehler[:HOECHSTENS_FEHLER], *mehr]))
    herkunft = inhalt.get("herkunft")
    return Umrisse(formen, herkunft.strip() or None if isinstance(herkunft, str) else None)


def _read_json(datei: Path) -> Any:
    check_datei(datei)
    try:
        roh = config_files.read_bytes(datei)
        if len(roh) > HOECHSTENS_BYTES:
            raise KonfigurationsFehler(
                f"{kurzpfad(datei)}: {len(roh):,} Byte sind mehr als {HOECHSTENS_BYTES:,}. Bitte die Grenzen vereinfachen oder "
                "nur die Gebiete der Kommune ausgeben.".replace(",", ".", 2)
            )
        return json.loads(roh.decode("utf-8-sig"))
    except UnicodeDecodeError as grund:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Die Datei ist nicht in UTF-8 gespeichert (Byte {grund.start}). Bitte als UTF-8 speichern."
        ) from None
    except json.JSONDecodeError as grund:
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}, Zeile {grund.lineno}, Zeichen {grund.colno}: kein gültiges JSON. Erwartet wird GeoJSON "
            "(RFC 7946); bricht die Datei hier ab, wurde sie nicht ganz gespeichert."
        ) from None
    except RecursionError:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei ist zu tief verschachtelt.") from None
    except OSError as grund:
        raise KonfigurationsFehler(f"{kurzpfad(datei)}: Die Datei lässt sich nicht lesen ({grund.strerror}).") from None


def key_of(merkmal: Any) -> str | None:
    """The area of a feature: its property gebiet_id, else its own id."""
    if not isinstance(merkmal, dict):
        return None
    eigenschaften = merkmal.get("properties")
    wert = eigenschaften.get(SCHLUESSEL) if isinstance(eigenschaften, dict) else None
    wert = merkmal.get("id") if wert is None else wert
    return str(wert).strip() or None if isinstance(wert, str | int) and not isinstance(wert, bool) else None


def _check_keys(merkmale: list[Any], bekannt: Collection[str]) -> list[str]:
    """Features without a key, of an area nobody knows, or of one that is there twice."""
    schluessel = [key_of(m) for m in merkmale]
    if not any(s in bekannt for s in schluessel) and (anderer := _other_property(merkmale, bekannt)):
        return [
            f"Feature 1 bis {len(merkmale)}: {SCHLUESSEL} fehlt oder ist fremd; die Schlüssel aus gebiete.csv stehen in der "
            f"Eigenschaft »{anderer}«. Bitte sie in {SCHLUESSEL} umbenennen."
        ]
    fehler = []
    anzahl = Counter(schluessel)
    for nummer, s in enumerate(schluessel, 1):
        if s is None:
            eigene = merkmale[nummer - 1].get("properties") if isinstance(merkmale[nummer - 1], dict) else None
            namen = ", ".join(map(str, eigene)) if isinstance(eigene, dict) and eigene else "keine"
            fehler.append(
                f"Feature {nummer}: {SCHLUESSEL} fehlt. Erwartet: ein Schlüssel aus gebiete.csv. Eigenschaften: {namen}."
            )
        elif s not in bekannt:
            nah = next((b for b in bekannt if b.lstrip("0") == s.lstrip("0")), None) or aehnlich(s, [*bekannt])
            fehler.append(
                f"Feature {nummer}, {SCHLUESSEL}: »{s}« steht nicht in gebiete.csv"
                + (f"; ähnlich: »{nah}«" if nah else "") + ". Bitte dort nachtragen oder das Feature weglassen."
            )  # fmt: skip
        elif anzahl[s] > 1 and schluessel.index(s) + 1 < nummer:
            fehler.append(
                f"Feature {nummer}, {SCHLUESSEL}: »{s}« hat schon Feature {schluessel.index(s) + 1}. Erwartet: ein Feature je "
                "Gebiet; mehrere Teilflächen stehen in einem MultiPolygon."
            )
    return fehler


def _other_property(merkmale: list[Any], bekannt: Collection[str]) -> str | None:
    """A property that holds a known key in most features."""
    treffer: Counter[str] = Counter()
    for m in merkmale:
        eigenschaften = m.get("properties") if isinstance(m, dict) else None
        treffer.update(
            n for n, w in (eigenschaften.items() if isinstance(eigenschaften, dict) else ()) if str(w) in bekannt
        )
    name, anzahl = max(treffer.items(), key=lambda t: t[1], default=("", 0))
    return name if 2 * anzahl > len(merkmale) else None


def _read_shape(merkmal: Any, wo: str, fehler: list[str]) -> BaseGeometry | None:
    """A feature's area, or None; what is wrong with it is added to `fehler`."""
    geometrie = merkmal.get("geometry") if isinstance(merkmal, dict) else None
    art = geometrie.get("type") if isinstance(geometrie, dict) else None
    if not isinstance(geometrie, dict) or art not in ("Polygon", "MultiPolygon"):
        gefunden = art or ("keine geometry" if isinstance(merkmal, dict) else type(merkmal).__name__)
        fehler.append(f"{wo}: Erwartet wird Polygon oder MultiPolygon. Gefunden: {gefunden}.")
        return None
    koordinaten = geometrie.get("coordinates")
    grund = next(_find_ring_faults(koordinaten, art), None)
    if grund:
        fehler.append(f"{wo}: {grund}")
        return None
    form = _mend(shape({"type": art, "coordinates": koordinaten}))
    if not form.is_valid:
        satz, _, ort = shapely.is_valid_reason(form).partition("[")
        stelle = f" bei {ort.rstrip(']').replace(' ', ' / ')}" if ort else ""
        fehler.append(
            f"{wo}: {GRUENDE.get(satz, 'die Fläche ist ungültig')}{stelle}. Bitte im Geoinformationssystem bereinigen."
        )
        return None
    return form


def _mend(form: BaseGeometry) -> BaseGeometry:
    """A shape whose border only touches itself at a point, as one without that; any other as it is.

    Official files have such: the area is beyond doubt, only the order of the points is not that of GeoJSON.
    """
    if not shapely.is_valid_reason(form).startswith("Ring Self-intersection"):
        return form
    geheilt = shapely.make_valid(form)
    gleich = math.isclose(geheilt.area, form.area, rel_tol=1e-9)
    return geheilt if gleich and geheilt.geom_type in ("Polygon", "MultiPolygon") else form


def _find_ring_faults(koordinaten: Any, art: str) -> Iterator[str]:
    """What is wrong with the lists of points of a shape."""
    flaechen = [koordinaten] if art == "Polygon" else koordinaten
    if not isinstance(flaechen, list) or not flaechen or not all(isinstance(f, list) and f for f in flaechen):
        yield f"coordinates ist leer oder hat nicht die Form eines {art}."
        return
    for ring in (r for f in flaechen for r in f):
        if not isinstance(ring, list) or not all(_is_point(p) for p in ring):
            yield (
                "In coordinates steht etwas anderes als Punkte [x, y] aus Zahlen, oder die Verschachtelung ist nicht die "
                f"eines {art}."
            )
        elif len(ring) < 4:
            yield f"Ein Ring hat {len(ring)} Punkte. Erwartet: mindestens 4, der letzte gleich dem ersten."
        elif ring[0] != ring[-1]:
            yield f"Ein Ring ist nicht geschlossen: erster Punkt {ring[0][:2]}, letzter {ring[-1][:2]}. Erwartet: beide gleich."


def _is_point(punkt: Any) -> bool:
    return (
        isinstance(punkt, list) and len(punkt) in (2, 3)
        and all(isinstance(z, int | float) and not isinstance(z, bool) and math.isfinite(z) for z in punkt)
    )  # fmt: skip
