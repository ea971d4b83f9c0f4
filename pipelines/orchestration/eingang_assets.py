"""Thin Dagster assets of the secure zone: configuration, the kinds of delivery, the cube.

Belongs here: keys, groups, partitions, descriptions, metadata. The work is in the functions that are called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import dagster as dg

from pipelines.bevoelkerung.auszuege import ingest_auszuege
from pipelines.bevoelkerung.datenstand import NAME, gestellter_datenstand, standschluessel
from pipelines.bevoelkerung.empty_cubes import create_empty_cubes
from pipelines.bevoelkerung.partition import count_partition
from pipelines.eingang.ingest import dateibefunde, ingest, schemabefunde
from pipelines.eingang.lieferung import record as protokoll
from pipelines.eingang.lieferung.outside import draussen, nur_einmal, ungefaehr
from pipelines.eingang.lieferung.result import Ergebnis
from pipelines.eingang.massnahmen import store as massnahmenablage
from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.eingang.tabelle import store as tabellenablage
from pipelines.eingang.tabelle.checks import load_lieferung_checks
from pipelines.foundation.check_files import CheckFile
from pipelines.foundation.findings import Befund, KonfigurationsFehler, LieferungAbgewiesen, Schwere
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.keys import (
    INDIKATOREN_PARTITIONEN,
    K_INDIKATOR,
    K_MASSNAHME,
    K_REGISTER,
    K_STAMM,
    K_TABELLE,
    K_WUERFEL,
    MASSNAHMEN_PARTITIONEN,
    MELDEREGISTER,
    TABELLEN_PARTITIONEN,
)
from pipelines.orchestration.metadata import befundtabelle, schema_metadaten
from pipelines.refresh.news import neuigkeiten
from pipelines.stamm.kommune import Kommune
from pipelines.stamm.kommunen import load_admitted
from pipelines.stamm.tables.write import write_stamm
from pipelines.steps.checks import SCHEMAPRUEFUNG
from pipelines.steps.left_out import forget_left_out

# Tables of the secure zone that are read from tables and sheets, file by file.
PARTITIONEN_JE_TABELLE = {
    "eingang.stadtteiltabelle": TABELLEN_PARTITIONEN,
    "eingang.indikatortabelle": INDIKATOREN_PARTITIONEN,
    "eingang.massnahme": MASSNAHMEN_PARTITIONEN,
}
# One file a partition; the count of a data state has one file a state.
WUERFEL = (
    "wuerfel", "staatenwuerfel", "bezugslandwuerfel", "vergleichswuerfel", "alterswuerfel", "eintragswuerfel", "optionswuerfel",
)  # fmt: skip
EIN_LAUF = dg.BackfillPolicy.single_run()


def _lieferungen(ablage: Ablage, art: str, partitionen: list[str]) -> list[protokoll.Lieferung]:
    """The deliveries of the given partitions, new or not: who materialises by hand wants them read again."""
    alle = [li for li in neuigkeiten(ablage).alle if li.art == art]
    fehlend = set(partitionen) - {li.partition for li in alle}
    if fehlend:
        raise dg.Failure(
            f"Zu {', '.join(sorted(fehlend))} liegt keine Datei (mehr) in data/raw. Der zuletzt gelesene Bestand bleibt.",
            allow_retries=False,
        )
    return sorted(
        (li for li in alle if li.partition in partitionen), key=lambda li: (li.kommune, li.quelle, li.stichtag)
    )


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


def _read_all(context: dg.AssetExecutionContext, ablage: Ablage, art: str) -> _Lauf:
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


def _read_auszuege(context: dg.AssetExecutionContext, ablage: Ablage) -> _Lauf:
    """Read the extracts of the run's Stichtage. A refused one fails the run only if nothing was staged in its place."""
    kommunen, _ = load_admitted(ablage)
    lauf = _Lauf(schwelle=_schwelle(kommunen.values()))
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
                raise dg.Failure(_aussen(grund, lauf.schwelle), allow_retries=False) from None
            lauf.ergebnisse += e.ergebnisse
            lauf.schema += e.befunde
            if not e.gestellt:
                lauf.abgewiesen += [x for x in e.ergebnisse if not x.angenommen]
    return lauf


