"""Everything behind the counts in its order, without Dagster: for tests that build a publication from literal tables.

Belongs here: that order. Does not belong here: laying out what the steps read (literal_tables.py).
"""

from pipelines.foundation.storage import Ablage
from pipelines.refresh.plan import PRUEFUNG, in_order, plan
from pipelines.steps.sql_step import SqlStep
from tests.lib.literal_tables import write_once


def run_all(ablage: Ablage, schemata: tuple[str, ...], ausserdem: tuple[str, ...] = ()) -> None:
    """Run every step of these schemas, those named in `ausserdem`, and what is no SQL file but the record of checks."""
    for step in in_order(
        s for s in plan()
        if s is not PRUEFUNG and (s.schema in schemata or s.name in ausserdem or not isinstance(s, SqlStep))
    ):  # fmt: skip
        if isinstance(step, SqlStep):
            write_once(ablage, step)
        else:
            step.write(ablage)
