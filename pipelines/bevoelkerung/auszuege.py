"""All extracts of one Stichtag: the latest usable one is shown, the earlier ones leave only a count.

Belongs here: which extract of a Stichtag is staged, and the short life of the others' persons. Does not belong here:
reading one extract (eingang/melderegister/read.py) and comparing the counts (geheimhaltung.datenstandvergleich).
"""

import secrets
from dataclasses import dataclass

from pipelines.bevoelkerung.count import count_stand
from pipelines.bevoelkerung.datenstand import NAME, gestellter_datenstand, standschluessel, withdraw
from pipelines.eingang.ingest import ingest, schemabefunde
from pipelines.eingang.lieferung.record import Lieferung
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.foundation.findings import Befund
from pipelines.foundation.storage import Ablage
from pipelines.stamm.kommune import Kommune


@dataclass(frozen=True)
class Stichtagsergebnis:
    """What became of the extracts of one Stichtag, the latest first.

    `gestellt`: whether one of them is now staged; `befunde`: violations of the vocabulary by persons staged and counts kept.
    """

    ergebnisse: list[Ergebnis]
    gestellt: bool
    befunde: list[Befund]


def ingest_auszuege(ablage: Ablage, kommune: Kommune, lieferungen: list[Lieferung]) -> Stichtagsergebnis:
    """Read every extract of one Stichtag. Persons of an earlier one are counted aside and deleted at once.

    A refused extract leaves the last good state; if there is none, the next earlier extract takes its place. Where the
    staged state is later than every extract still in raw/, that extract was withdrawn: the latest one left is shown again.
    Raises: KonfigurationsFehler or LieferungAbgewiesen if an earlier extract cannot be counted.
    """
    ergebnisse: list[Ergebnis] = []
    befunde: list[Befund] = []
    gestellt = False
    vorhanden = {li.datenstand for li in lieferungen}
    for lieferung in sorted(lieferungen, key=lambda li: li.datenstand, reverse=True):
        bisher = gestellter_datenstand(ablage, lieferung.partition)
        bleibt = bisher is not None and bisher > lieferung.datenstand and bisher in vorhanden
        if gestellt or bleibt:
            ergebnis, maengel = _count_aside(ablage, kommune, lieferung)
            befunde += maengel
        else:
            ergebnis = ingest(ablage, kommune, lieferung)
            if ergebnis.angenommen:
                gestellt = True
                befunde += schemabefunde(ablage, "melderegister", lieferung.partition)
                withdraw(ablage, kommune.id, lieferung.stichtag, lieferung.datenstand)
        ergebnisse.append(ergebnis)
    return Stichtagsergebnis(ergebnisse, gestellt, befunde)


def _count_aside(ablage: Ablage, kommune: Kommune, lieferung: Lieferung) -> tuple[Ergebnis, list[Befund]]:
    """Count an earlier extract from a file in the folder that is wiped at the start and end of every run."""
    personen = ablage.tmp / f"frueher-{secrets.token_hex(4)}.parquet"
    try:
        ergebnis = ingest(ablage, kommune, lieferung, beiseite=personen)
        if not ergebnis.angenommen:
            return ergebnis, []
        count_stand(ablage, kommune, lieferung.stichtag, lieferung.partition, lieferung.datenstand, personen)
    finally:
        personen.unlink(missing_ok=True)
    return ergebnis, schemabefunde(ablage, NAME, standschluessel(lieferung.partition, lieferung.datenstand))
