"""Thin Dagster assets of the secure zone: configuration, the kinds of delivery, the cube.

Belongs here: keys, groups, partitions, descriptions, metadata. The work is in the functions that are called.
"""

import dagster as dg

from pipelines.bevoelkerung.datenstand import NAME, gestellter_datenstand, standschluessel
from pipelines.bevoelkerung.empty_cubes import create_empty_cubes
from pipelines.bevoelkerung.partition import count_partition
from pipelines.eingang.ingest import schemabefunde
from pipelines.eingang.lieferung import record as protokoll
from pipelines.eingang.lieferung.outside import draussen, nur_einmal, ungefaehr
from pipelines.eingang.massnahmen import store as massnahmenablage
from pipelines.eingang.massnahmen.checks import load_massnahmen_checks
from pipelines.eingang.tabelle import store as tabellenablage
from pipelines.eingang.tabelle.checks import load_lieferung_checks
from pipelines.foundation.check_files import CheckFile
from pipelines.foundation.findings import Befund, KonfigurationsFehler, LieferungAbgewiesen
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
    owners,
)
from pipelines.orchestration.lauf import (
    aussen,
    hoechste_schwelle,
    lieferungschecks,
    read_all,
    read_auszuege,
    zeilencheck,
)
from pipelines.orchestration.metadata import befundtabelle, schema_metadaten
from pipelines.stamm.admitted import load_admitted
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
    "wuerfel", "staatenwuerfel", "bezugslandwuerfel", "vergleichswuerfel", "artenwuerfel", "alterswuerfel", "eintragswuerfel",
    "merkmalswuerfel", "optionswuerfel", "bewegungswuerfel",
)  # fmt: skip
EIN_LAUF = dg.BackfillPolicy.single_run()


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
        kinds={"excel", "csv"},
        owners=owners("eingang", schluessel.path[-1]),
        tags={"zone": "geheim"},
        description=beschreibung,
    )
    # Dagster reads a return annotation as the type of one output; a generator of several must have none.
    def tabelle(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]
        lauf = read_all(context, ablage, art)
        yield zeilencheck(lauf)
        yield dg.AssetCheckResult(
            check_name=SCHEMAPRUEFUNG, passed=not lauf.schema, metadata={"Verletzungen": befundtabelle(lauf.schema)}
        )
        yield from lieferungschecks(lauf, pruefungen)
        # The results stay visible although the run fails: they are what a person needs to see.
        if fehlschlag := lauf.fehlschlag():
            raise fehlschlag
        yield dg.MaterializeResult(metadata=lauf.metadaten())

    return tabelle


def _stammdaten(ablage: Ablage) -> dg.AssetsDefinition:
    """Configuration and reference lists."""

    @dg.asset(
        key=K_STAMM,
        group_name="stamm",
        kinds={"yaml", "csv"},
        owners=owners("stamm", "stammdaten"),
        metadata=schema_metadaten("stamm", "stammdaten"),
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

    return stammdaten


def _melderegister(ablage: Ablage) -> dg.AssetsDefinition:
    """Register extracts of one Stichtag, all or none of them."""

    @dg.asset(
        key=K_REGISTER,
        group_name="eingang",
        partitions_def=MELDEREGISTER,
        backfill_policy=EIN_LAUF,
        deps=[K_STAMM],
        check_specs=[
            dg.AssetCheckSpec("zeilen_abgewiesen", asset=K_REGISTER, description="Jede Zeile des Auszugs ist brauchbar."),
            dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=K_REGISTER, blocking=True,
                              description="Der übernommene Bestand entspricht dem Vokabular (SQL; Stichprobe: pandera)."),
        ],
        metadata=schema_metadaten("eingang", "melderegister"),
        kinds={"csv", "duckdb"},
        owners=owners("eingang", "melderegister"),
        tags={"zone": "geheim"},
        description="Auszug aus dem Melderegister, geprüft und pseudonymisiert. Nur im geschützten Bereich; hier stehen "
        "Anzahlen, nie Werte einer Zeile.",
    )  # fmt: skip
    def melderegister(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        lauf = read_auszuege(context, ablage)
        if fehlschlag := lauf.fehlschlag():
            raise fehlschlag
        schema = dg.AssetCheckResult(
            check_name=SCHEMAPRUEFUNG, passed=not lauf.schema,
            metadata={"Verletzungen": befundtabelle(lauf.gezeigt(lauf.schema))},
        )  # fmt: skip
        return dg.MaterializeResult(metadata=lauf.metadaten(), check_results=[zeilencheck(lauf), schema])

    return melderegister


def _wuerfel(ablage: Ablage) -> dg.AssetsDefinition:
    """The cube of one Stichtag."""

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
        kinds={"duckdb", "sql"},
        owners=owners("bevoelkerung", "wuerfel"),
        tags={"zone": "geheim"},
        description="Bevölkerungswürfel: alle Definitionen in einem Durchgang über die Personen. Ungeschützte Zahlen.",
    )  # fmt: skip
    def wuerfel(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        kommunen, _ = load_admitted(ablage)
        personen, schwelle = 0, hoechste_schwelle(kommunen.values())
        schema: list[Befund] = []
        with ablage.sperre():
            for partition in context.partition_keys:
                kommune, stichtag = partition.rsplit("_", 1)
                try:
                    personen += count_partition(ablage, kommunen[kommune], stichtag)
                except KonfigurationsFehler as grund:
                    raise dg.Failure(str(grund), allow_retries=False) from None
                except LieferungAbgewiesen as grund:
                    raise dg.Failure(aussen(grund, schwelle), allow_retries=False) from None
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

    return wuerfel


def eingang(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """Configuration, the kinds of delivery, the cube."""
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
    return [
        _stammdaten(ablage),
        _melderegister(ablage),
        stadtteiltabelle,
        indikatortabelle,
        massnahme,
        _wuerfel(ablage),
    ]
