"""What a refresh did and what it has to say, also where nothing is new."""

from dataclasses import dataclass, field, replace

from pipelines.eingang.lieferung.record import Dateischluessel, letzte_saetze, satzmeldungen
from pipelines.foundation.findings import Schwere
from pipelines.foundation.messages import Meldung, aus_text
from pipelines.foundation.storage import Ablage
from pipelines.refresh.build_state import letzter_bau
from pipelines.refresh.news import Neuigkeiten


@dataclass
class Auftrag:
    """What a refresh did and what it has to say.

    `veroeffentlicht`: whether the last build reached publication; `gehalten`: municipalities whose figures stay those of the
    last publication.
    """

    befunde: list[Meldung] = field(default_factory=list)
    gelesen: int = 0
    gezaehlt: int = 0
    gebaut: bool = False
    veroeffentlicht: bool = True
    gehalten: tuple[str, ...] = ()

    @property
    def nichts_getan(self) -> bool:
        return not (self.gelesen or self.gezaehlt or self.gebaut)

    @property
    def meldungen(self) -> list[str]:
        """Errors, one fault a line; what is told alike outside the secure zone once."""
        return list(dict.fromkeys(m.zeile() for m in self.befunde if m.schwere is Schwere.fehler))

    @property
    def warnungen(self) -> list[str]:
        """Warnings and hints, one a line; what is told alike once."""
        return list(dict.fromkeys(m.zeile() for m in self.befunde if m.schwere is not Schwere.fehler))


def offene_meldungen(ablage: Ablage, neu: Neuigkeiten) -> Auftrag:
    """What is still wrong: configurations, files without a source, deliveries now in raw/, the last build."""
    bau = letzter_bau(ablage)
    auftrag = Auftrag(veroeffentlicht=bau.veroeffentlicht and not neu.bau_wartet, gehalten=bau.gehalten)
    for kommune, fehler in neu.konfigurationsfehler.items():
        auftrag.befunde.append(aus_text(kommune, "kommune.yaml", "konfiguration", str(fehler)))
    auftrag.befunde += neu.befunde
    saetze = letzte_saetze(ablage)
    for li in neu.alle:
        satz = saetze.get(Dateischluessel(li.kommune, li.quelle, li.datei))
        for m in satzmeldungen(satz) if satz else ():
            if li.ueberholt and m.schwere is Schwere.fehler:
                mehr = " (Ein späterer Auszug hat diesen überholt.)"
                aussen = m.draussen and m.draussen + mehr
                m = replace(m, schwere=Schwere.warnung, text=m.text + mehr, draussen=aussen)
            auftrag.befunde.append(m)
    auftrag.befunde += bau.befunde
    return auftrag
