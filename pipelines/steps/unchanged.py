"""Tables and checks over unchanged inputs: known again by content, and not computed a second time.

Belongs here: remembering what a table was made of, keeping one that was made of exactly this before, and the result of a check
that found nothing in it. Does not belong here: what a result rests on (inputs.py), which steps a build runs (refresh/stale.py).
"""

import json
from collections.abc import Callable
from pathlib import Path

from pipelines.foundation.checksums import file_checksum
from pipelines.foundation.messages import read_state
from pipelines.foundation.storage import Ablage
from pipelines.steps.checks import (
    Pruefergebnis,
    Pruefung,
    check_schema,
    is_empty,
    names_cells,
    remember,
    remembered_result,
    run_check,
    schema_result,
)
from pipelines.steps.inputs import resting_on
from pipelines.steps.invented import load_invented
from pipelines.steps.sql_step import tables_in
from pipelines.steps.step import Name, Step, Written


def write_step(ablage: Ablage, step: Step, keep: bool) -> Written:
    """Make a step's table; with `keep` one made of the same inputs before stays as it is."""
    before = step.rests_on(ablage)
    if keep and before and (kept := written_before(ablage, step, before)):
        return kept
    written = step.write(ablage)
    if (
        before and step.rests_on(ablage) == before
    ):  # else somebody was left out meanwhile: the next build tries with everybody
        _remember(ablage, step, before, written)
    return written


def written_before(ablage: Ablage, step: Step, state: str) -> Written | None:
    """What a step wrote when its inputs were as `state` says, if its table is still that."""
    known = read_state(_record(ablage, step), None, ("ruht_auf", "tabelle", "zeilen", "zahlen"))
    file = ablage.tabelle(*step.key)
    if known is None or known["ruht_auf"] != state or not file.is_file():
        return None
    return Written(known["zeilen"], known["zahlen"], kept=True) if known["tabelle"] == file_checksum(file) else None


def _remember(ablage: Ablage, step: Step, state: str, written: Written) -> None:
    content = {
        "ruht_auf": state, "tabelle": file_checksum(ablage.tabelle(*step.key)), "zeilen": written.rows,
        "zahlen": dict(written.counts),
    }  # fmt: skip
    with ablage.neu(_record(ablage, step)) as new:
        new.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _record(ablage: Ablage, step: Step) -> Path:
    return ablage.intern / "stand" / "gerechnet" / f"{step.schema}.{step.name}.json"


def check_table(ablage: Ablage, schema: str, name: str, keep: bool) -> Pruefergebnis:
    """Check a table against the vocabulary and remember the result; with `keep` one that found nothing holds on."""
    return _result(
        ablage, (schema, name), schema_result(schema, name, []), lambda: schema_state(ablage, schema, name),
        lambda: check_schema(ablage, schema, name), keep,
    )  # fmt: skip


def check(ablage: Ablage, p: Pruefung, keep: bool) -> Pruefergebnis:
    """Run a check and remember the result; with `keep` one that found nothing in the same tables holds on."""
    zellen = names_cells(tables_in(p.text))
    sound = Pruefergebnis(p.name, p.titel, p.schwere, p.erwartet, [], p.sperrt, zellen, is_empty(ablage, p))
    return _result(
        ablage, (p.schema, p.tabelle), sound, lambda: check_state(ablage, p), lambda: run_check(ablage, p), keep
    )


def check_state(ablage: Ablage, p: Pruefung) -> str:
    """What the result of a check rests on."""
    return resting_on(ablage, [*tables_in(p.text), (p.schema, p.tabelle)])


def schema_state(ablage: Ablage, schema: str, name: str) -> str:
    """What the check of a table against the vocabulary rests on: the table, and which deliveries are invented."""
    return resting_on(ablage, [(schema, name)], *sorted(load_invented(ablage)))


def passed_before(ablage: Ablage, pruefung: str, state: str) -> bool:
    """Whether a check found nothing when all was as `state` says. What found something runs again: it is told anew."""
    known = remembered_result(ablage, pruefung)
    return known.get("ruht_auf") == state and known["faelle"] == []


def _result(
    ablage: Ablage, of: Name, sound: Pruefergebnis, state: Callable[[], str], run: Callable[[], Pruefergebnis], keep: bool
) -> Pruefergebnis:  # fmt: skip
    before = state()
    if keep and passed_before(ablage, sound.pruefung, before):
        return sound
    result = run()
    remember(ablage, *of, result, before if state() == before else "")
    return result
