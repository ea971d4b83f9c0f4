"""Definitions of Migrationshintergrund and their rules as tables.

Belongs here: referenz/profile/*.yaml → rows. Does not belong here: what a definition may say (stamm/profile/profil.py) and its
breaks (bruch.py).
"""

from typing import Any

from pipelines.stamm.profile.profil import Profil
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_PROFIL = arrow_schemata(STAMM, "profil", "regel")


def zeilen_profil(profile: list[Profil]) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of SCHEMATA_PROFIL."""
    return {
        "profil": [
            {"profil": p.profil, "version": p.version, "titel": p.titel, "beschreibung": p.beschreibung,
             "herkunft": p.herkunft, "naeherung": p.naeherung, "rekonstruktion": p.rekonstruktion,
             "regeln": p.als_text()}
            for p in profile
        ],
        "regel": [
            {"profil": p.profil, "regel": r.regel, "kategorie": r.kategorie, "kategorie_name": r.name, "ergebnis_mh": r.ergebnis}
            for p in profile
            for r in p.ergebnisse()
        ],
    }  # fmt: skip
