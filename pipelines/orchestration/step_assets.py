"""Thin assets of the steps of the plan, and the checks of their tables.

Belongs here: keys, groups, descriptions, metadata. The work is in the steps. Deliveries and the cube are in eingang_assets.py.
"""

import dagster as dg

from pipelines.foundation.findings import KonfigurationsFehler, LieferungAbgewiesen, Schwere, verschlossen
from pipelines.foundation.messages import ALLE
from pipelines.foundation.storage import Ablage
from pipelines.orchestration.keys import K_STAMM, group, keys_of, owners, zone
from pipelines.orchestration.metadata import markdown, metadaten, schema_metadaten
from pipelines.refresh.plan import plan
from pipelines.refresh.run import MARKE_UNVERAENDERTES_BLEIBT
from pipelines.steps.checks import (
    SCHEMAPRUEFUNG,
    ZEILEN_GEZEIGT,
    Pruefergebnis,
    Pruefung,
    load_checks,
)  # fmt: skip
from pipelines.steps.sql_step import SqlStep, tables_in
from pipelines.steps.step import Step
from pipelines.steps.unchanged import check, check_table, write_step
from schemas.tabellen.registry import TABELLEN


def _schemaspec(step: Step) -> list[dg.AssetCheckSpec]:
    """The check of a published table against the vocabulary; tables on the way have none."""
    if f"{step.schema}.{step.name}" not in TABELLEN:
        return []
    beschreibung = f"{step.schema}.{step.name} entspricht dem Vokabular (pandera)."
    return [dg.AssetCheckSpec(SCHEMAPRUEFUNG, asset=dg.AssetKey(step.key), blocking=True, description=beschreibung)]


def _eigene_pruefungen(step: Step) -> list[Pruefung]:
    """SQL checks that need nothing but the table of a step: they run inside it, a step of their own costs more."""
    return [p for p in load_checks() if (p.schema, p.tabelle) == step.key and p.fuer_sich]


def _check(ablage: Ablage, step: Step, eigene: list[Pruefung], keep: bool) -> list[dg.AssetCheckResult]:
    """Results of the checks that run inside a step."""
    ergebnisse = []
    if _schemaspec(step):
        ergebnisse.append(to_check_result(check_table(ablage, step.schema, step.name, keep), SCHEMAPRUEFUNG))
    for p in eigene:
        ergebnisse.append(to_check_result(check(ablage, p, keep), p.name))
    return ergebnisse


def _keeps(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> bool:
    """Whether a run keeps what is unchanged: those of a refresh do; whoever starts a step by hand wants it done."""
    return MARKE_UNVERAENDERTES_BLEIBT in context.run.tags


def _step_asset(ablage: Ablage, step: Step) -> dg.AssetsDefinition:
    eigene = _eigene_pruefungen(step)
    key = dg.AssetKey(step.key)
    # What a statement reads and was never delivered is laid out empty together with the configuration.
    before = (K_STAMM,) if isinstance(step, SqlStep) else ()

    @dg.asset(
        key=key,
        name=None,
        group_name=group(step.schema),
        deps=list(dict.fromkeys([*before, *(k for table in step.reads for k in keys_of(table))])),
        metadata=schema_metadaten(step.schema, step.name),
        description=step.beschreibung,
        tags={"zone": zone(step.schema)},
        kinds=set(step.kinds),
        owners=owners(step.schema, step.name),
        check_specs=[
            *_schemaspec(step),
            *(dg.AssetCheckSpec(p.name, asset=key, blocking=p.sperrt, description=p.titel) for p in eigene),
        ],
    )
    def tabelle(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        keep = _keeps(context)
        name = f"{step.schema}.{step.name}"
        with ablage.sperre():
            try:
                with verschlossen(name, step.doing):
                    geschrieben = write_step(ablage, step, keep)
                with verschlossen(name, "Ergebnis prüfen"):
                    geprueft = _check(ablage, step, eigene, keep)
            except LieferungAbgewiesen as grund:
                raise dg.Failure(str(grund), allow_retries=False) from None
            except KonfigurationsFehler as grund:
                raise dg.Failure(str(grund), metadata={"abgelehnt": True}, allow_retries=False) from None
        return dg.MaterializeResult(metadata=metadaten(ablage, step, geschrieben), check_results=geprueft)

    return tabelle


def step_assets(ablage: Ablage) -> list[dg.AssetsDefinition]:
    """One asset for each step of the plan."""
    return [_step_asset(ablage, step) for step in plan()]


def to_check_result(ergebnis: Pruefergebnis, name: str | None = None) -> dg.AssetCheckResult:
    """Result for the UI. Of a check that keeps figures back only what concerns everybody stops the run (ERROR): the figures of
    single municipalities are held back at the gate, and the others go on."""
    gehalten = ergebnis.holds_back()
    haelt_an = ALLE in gehalten or (ergebnis.schwere is Schwere.fehler and not gehalten)
    wen = f" – zurückgehalten: {', '.join(gehalten)}" if gehalten and ALLE not in gehalten else ""
    # How many cells of the register are wrong is a count of it.
    faelle = {} if ergebnis.zellen else {"Fälle": len(ergebnis.zeilen)}
    verletzt = "verletzt" if ergebnis.zellen else f"{len(ergebnis.zeilen)} Fälle"
    worte = verletzt if ergebnis.zeilen else ergebnis.ergebnis.replace("_", " ")
    return dg.AssetCheckResult(
        check_name=name,
        passed=ergebnis.bestanden,
        severity=dg.AssetCheckSeverity.ERROR if haelt_an else dg.AssetCheckSeverity.WARN,
        description=f"{ergebnis.titel}: {worte}{wen}",
        metadata={**faelle, "Zeilen": _faelle(ergebnis), "Erwartet": ergebnis.erwartet},
    )


def _faelle(ergebnis: Pruefergebnis) -> dg.MarkdownMetadataValue:
    """The offending rows; of the register only whose they are: Dagster keeps its events for ever, and outside the secure zone."""
    zeilen = ergebnis.zeilen[:ZEILEN_GEZEIGT]
    if not ergebnis.zellen:
        return dg.MetadataValue.md(markdown(zeilen))
    kommunen = sorted({k for k, _, _ in ergebnis.faelle()})
    wo = "Welche Zellen, nennt intern/meldungen.txt." if kommunen else "*(keine Zeilen)*"
    return dg.MetadataValue.md(", ".join([*kommunen, wo]))


def _sql_check(ablage: Ablage, p: Pruefung) -> dg.AssetChecksDefinition:
    eigener = dg.AssetKey([p.schema, p.tabelle])

    @dg.asset_check(
        asset=eigener,
        name=p.name,
        description=p.titel,
        blocking=p.sperrt,
        additional_deps=[k for q in tables_in(p.text) for k in keys_of(q) if k != eigener],
    )
    def sql_check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        with ablage.sperre(), verschlossen(f"{p.schema}.{p.tabelle}", f"Prüfung {p.name}"):
            return to_check_result(check(ablage, p, _keeps(context)))

    return sql_check


def checks(ablage: Ablage) -> list[dg.AssetChecksDefinition]:
    """SQL checks that compare tables. Those of one table, and whether it is of the vocabulary, run inside its asset."""
    innen = {p.name for s in plan() for p in _eigene_pruefungen(s)}
    return [_sql_check(ablage, p) for p in load_checks() if p.name not in innen]