def _schwelle(kommunen: Iterable[Kommune]) -> int:
    """The highest threshold of the municipalities: one run may read extracts of several."""
    return max((k.angaben.schutz.mindestfallzahl for k in kommunen), default=5)


def _aussen(grund: LieferungAbgewiesen, schwelle: int) -> str:
    """Why a register extract was refused, as it may be told outside the secure zone."""
    return " | ".join(b.text() for b in nur_einmal(draussen(grund.befunde, schwelle)))


def _zeilencheck(lauf: _Lauf) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name="zeilen_abgewiesen",
        passed=not any(b.schwere is Schwere.fehler for b in lauf.befunde),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"Befunde": befundtabelle(lauf.gezeigt(lauf.befunde)), "Zeilen abgewiesen": lauf.zeilen("abgewiesen")},
    )


def _lieferungschecks(lauf: _Lauf, pruefungen: tuple[CheckFile, ...]) -> Iterator[dg.AssetCheckResult]:
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


def _lieferungs_asset(
    ablage: Ablage, art: str, schluessel: dg.AssetKey, pruefungen: tuple[CheckFile, ...], beschreibung: str
) -> dg.AssetsDefinition:
    """Asset of one kind of table: refused files leave their last good version, the others of the run are stored."""

    @dg.asset(
        key=schluessel,
        name=None,
        group_name="eingang",
        partitions_def=PARTITIONEN_JE_TABELLE[".".join(schluessel.path)],
        backfill_policy=EIN_LAUF,
        deps=[K_STAMM],
        check_specs=[
            dg.AssetCheckSpec(
                "zeilen_abgewiesen", asset=schluessel, description="Jede Zeile der Tabelle ist brauchbar."
            ),
            dg.AssetCheckSpec(
                SCHEMAPRUEFUNG, asset=schluessel, description="Das Gelesene entspricht dem Vokabular (pandera)."
            ),
            *(dg.AssetCheckSpec(p.name, asset=schluessel, description=p.titel) for p in pruefungen),
        ],
        metadata=schema_metadaten("eingang", schluessel.path[-1]),
        tags={"zone": "geheim"},
        description=beschreibung,
    )
    # Dagster reads a return annotation as the type of one output; a generator of several must have none.
    def tabelle(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]
        lauf = _read_all(context, ablage, art)
        yield _zeilencheck(lauf)
        yield dg.AssetCheckResult(
            check_name=SCHEMAPRUEFUNG, passed=not lauf.schema, metadata={"Verletzungen": befundtabelle(lauf.schema)}
        )
        yield from _lieferungschecks(lauf, pruefungen)
        # The results stay visible although the run fails: they are what a person needs to see.
        if fehlschlag := lauf.fehlschlag():
            raise fehlschlag
        yield dg.MaterializeResult(metadata=lauf.metadaten())

    return tabelle


