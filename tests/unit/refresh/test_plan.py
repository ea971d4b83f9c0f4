"""The plan: every table once, in an order that follows from what is read, and nothing that would silently not be published."""

from pathlib import Path

import pytest

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.refresh import plan as module
from pipelines.refresh.plan import in_order, plan, step, with_inputs
from pipelines.steps.sql_step import SqlStep, sql_steps
from schemas.tabellen.registry import VEROEFFENTLICHT


def test_every_published_table_has_one_step() -> None:
    keys = [s.key for s in plan()]
    assert len(keys) == len(set(keys))
    assert {(t.schema, t.name) for t in VEROEFFENTLICHT} <= set(keys)


def test_a_step_comes_after_what_it_reads() -> None:
    steps = in_order(plan())
    place = {s.key: n for n, s in enumerate(steps)}
    assert len(steps) == len(plan())
    late = [(s.key, r) for s in steps for r in s.reads if place.get(r, -1) > place[s.key]]
    assert late == []


def test_what_a_table_needs_is_found_through_all_steps() -> None:
    keys = [s.key for s in with_inputs([("marts", "indikator_trend")])]
    assert keys[-1] == ("marts", "indikator_trend")
    assert {("marts", "indikator_zeitreihe"), ("geheimhaltung", "entscheidung"), ("bevoelkerung", "zelle")} <= set(keys)


def test_a_mart_without_declared_columns_is_an_error_not_a_table_nobody_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = module.WURZEL / "sql" / "marts" / "neuer_mart.sql"
    new = SqlStep("marts", "neuer_mart", file)
    monkeypatch.setattr(module, "sql_steps", lambda: (*sql_steps(), new))
    with pytest.raises(
        KonfigurationsFehler, match=r"sql/marts/neuer_mart.sql: für die Tabelle marts.neuer_mart sind keine Spalten"
    ):
        plan.__wrapped__()


def test_a_table_nobody_writes_has_no_step() -> None:
    with pytest.raises(KeyError):
        step("marts", "gibt_es_nicht")
