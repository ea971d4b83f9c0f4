"""Reading the deliveries of one run, and what that came to.

Belongs here: which deliveries a run reads, their findings, checks and counts as they may stand in Dagster's events. Does not
belong here: keys and descriptions of the assets (eingang_assets.py), reading itself (pipelines/eingang).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import dagster as dg

from pipelines.bevoelkerung.auszuege import ingest_auszuege
from pipelines.eingang.ingest import dateibefunde, ingest
from pipelines.eingang.lieferung import record as protokoll
from pipelines.eingang.lieferung.outside import draussen, nur_einmal, ungefaehr
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.foundation.check_files import CheckFile
from pipelines.foundation.findings import Befund, KonfigurationsFehler, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.metadata import befundtabelle
from pipelines.refresh.news import find_deliveries_of
from pipelines.stamm.admitted import load_admitted
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.schutz import MINDESTFALLZAHL


def _lieferungen(ablage: Ablage, art: str, partitionen: list[str]) -> list[protokoll.Lieferung]:
    """The deliveries of the given partitions, new or not: who materialises by hand wants them read again."""
    gefunden = [li for li in find_deliveries_of(ablage, partitionen) if li.art == art]
    fehlend = set(partitionen) - {li.partition for li in gefunden}
    if fehlend:
        raise dg.Failure(
            f"Zu {', '.join(sorted(fehlend))} liegt keine Datei (mehr) in data/raw. Der zuletzt gelesene Bestand bleibt.",
            allow_retries=False,
        )
    return sorted(gefunden, key=lambda li: (li.kommune, li.quelle, li.stichtag))


@dataclass
class _Lauf:
    """What the deliveries of one run came to."""

    ergebnisse: list[Ergebnis] = field(default_factory=list)
    schema: list[Befund] = field(default_factory=list)
    abgewiesen: list[Ergebnis] = field(default_factory=list)  # refused with nothing in their place: the run fails
    schwelle: int = 0  # of a register: counts below it are not told, others rounded; 0: a table

    @property
    def befunde(self) -> list[Befund]:
        return [b for e in self.ergebnisse for b in e.befunde]

    def gezeigt(self, befunde: Iterable[Befund]) -> list[Befund]:
        """Findings as they may stand in Dagster's events."""
        return nur_einmal(draussen(list(befunde), self.schwelle)) if self.schwelle else list(befunde)

    def zeilen(self, art: str) -> int | str:
        """A count of lines over all deliveries of the run, as it may stand there."""
        anzahl = sum(getattr(e.bilanz, art) for e in self.ergebnisse)
        return ungefaehr(anzahl, self.schwelle) if self.schwelle else anzahl

    def metadaten(self) -> dict[str, Any]:
        # An exact number of persons would move by one when one person moves.
        zahl = {} if self.schwelle else {"dagster/row_count": self.zeilen("uebernommen")}
        return {
            **zahl,
            "Zeilen gelesen": self.zeilen("gelesen"),
            "Zeilen außerhalb": self.zeilen("ausserhalb"),
            "Zeilen abgewiesen": self.zeilen("abgewiesen"),
            "Synthetisch": any(e.synthetisch for e in self.ergebnisse),
            "Dateien": [e.lieferung.datei for e in self.ergebnisse],
            "Befunde": befundtabelle(self.gezeigt(self.befunde)),
        }

    def fehlschlag(self) -> dg.Failure | None:
        """German failure of the run if a delivery was refused."""
        if not self.abgewiesen:
            return None
        texte = [b.ohne_werte().text() for b in self.gezeigt(b for e in self.abgewiesen for b in e.fehler)]
        return dg.Failure(
            "Abgewiesen: " + ", ".join(e.lieferung.datei for e in self.abgewiesen) + "\n" + "\n".join(texte),
            metadata={"Befunde": befundtabelle(self.gezeigt(self.befunde))},
            allow_retries=False,
        )


