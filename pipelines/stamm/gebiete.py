"""The areas of a municipality: gebiete.csv, and bruecke.csv for changes of boundaries.

Belongs here: loading both files with German errors. Does not belong here: which area a label means (eingang/gebietsfinder).
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.foundation.config_files import is_there
from pipelines.foundation.csv_list import read_list
from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.yaml_file import kurzpfad
from pipelines.stamm.kacheln import KACHELFELDER, Kachelplatz, find_doubled, read_kachel

EBENEN = ("kreis", "gemeinde", "bezirk", "stadtteil", "planungsraum", "sonstige")
UNBEKANNT = "unbekannt"
GEBIETSFELDER = ["gebiet_id", "name", "ebene", "uebergeordnet", "gebietsstand", "gueltig_von", "gueltig_bis"]
BRUECKENFELDER = ["alt_id", "alt_stand", "neu_id", "neu_stand", "gewicht", "umrechnung", "bruch_am"]


@dataclass(frozen=True)
class Gebiet:
    """One area of a municipality; `uebergeordnet` may point outside it (the Kreis of a town)."""

    gebiet_id: str
    name: str
    ebene: str
    uebergeordnet: str
    gebietsstand: str
    gueltig_von: date | None
    gueltig_bis: date | None
    kachel: tuple[int, int] | None = None  # column and row on the tile map of its level
    geometrie: str | None = None  # its outline as GeoJSON (stamm/geometrie)
    geometrie_herkunft: str | None = None


@dataclass(frozen=True)
class Bruecke:
    """Part of an old area that went into a new one: `gewicht` 0–1 of the old area's persons, and how it was found out."""

    alt_id: str
    alt_stand: str
    neu_id: str
    neu_stand: str
    gewicht: float
    umrechnung: str
    bruch_am: date


