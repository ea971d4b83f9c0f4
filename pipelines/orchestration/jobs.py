"""Jobs, the nightly schedule, the sensor on data/raw, the cleaning of run history.

Belongs here: when something runs. What is new is decided in refresh/news.py, what is done in refresh/run.py.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage, Gesperrt
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
from pipelines.orchestration.verteilung import create_distributor
from pipelines.refresh.closing import schlusszeilen
from pipelines.refresh.news import Neuigkeiten, neuigkeiten
from pipelines.refresh.notify import tell_office
from pipelines.refresh.outcome import offene_meldungen
from pipelines.refresh.run import (
    J_INDIKATOREN,
    J_MARTS,
    J_MASSNAHMEN,
    J_REGISTER,
    J_TABELLEN,
    refresh_all,
    register_partitions,
)
from pipelines.stamm.kommune import kommunen_ordner

J_ALLES = "alles_aktualisieren"
J_AUFRAEUMEN = "laeufe_aufraeumen"
ZEITZONE = "Europe/Berlin"
NACHTS = "30 2 * * *"
SONNTAGS = "0 4 * * 0"
SENSOR_SEKUNDEN = 30
RUHE_SEKUNDEN = 10  # a file changed more recently may still be being copied
LAEUFE_BEHALTEN_TAGE = 180

Bau = Callable[[], dg.Definitions]


def asset_jobs() -> list[Any]:
    """The steps a person can start alone: one kind of delivery, or everything behind the cube."""
    eingang = dg.AssetSelection.assets(K_REGISTER, K_TABELLE, K_INDIKATOR, K_MASSNAHME, K_WUERFEL)
    return [
        dg.define_asset_job(
            J_REGISTER, dg.AssetSelection.assets(K_STAMM, K_REGISTER, K_WUERFEL), partitions_def=MELDEREGISTER,
            description="Auszüge der gewählten Stichtage einlesen und zählen.",
        ),
        dg.define_asset_job(
            J_TABELLEN, dg.AssetSelection.assets(K_TABELLE), partitions_def=TABELLEN_PARTITIONEN,
            description="Stadtteiltabellen der gewählten Stichtage einlesen.",
        ),
        dg.define_asset_job(
            J_INDIKATOREN, dg.AssetSelection.assets(K_INDIKATOR), partitions_def=INDIKATOREN_PARTITIONEN,
            description="Indikatorlieferungen der gewählten Stichtage einlesen.",
        ),
        dg.define_asset_job(
            J_MASSNAHMEN, dg.AssetSelection.assets(K_MASSNAHME), partitions_def=MASSNAHMEN_PARTITIONEN,
            description="Maßnahmenblätter einlesen.",
        ),
        dg.define_asset_job(
            J_MARTS, dg.AssetSelection.all() - eingang,
            description="Alles hinter dem Würfel: schützen, Marts bauen, prüfen, veröffentlichen, berichten.",
        ),
    ]  # fmt: skip


def _auftrag(ablage: Ablage, bau: Bau, name: str, nur: tuple[str, ...], beschreibung: str) -> dg.JobDefinition:
    @dg.op(name=f"{name}_ausfuehren", description=beschreibung)
    def execute(context: dg.OpExecutionContext) -> None:
        try:
            verteiler = create_distributor(context.instance)
            auftrag = refresh_all(
                ablage, bau(), context.instance, nur, False, context.log.info, context.run_id, verteiler
            )
        except (Gesperrt, KonfigurationsFehler) as grund:
            raise dg.Failure(str(grund), allow_retries=False) from None
        for text in auftrag.warnungen:
            context.log.warning(text)
        context.log.info("Nichts Neues." if auftrag.nichts_getan else f"{auftrag.gelesen} Lieferungen gelesen.")
        schluss = schlusszeilen(ablage, auftrag)
        if ungesagt := tell_office(auftrag, schluss):
            context.log.warning(ungesagt)
        if auftrag.meldungen:
            raise dg.Failure("\n".join([*auftrag.meldungen, *schluss]), allow_retries=False)
        context.log.info("\n".join(schluss))

    @dg.job(name=name, description=beschreibung, executor_def=dg.in_process_executor)
    def job() -> None:
        execute()

    return job


def auftraege(ablage: Ablage, bau: Bau) -> list[dg.JobDefinition]:
    """The one button for everything, one for each municipality, and the cleaning of run history."""

    @dg.op(name="alte_laeufe_loeschen", description="Alte Läufe samt ihren Ereignissen löschen.")
    def delete_old_runs(context: dg.OpExecutionContext) -> None:
        grenze = datetime.now().astimezone() - timedelta(days=LAEUFE_BEHALTEN_TAGE)
        alte = context.instance.get_run_records(dg.RunsFilter(created_before=grenze), limit=1000)
        for satz in alte:
            context.instance.delete_run(satz.dagster_run.run_id)
        context.log.info(f"{len(alte)} Läufe gelöscht, die älter als {LAEUFE_BEHALTEN_TAGE} Tage sind.")

    @dg.job(name=J_AUFRAEUMEN, description="Laufgeschichte kürzen.", executor_def=dg.in_process_executor)
    def clean_up() -> None:
        delete_old_runs()

    alles = _auftrag(ablage, bau, J_ALLES, (), "Alles Neue aller Kommunen einlesen, prüfen und veröffentlichen.")
    einzeln = [
        _auftrag(
            ablage, bau, f"nur_{o.name}", (o.name,), f"Alles Neue von {o.name} einlesen, prüfen und veröffentlichen."
        )
        for o in kommunen_ordner(ablage)
    ]
    return [alles, *einzeln, clean_up]


def zeitplaene(ablage: Ablage, alles: dg.JobDefinition, clean_up: dg.JobDefinition) -> list[dg.ScheduleDefinition]:
    """Every night what is new; every Sunday the cleaning."""

    @dg.schedule(
        name="naechtlich", job=alles, cron_schedule=NACHTS, execution_timezone=ZEITZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING, description="Jede Nacht: was neu ist.",
    )  # fmt: skip
    def naechtlich(_: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        neu = neuigkeiten(ablage)
        if neu.nichts and not offene_meldungen(ablage, neu).meldungen:
            return dg.SkipReason("Nichts Neues.")
        return dg.RunRequest()  # what is still wrong is told again each night

    return [
        naechtlich,
        dg.ScheduleDefinition(
            name="sonntags_aufraeumen", job=clean_up, cron_schedule=SONNTAGS, execution_timezone=ZEITZONE,
            default_status=dg.DefaultScheduleStatus.RUNNING,
            description="Jeden Sonntag: Läufe löschen, die zu alt sind.",
        ),
    ]  # fmt: skip


def sensoren(ablage: Ablage, alles: dg.JobDefinition) -> list[dg.SensorDefinition]:
    """Watch data/raw: register partitions, start a run for what is new."""

    @dg.sensor(
        name="lieferungen_beobachten", job=alles, minimum_interval_seconds=SENSOR_SEKUNDEN,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Neue oder geänderte Dateien in data/raw: Partitionen anlegen und einen Lauf starten.",
    )  # fmt: skip
    def watch_lieferungen(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        try:
            with ablage.sperre(warten=0):
                neu = neuigkeiten(ablage)
        except Gesperrt:
            yield dg.SkipReason("Ein Lauf arbeitet gerade.")
            return
        register_partitions(context.instance, neu)
        if neu.nichts:
            yield dg.SkipReason("Nichts Neues.")
        elif any(_in_arbeit(li.pfad) for li in neu.neu):
            yield dg.SkipReason("Eine Datei wird wohl noch kopiert; beim nächsten Mal.")
        else:
            yield dg.RunRequest(run_key=_kennung(neu))

    return [watch_lieferungen]


def _in_arbeit(pfad: Path) -> bool:
    """Whether a file was changed a moment ago; one that is gone is not there to be read now, either."""
    try:
        return 0 <= time.time() - pfad.stat().st_mtime < RUHE_SEKUNDEN
    except OSError:
        return True


def _kennung(neu: Neuigkeiten) -> str:
    """The same news start a run once, also if that run fails."""
    teile = sorted(li.fingerabdruck for li in neu.neu) + neu.nur_zaehlen + [str(neu.baustand)]
    return hashlib.sha256("|".join(teile).encode()).hexdigest()