def read_all(context: dg.AssetExecutionContext, ablage: Ablage, art: str) -> _Lauf:
    """Read all deliveries of the run's partitions, in the order of their days."""
    kommunen, _ = load_admitted(ablage)
    lauf = _Lauf()
    with ablage.sperre():
        for lieferung in _lieferungen(ablage, art, list(context.partition_keys)):
            ergebnis = ingest(ablage, kommunen[lieferung.kommune], lieferung)
            lauf.ergebnisse.append(ergebnis)
            if ergebnis.angenommen:
                lauf.schema += dateibefunde(ablage, ergebnis.lieferung)
            else:
                lauf.abgewiesen.append(ergebnis)
    return lauf


def read_auszuege(context: dg.AssetExecutionContext, ablage: Ablage) -> _Lauf:
    """Read the extracts of the run's Stichtage. A refused one fails the run only if nothing was staged in its place."""
    kommunen, _ = load_admitted(ablage)
    lauf = _Lauf(schwelle=hoechste_schwelle(kommunen.values()))
    with ablage.sperre():
        for _, auszuege in groupby(
            _lieferungen(ablage, "melderegister", list(context.partition_keys)), key=lambda li: li.partition
        ):
            lieferungen = list(auszuege)
            try:
                e = ingest_auszuege(ablage, kommunen[lieferungen[0].kommune], lieferungen)
            except KonfigurationsFehler as grund:
                raise dg.Failure(str(grund), allow_retries=False) from None
            except LieferungAbgewiesen as grund:
                raise dg.Failure(aussen(grund, lauf.schwelle), allow_retries=False) from None
            lauf.ergebnisse += e.ergebnisse
            lauf.schema += e.befunde
            if not e.gestellt:
                lauf.abgewiesen += [x for x in e.ergebnisse if not x.angenommen]
    return lauf


def hoechste_schwelle(kommunen: Iterable[Kommune]) -> int:
    """The highest threshold of the municipalities: one run may read extracts of several."""
    return max((k.angaben.schutz.mindestfallzahl for k in kommunen), default=MINDESTFALLZAHL)


def aussen(grund: LieferungAbgewiesen, schwelle: int) -> str:
    """Why a register extract was refused, as it may be told outside the secure zone."""
    return " | ".join(b.text() for b in nur_einmal(draussen(grund.befunde, schwelle)))


def zeilencheck(lauf: _Lauf) -> dg.AssetCheckResult:
    """Rejected lines are a warning: the rest is used. A refused file is an error: nothing of it is."""
    abgewiesen = [e.lieferung.datei for e in lauf.ergebnisse if not e.angenommen]
    return dg.AssetCheckResult(
        check_name="zeilen_abgewiesen",
        passed=not abgewiesen and not any(b.schwere is Schwere.fehler for b in lauf.befunde),
        severity=dg.AssetCheckSeverity.ERROR if abgewiesen else dg.AssetCheckSeverity.WARN,
        description=f"Abgewiesen: {', '.join(abgewiesen)}" if abgewiesen else None,
        metadata={"Befunde": befundtabelle(lauf.gezeigt(lauf.befunde)), "Zeilen abgewiesen": lauf.zeilen("abgewiesen")},
    )


def lieferungschecks(lauf: _Lauf, pruefungen: tuple[CheckFile, ...]) -> Iterator[dg.AssetCheckResult]:
    """One result for each check of deliveries, over all files of the run."""
    je_code: dict[str, list[Befund]] = {}
    for b in lauf.befunde:
        je_code.setdefault(b.code.value, []).append(b)
    for p in pruefungen:
        funde = je_code.get(p.name, [])
        fehler = any(b.schwere is Schwere.fehler for b in funde)
        yield dg.AssetCheckResult(
            check_name=p.name,
            passed=not funde,
            severity=dg.AssetCheckSeverity.ERROR if fehler else dg.AssetCheckSeverity.WARN,
            description=f"{p.titel}: {'bestanden' if not funde else f'{len(funde)} Fälle'}",
            metadata={"Befunde": befundtabelle(funde)} if funde else {},
        )