def eingang(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """Configuration, the kinds of delivery, the cube."""

    @dg.asset(
        key=K_STAMM,
        group_name="stamm",
        description="Konfiguration und Referenzlisten als Tabellen: Kommunen, Gebiete, Definitionen, Staaten.",
    )
    def stammdaten() -> dg.MaterializeResult:
        with ablage.sperre():
            forget_left_out(ablage)
            kommunen, fehler = load_admitted(ablage)
            protokoll.create_empty_tables(ablage)
            tabellenablage.create_empty_tables(ablage)
            massnahmenablage.create_empty_tables(ablage)
            create_empty_cubes(ablage)
            try:
                zeilen = write_stamm(ablage, list(kommunen.values()), fehler)
            except KonfigurationsFehler as grund:
                raise dg.Failure(str(grund), metadata={"abgelehnt": True}, allow_retries=False) from None
        texte = [str(f) for f in fehler.values()]
        return dg.MaterializeResult(
            metadata={"Zeilen": dg.MetadataValue.json(zeilen), "Konfigurationsfehler": "\n".join(texte) or "keine"}
        )

    @dg.asset(
        key=K_REGISTER,
        group_name="eingang",
        partitions_def=MELDEREGISTER,
        backfill_policy=EIN_LAUF,
        deps=[K_STAMM],
        check_specs=[
            dg.AssetCheckSpec("zeilen_abgewiesen", asset=K_REGISTER, description="Jede Zeile des Auszugs ist brauchbar."),
            dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=K_REGISTER, blocking=True,
                              description="Der übernommene Bestand entspricht dem Vokabular (pandera, stückweise)."),
        ],
        metadata=schema_metadaten("eingang", "melderegister"),
        tags={"zone": "geheim"},
        description="Auszug aus dem Melderegister, geprüft und pseudonymisiert. Nur im geschützten Bereich; hier stehen "
        "Anzahlen, nie Werte einer Zeile.",
    )  # fmt: skip
    def melderegister(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        lauf = _read_auszuege(context, ablage)
        if fehlschlag := lauf.fehlschlag():
            raise fehlschlag
        schema = dg.AssetCheckResult(
            check_name=SCHEMAPRUEFUNG, passed=not lauf.schema,
            metadata={"Verletzungen": befundtabelle(lauf.gezeigt(lauf.schema))},
        )  # fmt: skip
        return dg.MaterializeResult(metadata=lauf.metadaten(), check_results=[_zeilencheck(lauf), schema])

    @dg.asset(
        key=K_WUERFEL,
        group_name="bevoelkerung",
        partitions_def=MELDEREGISTER,
        backfill_policy=EIN_LAUF,
        deps=[K_REGISTER, K_STAMM],
        check_specs=[
            dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=K_WUERFEL, blocking=True,
                              description="Die Zählung entspricht dem Vokabular (pandera).")
        ],
        metadata=schema_metadaten("bevoelkerung", "wuerfel"),
        tags={"zone": "geheim"},
        description="Bevölkerungswürfel: alle Definitionen in einem Durchgang über die Personen. Ungeschützte Zahlen.",
    )  # fmt: skip
    def wuerfel(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        kommunen, _ = load_admitted(ablage)
        personen, schwelle = 0, _schwelle(kommunen.values())
        schema: list[Befund] = []
        with ablage.sperre():
            for partition in context.partition_keys:
                kommune, stichtag = partition.rsplit("_", 1)
                try:
                    personen += count_partition(ablage, kommunen[kommune], stichtag)
                except KonfigurationsFehler as grund:
                    raise dg.Failure(str(grund), allow_retries=False) from None
                except LieferungAbgewiesen as grund:
                    raise dg.Failure(_aussen(grund, schwelle), allow_retries=False) from None
                schema += [b for name in WUERFEL for b in schemabefunde(ablage, name, partition)]
                if stand := gestellter_datenstand(ablage, partition):
                    schema += schemabefunde(ablage, NAME, standschluessel(partition, stand))
        return dg.MaterializeResult(
            metadata={"Personen": ungefaehr(personen, schwelle)},
            check_results=[
                dg.AssetCheckResult(
                    check_name=SCHEMAPRUEFUNG,
                    passed=not schema,
                    metadata={"Verletzungen": befundtabelle(nur_einmal(draussen(schema, schwelle)))},
                )
            ],
        )

    stadtteiltabelle = _lieferungs_asset(
        ablage, "tabellen", K_TABELLE, load_lieferung_checks(),
        "Gedruckte oder interne Stadtteiltabellen, Zelle für Zelle gelesen und gegen sich selbst geprüft.",
    )  # fmt: skip
    indikatortabelle = _lieferungs_asset(
        ablage, "indikatoren", K_INDIKATOR, load_lieferung_checks(),
        "Indikatorlieferungen von Ämtern und Datenbanken, Zelle für Zelle gelesen und gegen sich selbst geprüft.",
    )  # fmt: skip
    massnahme = _lieferungs_asset(
        ablage, "massnahmen", K_MASSNAHME, load_massnahmen_checks(),
        "Maßnahmenblätter und Ratsvorlagen, gegen den Katalog des Konzepts und frühere Stände geprüft.",
    )  # fmt: skip
    return [stammdaten, melderegister, stadtteiltabelle, indikatortabelle, massnahme, wuerfel]
