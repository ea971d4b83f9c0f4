"""How a refresh ends on the screen: what is published, what is held back and why, how many messages of which kind.

Belongs here: the closing lines. Does not belong here: the messages themselves (foundation/messages.py), what was done
(run.py).
"""

from typing import Any

from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import ALLE, je_thema, wie_gesagt, write, zaehlung
from pipelines.foundation.storage import Ablage
from pipelines.refresh.outcome import Auftrag
from pipelines.veroeffentlichung.manifest import letztes_manifest


def schlusszeilen(ablage: Ablage, auftrag: Auftrag) -> list[str]:
    """Closing lines; writes the file of details they name."""
    manifest = letztes_manifest(ablage)
    zeilen = []
    if not auftrag.veroeffentlicht:
        zeilen += _angehalten(auftrag)
    elif auftrag.gehalten:
        zeilen += [_gehalten(k, manifest) for k in auftrag.gehalten]
    if auftrag.befunde:
        gesagt = wie_gesagt(auftrag.befunde)
        zeilen.append(f"{zaehlung(gesagt)}. Alle Meldungen: {write(ablage, auftrag.befunde)}")
        zeilen += je_thema(gesagt)
    if manifest:
        gilt = "" if auftrag.veroeffentlicht else "Gültig bleibt die "
        zeilen.append(f"{gilt}Veröffentlichung {manifest['veroeffentlichung']}: {ablage.publikation}")
        zeilen.append(f"Bericht: {ablage.marts / 'bericht' / 'index.html'}")
    elif not auftrag.veroeffentlicht:
        zeilen.append("Es gibt noch keine Veröffentlichung.")
    return zeilen


def _angehalten(auftrag: Auftrag) -> list[str]:
    """Why nothing at all was published: the messages that concern everybody, or else each municipality's."""
    fehler = [m for m in auftrag.befunde if m.schwere is Schwere.fehler]
    gruende = dict.fromkeys(m.quelle for m in fehler if m.kommune == ALLE) or dict.fromkeys(m.kommune for m in fehler)
    worum = f" Grund: die Fehler oben zu {', '.join(gruende)}." if gruende else ""
    return [f"NICHT VERÖFFENTLICHT: Die neuen Zahlen sind nicht veröffentlicht.{worum}"]


def _gehalten(kommune: str, manifest: dict[str, Any] | None) -> str:
    gehalten = (manifest or {}).get("zurueckgehalten", {}).get(kommune)
    stand = gehalten["zahlen_aus"] if gehalten else (manifest or {}).get("veroeffentlichung")
    bleibt = (
        f"gültig bleiben ihre Zahlen aus der Veröffentlichung {stand}, falls sie darin steht"
        if stand
        else "sie war noch nie veröffentlicht"
    )
    return f"ZURÜCKGEHALTEN: {kommune} (Fehler oben); {bleibt}. Die anderen Kommunen sind veröffentlicht."
