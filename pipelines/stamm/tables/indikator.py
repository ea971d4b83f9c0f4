"""The indicator catalogue as tables: `stamm.indikator` and what hangs on it, for the SQL of the marts to join with.

Belongs here: indikatoren.yaml → rows. Does not belong here: what the file may say (stamm/katalog/katalog.py) and figures.
"""

from collections.abc import Iterable
from typing import Any

from pipelines.stamm.katalog.herleitung import FromLieferung, Rechnung, Register, Segregation, Wuerfel
from pipelines.stamm.katalog.katalog import Indikator, Katalog, fehlende_grenzen
from schemas.tabellen.stamm import STAMM
from schemas.types import arrow_schemata

SCHEMATA_INDIKATOR = arrow_schemata(
    STAMM, "indikator", "indikator_handlungsfeld", "indikator_grenze", "indikator_hinweis"
)


def _herleitung(indikator: Indikator) -> dict[str, Any]:
    """Columns that say how the value comes about; NULL for what this kind does not have."""
    herleitung = indikator.herleitung
    leer: dict[str, Any] = dict.fromkeys(
        (
            "zaehler_merkmal",
            "zaehler_filter",
            "nenner_merkmal",
            "nenner_filter",
            "liefermerkmal",
            "formel",
            "nicht_berechnet",
            "registerreihe",
        )
    )
    leer |= {"herleitung": herleitung.art, "nennerversatz": 0}
    match herleitung:
        case Wuerfel():
            n = herleitung.nenner
            return leer | {
                "zaehler_merkmal": herleitung.zaehler.merkmal,
                "zaehler_filter": herleitung.zaehler.filter or None,
                "nenner_merkmal": n.merkmal if n else None,
                "nenner_filter": (n.filter or None) if n else None,
                "registerreihe": herleitung.registerreihe,
            }
        case FromLieferung():
            return leer | {
                "herleitung": herleitung.weg,
                "liefermerkmal": herleitung.merkmal,
                "zaehler_merkmal": herleitung.zaehler,
                "nenner_merkmal": herleitung.nenner,
                "nennerversatz": herleitung.nennerversatz,
                "registerreihe": herleitung.registerreihe,
            }
        case Segregation():
            return leer | {"zaehler_merkmal": herleitung.mass}
        case Rechnung():
            return leer | {"formel": herleitung.formel}
        case Register():
            return leer | {"nicht_berechnet": herleitung.grund, "liefermerkmal": indikator.id}
        case _:
            return leer


def _indikator(katalog: Katalog, nummer: int, i: Indikator) -> dict[str, Any]:
    relevanz = katalog.relevanz(i)
    return {
        "indikator": i.id, "nummer": nummer, "name": i.name, "thema": i.thema, "thema_name": katalog.themen[i.thema],
        "definition": i.definition, "zaehler_text": i.zaehler, "nenner_text": i.nenner, "einheit": i.einheit,
        "faktor": i.faktor, "richtung": i.richtung, "gliederungen": i.gliederungen,
        "nach_geschlecht": "geschlecht" in i.gliederungen, "hauptgruppe": i.hauptgruppe,
        "vergleichsgruppe": i.vergleichsgruppe, "datenquellen": [katalog.quellen[q] for q in i.quelle],
        "quellen": list(i.quelle), "periodizitaet": i.periodizitaet, "bezugstag": i.stichtag, "rahmen": i.rahmen,
        "prozess": i.prozess,
        "vorbilder": i.vorbild, "formel_vorschlag": i.formel_vorschlag, "mindestnenner": katalog.mindestnenner(i),
        "mindestzaehler": i.mindestzaehler, "urteil_nenner": katalog.urteil(i)[0], "urteil_zaehler": katalog.urteil(i)[1],
        "ist_anteil": i.anteil, "nach_definition": i.nach_definition,
        "relevanzschwelle": relevanz.wert, "relevanz_art": relevanz.art,
        **_herleitung(i),
    }  # fmt: skip


def zeilen_indikator(
    katalog: Katalog, altersgruppen: Iterable[tuple[str, Iterable[str]]]
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table of SCHEMATA_INDIKATOR; entries in the order of the catalogue.

    `altersgruppen` are the age groups of each municipality.
    """
    return {
        "indikator": [_indikator(katalog, n, i) for n, i in enumerate(katalog.indikatoren, start=1)],
        "indikator_handlungsfeld": [
            {"indikator": i.id, "konzept": konzept, "handlungsfeld": code, "vorschlag": i.zuordnung_vorschlag}
            for i in katalog.indikatoren
            for konzept, codes in i.handlungsfelder.items()
            for code in codes
        ],
        "indikator_grenze": [
            {"kommune": kommune, "indikator": i.id}
            for kommune, gruppen in altersgruppen
            for i in katalog.indikatoren
            if fehlende_grenzen(i, gruppen)
        ],
        "indikator_hinweis": [
            {"indikator": i.id, "nummer": n, "hinweis": code, "text": katalog.hinweise[code]}
            for i in katalog.indikatoren
            for n, code in enumerate(i.hinweise, start=1)
        ],
    }