def als_datum(text: str) -> date | None:
    """A date JJJJ-MM-TT, or None."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def read_gebiete(datei: Path, ags: str) -> tuple[Gebiet, ...]:
    fehler: list[str] = []
    gebiete: dict[str, Gebiet] = {}
    plaetze: list[Kachelplatz] = []
    for nummer, z in read_list(datei, GEBIETSFELDER, KACHELFELDER):
        wo = f"{kurzpfad(datei)}, Zeile {nummer}"
        if z["ebene"] not in EBENEN:
            fehler.append(f"{wo}, ebene: »{z['ebene']}« ist unbekannt. Erlaubt: {', '.join(EBENEN)}.")
        if not z["gebiet_id"] or z["gebiet_id"] in gebiete:
            fehler.append(f"{wo}, gebiet_id: »{z['gebiet_id']}« ist leer oder kommt doppelt vor.")
        for feld in ("gueltig_von", "gueltig_bis"):
            if z[feld] and als_datum(z[feld]) is None:
                fehler.append(f"{wo}, {feld}: »{z[feld]}« ist kein Datum JJJJ-MM-TT.")
        if z["gebiet_id"] == UNBEKANNT and z["ebene"] != "sonstige":
            fehler.append(
                f"{wo}, gebiet_id: »{UNBEKANNT}« ist der Schlüssel für alle ohne bekanntes Gebiet und kein Gebiet der Ebene "
                f"{z['ebene']}. Bitte einen anderen Schlüssel wählen."
            )
        von, bis = als_datum(z["gueltig_von"]), als_datum(z["gueltig_bis"])
        if von and bis and bis < von:
            fehler.append(f"{wo}, gueltig_bis: {bis} liegt vor gueltig_von {von}.")
        kachel = read_kachel(wo, z, fehler)
        if kachel:
            plaetze.append(Kachelplatz(wo, z["name"], z["ebene"], kachel, von or date.min, bis or date.max))
        gebiete[z["gebiet_id"]] = Gebiet(
            z["gebiet_id"], z["name"], z["ebene"], z["uebergeordnet"], z["gebietsstand"],
            von, bis, kachel,
        )  # fmt: skip
    fehler += find_doubled(plaetze)
    if ags not in gebiete and not fehler:  # every area would seem to lie elsewhere
        oberste = ", ".join(g.gebiet_id for g in gebiete.values() if g.uebergeordnet not in gebiete) or "keines"
        raise KonfigurationsFehler(
            f"{kurzpfad(datei)}: Die Kommune selbst ({ags}) fehlt als Gebiet; so steht ags in kommune.yaml. "
            f"Oberstes Gebiet der Liste: {oberste}. Erwartet: dieselbe ags in beiden Dateien."
        )
    for g in gebiete.values():
        if not g.uebergeordnet and g.ebene == "kreis":
            continue  # a Kreis above the municipality: only there for tables that give figures of it
        if g.gebiet_id != ags and g.uebergeordnet not in gebiete:
            fehler.append(f"{kurzpfad(datei)}: {g.gebiet_id} liegt in »{g.uebergeordnet}«, das es nicht gibt.")
        if _im_kreis(g.gebiet_id, gebiete):
            fehler.append(f"{kurzpfad(datei)}: {g.gebiet_id} liegt über seine übergeordneten Gebiete in sich selbst.")
        elif g.gebiet_id != ags and g.uebergeordnet in gebiete and not _is_within(g.gebiet_id, ags, gebiete):
            fehler.append(f"{kurzpfad(datei)}: {g.gebiet_id} liegt nicht in der Kommune ({ags}).")
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))
    gebiete.setdefault(UNBEKANNT, Gebiet(UNBEKANNT, UNBEKANNT, "sonstige", ags, gebiete[ags].gebietsstand, None, None))
    return tuple(gebiete.values())


def _is_within(gebiet_id: str, oben: str, gebiete: dict[str, Gebiet]) -> bool:
    while gebiet_id in gebiete and gebiet_id != oben:
        gebiet_id = gebiete[gebiet_id].uebergeordnet
    return gebiet_id == oben


def _im_kreis(gebiet_id: str, gebiete: dict[str, Gebiet]) -> bool:
    gesehen = set()
    while gebiet_id in gebiete:
        if gebiet_id in gesehen:
            return True
        gesehen.add(gebiet_id)
        gebiet_id = gebiete[gebiet_id].uebergeordnet
    return False


def read_bruecken(datei: Path, gebiete: tuple[Gebiet, ...]) -> tuple[Bruecke, ...]:
    """Load bruecke.csv, if there is one.

    The weights of an old area must add up to 1. Raises: KonfigurationsFehler naming file, row and reason.
    """
    if not is_there(datei):
        return ()
    bekannt = {g.gebiet_id for g in gebiete}
    fehler: list[str] = []
    bruecken: list[Bruecke] = []
    for nummer, z in read_list(datei, BRUECKENFELDER):
        wo = f"{kurzpfad(datei)}, Zeile {nummer}"
        tag = als_datum(z["bruch_am"])
        try:
            gewicht = float(z["gewicht"].replace(",", "."))
        except ValueError:
            gewicht = math.nan
        if not 0 < gewicht <= 1:
            fehler.append(f"{wo}, gewicht: »{z['gewicht']}« ist kein Anteil über 0 bis 1, z. B. 0,25.")
        if tag is None:
            fehler.append(f"{wo}, bruch_am: »{z['bruch_am']}« ist kein Datum JJJJ-MM-TT.")
        if not z["umrechnung"]:
            fehler.append(
                f"{wo}, umrechnung: Es fehlt, wie das Gewicht zustande kam (z. B. »Adressen im Register 2021«)."
            )
        fehler += [
            f"{wo}, {feld}: Das Gebiet »{z[feld]}« steht nicht in gebiete.csv."
            for feld in ("alt_id", "neu_id")
            if z[feld] not in bekannt
        ]
        if tag is not None:
            bruecken.append(
                Bruecke(z["alt_id"], z["alt_stand"], z["neu_id"], z["neu_stand"], gewicht, z["umrechnung"], tag)
            )
    summen: dict[tuple[str, str], float] = defaultdict(float)
    for b in bruecken:
        summen[b.alt_id, b.alt_stand] += b.gewicht
    fehler += [
        f"{kurzpfad(datei)}: Die Gewichte von {alt} (Stand {stand}) ergeben {summe:.4f} statt 1.".replace(".", ",", 1)
        for (alt, stand), summe in summen.items()
        if not math.isclose(summe, 1, abs_tol=1e-6)
    ]
    if fehler:
        raise KonfigurationsFehler("\n".join(fehler))
    return tuple(bruecken)
