"""Deliveries read by several machines: each is a task of Celery, any worker may do it, and what a dead one had goes to another.

Belongs here: the job that deals deliveries out, how it is configured, what comes back. Does not belong here: reading them
(refresh/run.py, as on one machine), the application that a worker starts (worker.py). Without `MONITORING_BROKER` nothing of
this is there. All machines see one data folder and one run state (docs/betrieb.md).
"""

import os
from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg
from dagster._core.definitions.reconstruct import ReconstructableRepository

from pipelines.foundation.config_files import one_state
from pipelines.foundation.findings import KonfigurationsFehler, Schwere
from pipelines.foundation.messages import ALLE, Meldung, aus_dict
from pipelines.foundation.storage import WURZEL, Ablage
from pipelines.refresh.outcome import Auftrag
from pipelines.refresh.run import JOBS, Ende, Laeufer, Verteiler

BROKER = "MONITORING_BROKER"  # e.g. redis://host:6379/0
FRIST = "MONITORING_BROKER_FRIST"  # seconds: longer than the longest delivery takes
FRIST_SEKUNDEN = 3600
J_VERTEILT = "lieferungen_verteilt"
EINLESEN = "lieferung_einlesen"


def find_broker() -> str | None:
    """Where tasks are queued; None on a single machine."""
    return os.environ.get(BROKER) or None


def create_settings() -> dict[str, Any]:
    """Settings that the side that deals out and the workers share.

    A task counts as done when it is done, not when it is taken: one whose worker says nothing for the `FRIST` is given out again.
    """
    adresse = find_broker() or "memory://"
    return {
        "broker": adresse,
        "backend": adresse if find_broker() else "cache+memory://",
        "config_source": {
            "task_acks_late": True,
            "task_reject_on_worker_lost": True,
            "worker_prefetch_multiplier": 1,
            "broker_connection_retry_on_startup": True,
            "broker_transport_options": {"visibility_timeout": int(os.environ.get(FRIST) or FRIST_SEKUNDEN)},
        },
    }


def verteilung(ablage: Ablage, bau: Callable[[], dg.Definitions]) -> list[dg.JobDefinition]:
    """The job that deals deliveries out, if there is a queue."""
    if find_broker() is None:
        return []
    try:
        from dagster_celery import celery_executor
    except ImportError:
        raise KonfigurationsFehler(
            f"{BROKER} nennt eine Warteschlange, aber das Paket dagster-celery ist nicht installiert. Bitte mit "
            "»pip install integrationsmonitoring[verteilt]« nachholen oder die Angabe weglassen."
        ) from None

    @dg.op(
        out=dg.DynamicOut(), config_schema={"lieferungen": [{"art": str, "partition": str}]},
        description="Die Lieferungen, eine je Aufgabe.",
    )  # fmt: skip
    def lieferungen_verteilen(context: dg.OpExecutionContext):  # type: ignore[no-untyped-def]
        for nummer, lieferung in enumerate(context.op_config["lieferungen"]):
            yield dg.DynamicOutput(dict(lieferung), mapping_key=f"n{nummer}")

    @dg.op(name=EINLESEN, description="Eine Lieferung einlesen, auf der Maschine, die sie bekommt.")
    def read_one(context: dg.OpExecutionContext, lieferung: dict) -> dict:  # type: ignore[type-arg]
        auftrag = Auftrag()
        marken = {k: v for k, v in context.run.tags.items() if k.startswith("monitoring/")}
        lauf = Laeufer(bau(), context.instance, auftrag, marken)
        with ablage.work_for_refresh(), one_state(ablage.roh):
            ende = lauf(JOBS[lieferung["art"]], lieferung["partition"])
        return {"ende": ende.value, "befunde": [m.als_dict() for m in auftrag.befunde]}

    @dg.job(
        name=J_VERTEILT, executor_def=celery_executor.configured(create_settings()),
        description="Neue Lieferungen auf die Maschinen verteilen.",
    )  # fmt: skip
    def job() -> None:
        lieferungen_verteilen().map(read_one)

    return [job]


def create_distributor(instanz: dg.DagsterInstance) -> Verteiler | None:
    """How a refresh deals its deliveries out; None where it reads them itself."""
    return _Verteilung(instanz) if find_broker() else None


class _Verteilung:
    """Gives all deliveries of a refresh out at once and waits for the last one."""

    def __init__(self, instanz: dg.DagsterInstance):
        self.instanz = instanz

    def __call__(self, lauf: Laeufer, lieferungen: Sequence[tuple[str, str]]) -> bool:
        enden = self._read(lieferungen, lauf.marken_des_laufs())
        lauf.auftrag.befunde += [m for _, befunde in enden for m in befunde]
        lauf.auftrag.gelesen += len(enden)
        return any(ende is Ende.fertig for ende, _ in enden)

    def _read(self, lieferungen: Sequence[tuple[str, str]], marken: dict[str, str]) -> list[tuple[Ende, list[Meldung]]]:
        job = ReconstructableRepository.for_module(
            "pipelines.definitions", "defs", working_directory=str(WURZEL)
        ).get_reconstructable_job(J_VERTEILT)
        angaben = {"lieferungen": [{"art": a, "partition": p} for a, p in lieferungen]}
        gelesen: dict[str, Any] = {}
        grund = ""
        try:
            with dg.execute_job(
                job, instance=self.instanz, tags=marken, raise_on_error=False,
                run_config={"ops": {"lieferungen_verteilen": {"config": angaben}}},
            ) as ergebnis:  # fmt: skip
                if ergebnis.success:
                    gelesen = dict(ergebnis.output_for_node(EINLESEN))
        except Exception as fehler:  # the queue cannot be reached: the next refresh tries again
            grund = f" ({type(fehler).__name__})"
        return [
            _result(gelesen.get(f"n{nummer}"), partition, grund) for nummer, (_, partition) in enumerate(lieferungen)
        ]


def _result(gelesen: dict[str, Any] | None, partition: str, grund: str) -> tuple[Ende, list[Meldung]]:
    if gelesen is not None:
        return Ende(gelesen["ende"]), [aus_dict(m) for m in gelesen["befunde"]]
    text = (
        f"{partition}: Die Lieferung wurde verteilt und kam von keiner Maschine gelesen zurück{grund}; die nächste "
        f"Aktualisierung versucht es wieder. Bitte prüfen, ob die Warteschlange ({BROKER}) erreichbar ist und Arbeiter laufen."
    )
    return Ende.unerwartet, [
        Meldung(Schwere.fehler, partition.rsplit("_", 1)[0] or ALLE, "verteilung", "unerwartet", text)
    ]
