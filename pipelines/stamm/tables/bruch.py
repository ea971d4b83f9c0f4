"""Days from which figures do not continue the earlier ones, as tables.

Belongs here: referenz/brueche.yaml, what it may say, and the breaks of definitions and municipalities → rows. Does not belong
here: where a series is cut (sql/marts/).
"""

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pydantic import model_validator

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.foundation.yaml_file import Modell, load
from pipelines.stamm.katalog.katalog import Katalog, unbekannt
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.profile.profil import Profil
from pipelines.stamm.quellen.layout import Bevoelkerung
from pipelines.stamm.referenz import gueltig
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_BRUCH = arrow_schemata(STAMM, "bruch", "ortsbruch")


class Statistikbruch(Modell):
    """A day from which figures do not continue the earlier ones: of an indicator, or of every source of one kind of count.

    `zensusbasis`: sources that say which Zensus they go on from break by that, not by the day.
    """

    indikator: str | None = None
    bevoelkerung: Bevoelkerung | None = None
    datum: date
    grund: str
    herkunft: str
    zensusbasis: int | None = None

    @model_validator(mode="after")
    def _eines(self) -> "Statistikbruch":
        if (self.indikator is None) == (self.bevoelkerung is None):
            raise ValueError(
                "Ein Bruch gilt für einen indikator oder eine bevoelkerung: genau eines von beiden angeben."
            )
        return self


class Brueche(Modell):
    """Content of referenz/brueche.yaml."""

    brueche: tuple[Statistikbruch, ...]


def check_bruchindikatoren(datei: Path, muster: Iterable[str], katalog: Katalog) -> None:
    """A break of an indicator that the catalogue does not have breaks nothing: a configuration error."""
    fehlt = [m for m in muster if not any(fnmatchcase(i, m) for i in katalog.nach_id)]
    if fehlt:
        raise KonfigurationsFehler(
            "\n".join(f"{datei.name}, brueche: {unbekannt('Den Indikator', m, katalog.nach_id)}" for m in fehlt)
        )


def read_brueche(datei: Path, katalog: Katalog | None) -> tuple[Statistikbruch, ...]:
    """The breaks of referenz/brueche.yaml, held against the catalogue where there is one. Raises: KonfigurationsFehler."""
    brueche = load(datei, Brueche).brueche
    if katalog is not None:
        check_bruchindikatoren(datei, [b.indikator for b in brueche if b.indikator], katalog)
    return brueche


def _brueche(ablage: Ablage, profile: list[Profil], katalog: Katalog) -> list[dict[str, Any]]:
    """Breaks of the definitions (from their files), of indicators and of statistics (referenz/brueche.yaml)."""
    weitere = read_brueche(gueltig(ablage.roh, "brueche.yaml"), katalog)
    zeilen: list[dict[str, Any]] = [
        {"gilt_fuer": "profil", "schluessel": p.profil, "datum": b.datum, "grund": b.grund,
         "herkunft": f"referenz/profile/{p.profil}.yaml"}
        for p in profile
        for b in p.brueche
    ]  # fmt: skip
    zeilen += [
        {
            "gilt_fuer": "indikator" if b.indikator else "bevoelkerung",
            "schluessel": b.indikator or b.bevoelkerung,
            "datum": b.datum,
            "grund": b.grund,
            "herkunft": b.herkunft,
            "zensusbasis": b.zensusbasis,
        }
        for b in weitere
    ]
    return [{"bruch_id": f"{z['schluessel']}-{z['datum'].isoformat()}", **z} for z in zeilen]


def zeilen_bruch(
    ablage: Ablage, kommunen: list[Kommune], profile: list[Profil], katalog: Katalog
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of SCHEMATA_BRUCH."""
    return {
        "bruch": _brueche(ablage, profile, katalog),
        "ortsbruch": [{"kommune": k.id, **b.model_dump()} for k in kommunen for b in k.angaben.brueche],
    }  # fmt: skip
