"""What became of one delivery: the record that reading, checking and telling hand each other."""

from dataclasses import dataclass

from pipelines.eingang.lieferung.record import Lieferung, Zeilenbilanz
from pipelines.foundation.findings import Befund, Schwere


@dataclass(frozen=True)
class Ergebnis:
    """What became of one delivery. `bilanz` is None if the whole delivery was refused."""

    lieferung: Lieferung
    angenommen: bool
    bilanz: Zeilenbilanz
    befunde: tuple[Befund, ...]
    kodierung: str | None = None
    synthetisch: bool = False
    unbekanntes_gebiet: int = 0
    # Tables only: check → whether nothing was found; None for register extracts.
    pruefungen: dict[str, bool] | None = None
    zahlen: int = 0

    @property
    def fehler(self) -> list[Befund]:
        return [b for b in self.befunde if b.schwere is Schwere.fehler]
