"""Asset keys and partitions: which asset writes which table.

Belongs here: names that several files of this room need. Does not belong here: the assets.
"""

import dagster as dg

from pipelines.foundation.storage import GEHEIME_ZONE, OEFFENTLICHE_ZONE, TUER
from pipelines.steps.step import Name

MELDEREGISTER = dg.DynamicPartitionsDefinition(name="melderegister")
TABELLEN_PARTITIONEN = dg.DynamicPartitionsDefinition(name="tabellen")
INDIKATOREN_PARTITIONEN = dg.DynamicPartitionsDefinition(name="indikatoren")
MASSNAHMEN_PARTITIONEN = dg.DynamicPartitionsDefinition(name="massnahmen")

K_STAMM = dg.AssetKey(["stamm", "stammdaten"])
K_REGISTER = dg.AssetKey(["eingang", "melderegister"])
K_TABELLE = dg.AssetKey(["eingang", "stadtteiltabelle"])
K_INDIKATOR = dg.AssetKey(["eingang", "indikatortabelle"])
K_MASSNAHME = dg.AssetKey(["eingang", "massnahme"])
K_WUERFEL = dg.AssetKey(["bevoelkerung", "wuerfel"])
K_DUCKDB = dg.AssetKey(["veroeffentlichung", "integrationsmonitoring"])
K_BERICHT = dg.AssetKey(["veroeffentlichung", "bericht"])

# Tables that an asset writes beside its own.
_BESIDE = {
    ("eingang", "lieferung"): (K_REGISTER, K_TABELLE, K_INDIKATOR, K_MASSNAHME),
    ("eingang", "befund"): (K_REGISTER, K_TABELLE, K_INDIKATOR, K_MASSNAHME),
    ("eingang", "vorlage"): (K_MASSNAHME,),
    ("eingang", "massnahme_haushalt"): (K_MASSNAHME,),
    ("eingang", "massnahme_meilenstein"): (K_MASSNAHME,),
    ("eingang", "massnahme_anpassung"): (K_MASSNAHME,),
}


def keys_of(table: Name) -> tuple[dg.AssetKey, ...]:
    """The asset or assets that write `schema.table`: some assets write more than one table."""
    schema, name = table
    if schema == "stamm":
        return (K_STAMM,)
    if schema == "bevoelkerung" and name.endswith("wuerfel"):
        return (K_WUERFEL,)
    return _BESIDE.get(table, (dg.AssetKey([schema, name]),))


def zone(schema: str) -> str:
    """Zone of a table, as the assets' tag tells it."""
    return "oeffentlich" if schema in OEFFENTLICHE_ZONE else "tuer" if schema == TUER else "geheim"


def group(schema: str) -> str:
    """Group in which the UI shows a table: everything public stands with the marts."""
    return schema if schema in (*GEHEIME_ZONE, TUER) else "marts"


# Who answers for a table; a municipality may be small and one person all of these.
_OWNERS = {
    "stamm": "team:fachverfahren", "eingang": "team:statistik", "bevoelkerung": "team:statistik",
    "geheimhaltung": "team:datenschutz", "protokoll": "team:statistik", "veroeffentlichung": "team:statistik",
}  # fmt: skip
_CONCEPT = ("massnahme", "vorlage", "foerderung", "handlungsfeld", "leitziel", "berichtspflicht", "beratungsfolge", "konzept",
            "gremium", "ziel")  # fmt: skip


def owners(schema: str, name: str) -> list[str]:
    """Who answers for a table: what a concept says belongs to those who write it, wherever it is published."""
    concept = schema in ("marts", "dim", "eingang") and name.startswith(_CONCEPT)
    return ["team:integration" if concept else _OWNERS.get(schema, "team:statistik")]
