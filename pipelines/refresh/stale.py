"""Which steps a build has to run: those whose inputs, code or checks changed, and what may change with them.

Belongs here: the choice, once the configuration is written. Does not belong here: whether there is a build at all (news.py,
build_state.py), and whether a chosen step really computes (steps/unchanged.py): what it reads may come out as it was.
"""

from collections import defaultdict

from pipelines.foundation.findings import KonfigurationsFehler
from pipelines.foundation.storage import Ablage
from pipelines.refresh.plan import in_order, plan
from pipelines.steps.checks import SCHEMAPRUEFUNG, Pruefung, load_checks
from pipelines.steps.sql_step import tables_in
from pipelines.steps.step import Name, Step
from pipelines.steps.unchanged import check_state, passed_before, schema_state, written_before
from schemas.tabellen.registry import TABELLEN


def stale_steps(ablage: Ablage) -> list[Step]:
    """The steps to run, each after what it reads. A step whose table may change or one of whose checks must run is among them."""
    checks: dict[Name, list[Pruefung]] = defaultdict(list)
    for p in load_checks():
        checks[p.schema, p.tabelle].append(p)
    moving: set[Name] = set()  # tables that may change
    steps = in_order(plan())
    for step in steps:
        if moving & set(step.reads) or not _is_current(ablage, step):
            moving.add(step.key)

    def is_checked(step: Step) -> bool:
        return all(_holds_on(ablage, p, moving) for p in checks[step.key]) and _fits(ablage, step)

    return [s for s in steps if s.key in moving or not is_checked(s)]


def _is_current(ablage: Ablage, step: Step) -> bool:
    try:
        state = step.rests_on(ablage)
    except KonfigurationsFehler:
        return False  # told by the step
    return state is not None and written_before(ablage, step, state) is not None


def _holds_on(ablage: Ablage, p: Pruefung, moving: set[Name]) -> bool:
    """Whether the result of a check needs no second look: it found nothing, and compares nothing that may change."""
    return not moving & set(tables_in(p.text)) and passed_before(ablage, p.name, check_state(ablage, p))


def _fits(ablage: Ablage, step: Step) -> bool:
    """The same of the check of its table against the vocabulary."""
    if f"{step.schema}.{step.name}" not in TABELLEN:
        return True
    state = schema_state(ablage, step.schema, step.name)
    return passed_before(ablage, f"{SCHEMAPRUEFUNG}_{step.schema}_{step.name}", state)
