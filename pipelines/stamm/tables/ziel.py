"""Numeric goals and target groups of measures as tables: `stamm.ziel`, `stamm.massnahme_zielgruppe`.

Belongs here: konzept.yaml → rows with the area and definition spelled out. Does not belong here: whether these exist
(stamm/katalog/konzeptbezug.py) and the rest of the concept (konzept.py).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from pipelines.stamm.katalog.konzeptbezug import reihenschluessel, ziele_von, zielgruppen_von
from pipelines.stamm.konzept.load import load_konzept
from pipelines.stamm.konzept.ziel import Reihe
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_ZIEL = arrow_schemata(STAMM, "ziel", "massnahme_zielgruppe")


def _reihe(reihe: Reihe, ags: str) -> dict[str, Any]:
    return reihenschluessel(reihe, ags)._asdict()


class Konzeptort(NamedTuple):
    """A municipality, its AGS and the folder its concept may lie in."""

    kommune: str
    ags: str
    ordner: Path


def zeilen_ziel(orte: Iterable[Konzeptort]) -> dict[str, list[dict[str, Any]]]:
    """Rows of SCHEMATA_ZIEL; a folder without konzept.yaml adds none.

    Grain of ziel: kommune, konzept, indikator, gebiet_id, profil (`-`: any), gruppe, geschlecht; of massnahme_zielgruppe:
    kommune, konzept, massnahme_nr. Raises: KonfigurationsFehler if a konzept.yaml is wrong.
    """
    zeilen: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMATA_ZIEL}
    for kommune, ags, ordner in orte:
        konzept = load_konzept(ordner)
        for fassung in konzept.konzepte if konzept else ():
            kopf = {"kommune": kommune, "konzept": fassung.konzept}
            zeilen["ziel"] += [
                {**kopf, "leitziel": leitziel, **_reihe(z, ags), "zielwert": z.zielwert, "zieljahr": z.zieljahr,
                 "herkunft": z.herkunft}
                for _, leitziel, z in ziele_von(fassung)
            ]  # fmt: skip
            zeilen["massnahme_zielgruppe"] += [
                {**kopf, "massnahme_nr": nr, **_reihe(z, ags), "groesse": z.groesse, "vorschlag": z.vorschlag}
                for _, nr, z in zielgruppen_von(fassung)
            ]
    return zeilen
