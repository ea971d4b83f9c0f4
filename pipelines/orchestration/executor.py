"""How a run that a person starts in the UI executes: in one process, over one state of the configuration.

Belongs here: the executor of the code location. Does not belong here: the configuration itself (foundation/config_files.py), a
refresh, which takes its own state before it looks for what is new (refresh/run.py).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from pipelines.foundation.config_files import one_state
from pipelines.foundation.storage import Ablage

IN_PROCESS = dg.in_process_executor


class _OneState(dg.Executor):
    """Reads the configuration when the run begins; its steps see nothing else until it ends."""

    def __init__(self, inner: dg.Executor, ablage: Ablage):
        self.inner, self.ablage = inner, ablage

    @property
    def retries(self) -> Any:
        return self.inner.retries

    @property
    def step_dependency_config(self) -> Any:
        return self.inner.step_dependency_config

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[dg.DagsterEvent]:
        with one_state(self.ablage.roh):
            yield from self.inner.execute(plan_context, execution_plan)


def hold_one_state(ablage: Ablage) -> dg.ExecutorDefinition:
    """Dagster's in-process executor, but with one state of the configuration for all steps of a run."""

    def begin(context: dg.InitExecutorContext) -> dg.Executor:
        create = IN_PROCESS.executor_creation_fn
        assert create is not None
        return _OneState(create(context), ablage)

    return dg.ExecutorDefinition(
        IN_PROCESS.name, IN_PROCESS.config_schema.as_field(), IN_PROCESS.get_requirements, executor_creation_fn=begin
    )
