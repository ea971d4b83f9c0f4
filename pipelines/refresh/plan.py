"""Every table behind the deliveries as a step, and the order that follows from what each reads.

Belongs here: the one list that assets, tests and documentation read. Does not belong here: how a step writes its table.
"""

from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import OEFFENTLICHE_ZONE, WURZEL
from pipelines.geheimhaltung.cell_keys import cell_key_tables
from pipelines.geheimhaltung.entscheidung import write_entscheidungen
from pipelines.geheimhaltung.family import QUELLEN as FAMILIENQUELLEN
from pipelines.indikatoren.steps import CATALOGUE_STEPS
from pipelines.indikatoren.trend import write_trends
from pipelines.steps.checks import load_checks
from pipelines.steps.sql_step import sql_steps
from pipelines.steps.step import FunctionStep, Name, Step
from pipelines.veroeffentlichung.check_log import write_check_log
from pipelines.veroeffentlichung.korrektur import write_korrekturen
from pipelines.veroeffentlichung.revision import write_revisionen
from schemas.tabellen.registry import TABELLEN, VEROEFFENTLICHT

ENTSCHEIDUNG = FunctionStep(
    "geheimhaltung", "entscheidung", "Welche Zellen verborgen werden: eine Entscheidung je Zelle, die jede Tür liest.",
    tuple(FAMILIENQUELLEN), write_entscheidungen, "Zellen auswählen", rows_of="Zellen",
    rests_only_on=(*FAMILIENQUELLEN, *cell_key_tables()),
)  # fmt: skip
KORREKTUR = FunctionStep(
    "geheimhaltung", "indikatorkorrektur",
    "Werte, die von den zuletzt veröffentlichten abweichen: was in den Zeitreihen »korrigiert« heißt.",
    (("geheimhaltung", "indikatorwert"),), write_korrekturen, "mit der letzten Veröffentlichung vergleichen",
)  # fmt: skip
TREND = FunctionStep(
    "marts", "indikator_trend",
    "Trend jeder Zeitreihe aus mindestens fünf vergleichbaren Werten, mit dem Test und seinen Eingaben.",
    (("marts", "indikator_zeitreihe"), ("stamm", "indikator")), write_trends, "Trends rechnen",
    rests_only_on=(("marts", "indikator_zeitreihe"), ("stamm", "indikator")),
)  # fmt: skip
REVISION = FunctionStep(
    "protokoll", "revision", "Was eine veröffentlichte Zahl früher war, gegen die letzte Veröffentlichung verglichen.",
    tuple((t.schema, t.name) for t in VEROEFFENTLICHT if t.schema == "marts"), write_revisionen,
    "mit der letzten Veröffentlichung vergleichen",
)  # fmt: skip
PRUEFUNG = FunctionStep(
    "protokoll", "pruefung", "Ergebnis jeder Prüfung und jeder Befund einer Lieferung.",
    (*((t.schema, t.name) for t in VEROEFFENTLICHT if t.voll != "protokoll.pruefung"), ("geheimhaltung", "befund")),
    write_check_log, "Ergebnisse der Prüfungen sammeln",
)  # fmt: skip


@cache
def plan() -> tuple[Step, ...]:
    """All steps; a table stands in it once.

    Raises: KonfigurationsFehler for a file below sql/marts whose columns nobody declared: its table would never be published;
    or a check of a table nobody writes; ValueError if two steps write one table.
    """
    if bare := [s for s in sql_steps() if s.schema in OEFFENTLICHE_ZONE and f"{s.schema}.{s.name}" not in TABELLEN]:
        raise KonfigurationsFehler(
            f"{bare[0].datei.relative_to(WURZEL)}: für die Tabelle {bare[0].schema}.{bare[0].name} sind keine Spalten erklärt, "
            "sie würde nie veröffentlicht. Erwartet: eine Tabelle dieses Namens in VEROEFFENTLICHT, "
            "schemas/tabellen/registry.py (siehe CONTRIBUTING.md, A mart)."
        )
    steps = (*sql_steps(), *CATALOGUE_STEPS, ENTSCHEIDUNG, KORREKTUR, TREND, REVISION, PRUEFUNG)
    keys = [s.key for s in steps]
    if twice := {k for k in keys if keys.count(k) > 1}:
        raise ValueError(f"two steps write {sorted(twice)}")
    if stray := [p for p in load_checks() if (p.schema, p.tabelle) not in keys]:
        raise KonfigurationsFehler(
            f"sql/pruefungen/tabellen/{stray[0].schema}/{stray[0].tabelle}/{stray[0].name}.sql: die Tabelle gibt es nicht, "
            "die Prüfung liefe nie. Erwartet: Ordner <schema>/<tabelle> wie bei den anderen (siehe CONTRIBUTING.md, A check)."
        )
    return steps


def step(schema: str, name: str) -> Step:
    """The step that writes a table. Raises: KeyError if none does."""
    return {s.key: s for s in plan()}[schema, name]


def in_order(steps: Iterable[Step]) -> list[Step]:
    """The given steps, each after those of them that it reads."""
    given = {s.key: s for s in steps}
    graph = {key: [r for r in s.reads if r in given] for key, s in given.items()}
    return [given[key] for key in TopologicalSorter(graph).static_order()]


def with_inputs(goals: Iterable[Name]) -> list[Step]:
    """Every step that these tables need, each after what it reads."""
    known, needed, open_ = {s.key: s for s in plan()}, dict[Name, Step](), list(goals)
    while open_:
        key = open_.pop()
        if key in known and key not in needed:
            needed[key] = known[key]
            open_ += known[key].reads
    return in_order(needed.values())
