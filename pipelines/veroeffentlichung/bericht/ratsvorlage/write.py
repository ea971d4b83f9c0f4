"""Writing council papers: on demand, from the published file alone, both files or the editable one.

Belongs here: where the files lie, the order of writing. Does not belong here: what they say (build.py).
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.veroeffentlichung.audit_gate import bescheinigungssatz
from pipelines.veroeffentlichung.bericht.aussagen.check import check_sentences
from pipelines.veroeffentlichung.bericht.load import load_kommunen
from pipelines.veroeffentlichung.bericht.parts import load_teile
from pipelines.veroeffentlichung.bericht.ratsvorlage.build import build_ratsvorlage
from pipelines.veroeffentlichung.bericht.ratsvorlage.choice import Vorlagenwahl
from pipelines.veroeffentlichung.bericht.ratsvorlage.paged import write_pdf
from pipelines.veroeffentlichung.bericht.ratsvorlage.word import write_docx
from pipelines.veroeffentlichung.manifest import letztes_manifest
from pipelines.veroeffentlichung.waiting import wartesatz
from pipelines.veroeffentlichung.withdraw import RATSVORLAGEN


def write_ratsvorlagen(ablage: Ablage, wahl: Vorlagenwahl, nur: Sequence[str]) -> list[Path]:
    """Write the paper of each municipality named, as DOCX and as PDF.

    Raises: KonfigurationsFehler for a municipality that is not published, a body or field its concept does not name, and where
    no PDF can be set here; what was written before stays.
    """
    geschrieben = []
    with duckdb.connect(str(ablage.publikation), read_only=True) as con:
        kommunen = {k["kommune"]: k for k in load_kommunen(con)}
        if fremd := sorted(set(nur) - set(kommunen)):
            raise KonfigurationsFehler(
                f"Nicht veröffentlicht: {', '.join(fremd)}. Die Veröffentlichung enthält: {', '.join(kommunen) or 'keine'}."
            )
        for kurz in nur:
            teile = load_teile(con, kommunen[kurz])
            check_sentences(teile.aussagen, con)
            saetze = (bescheinigungssatz(letztes_manifest(ablage), kurz), wartesatz(ablage, kurz))
            vorlage = build_ratsvorlage(con, teile, wahl, [s for s in saetze if s])
            for endung, write in ((".docx", write_docx), (".pdf", write_pdf)):
                ziel = ablage.marts / RATSVORLAGEN / f"{kurz}.{wahl.name}{endung}"
                with ablage.neu(ziel) as neu:
                    write(vorlage, neu)
                geschrieben.append(ziel)
    return geschrieben
