"""Partitions of person-level and cube tables that break their schema: remembered until they no longer do.

Belongs here: that record, outside the secure zone without any number. Does not belong here: results of checks of whole tables
(checks.py) and finding the violations (schemas/validate.py).
"""

import json
from dataclasses import replace

from pipelines.foundation.findings import Befund
from pipelines.foundation.messages import FELDER, Meldung, aus_befund, aus_dict, read_state
from pipelines.foundation.storage import Ablage


def remember_partition(ablage: Ablage, name: str, partition: str, befunde: list[Befund]) -> None:
    """Remember that a partition of a person-level or cube table breaks its schema, or no longer does."""
    datei = ablage.intern / "stand" / "verletzt" / f"{name}__{partition}.json"
    if not befunde:
        datei.unlink(missing_ok=True)
        return
    kommune = partition.split("_stand_")[0].rsplit("_", 1)[0]
    # Of persons and counts not even how many rows: the message is told outside the secure zone.
    meldungen = [aus_befund(replace(b, anzahl=1), kommune, name).als_dict() for b in befunde]
    with ablage.neu(datei) as neu:
        neu.write_text(json.dumps(meldungen, ensure_ascii=False), encoding="utf-8")


def verletzte_partitionen(ablage: Ablage) -> list[Meldung]:
    """Violations of partitions: the figures of their municipalities must not be published."""
    dateien = sorted((ablage.intern / "stand" / "verletzt").glob("*.json"))
    return [aus_dict(m) for d in dateien for m in read_state(d, [], FELDER)]
