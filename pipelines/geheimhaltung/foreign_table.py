"""What a supplier is told of secret cells that the table gives away itself: a service, no stop.

Belongs here: the finding of `monitoring check`. Does not belong here: the attack (geheimhaltung/angriff/foreign_table.py).
"""

import pyarrow as pa

from pipelines.foundation.findings import Befund, Code, Schwere
from pipelines.geheimhaltung.angriff.foreign_table import ShareRule, errechenbare
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.quellen.layout import Layout
from pipelines.stamm.schutz import MINDESTFALLZAHL

ZELLEN_GENANNT = 10


def errechenbare_zellen(werte: pa.Table, kommune: Kommune | None, layout: Layout, datei: str) -> list[Befund]:
    """Warnings about cells printed as secret that follow from the others; two at most, each naming its cells."""
    oben = {g.gebiet_id: g.uebergeordnet for g in kommune.gebiete} if kommune else {}
    funde = errechenbare(
        werte.to_pylist(), oben, kommune.angaben.schutz.mindestfallzahl if kommune else MINDESTFALLZAHL,
        [(z.summe, z.teile) for z in layout.zerlegungen if z.teile and not z.unvollstaendig],
        [ShareRule(q.quote, q.zaehler, q.nenner, q.faktor) for q in layout.quoten],
    )  # fmt: skip
    genau, eng = [f for f in funde if f.von == f.bis], [f for f in funde if f.von < f.bis]
    befunde = []
    for liste, kann in (
        (genau, "lässt sich aus den anderen Zahlen der Tabelle errechnen"),
        (eng, "lässt sich aus den anderen Zahlen der Tabelle auf wenige Werte eingrenzen"),
    ):
        if liste:
            wege = ", ".join(dict.fromkeys(w for f in liste for w in f.weg.split(", ")))
            mehr = f" und {len(liste) - ZELLEN_GENANNT} weitere" if len(liste) > ZELLEN_GENANNT else ""
            zellen = ", ".join(f.fundstelle for f in liste[:ZELLEN_GENANNT])
            wer = "1 geheim gehaltene Zelle" if len(liste) == 1 else f"{len(liste)} geheim gehaltene Zellen"
            was = kann if len(liste) == 1 else kann.replace("lässt", "lassen")
            befunde.append(
                Befund(Code.geheim_errechenbar, Schwere.warnung, datei, "",
                       f"{wer} {was}: {zellen}{mehr} (durch {wege})",
                       "in jeder Summe mindestens zwei geheime Zellen, die einander genug Spielraum lassen; bitte die Stelle "
                       "benachrichtigen, von der die Tabelle stammt",
                       zellen=tuple(f.fundstelle for f in liste))
            )  # fmt: skip
    return befunde
