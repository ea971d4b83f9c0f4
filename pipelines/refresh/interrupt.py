"""Whether a run ended because somebody asked the process to end: Dagster takes that for a failure of the run, and goes on.

Does not belong here: who asks, and what is said then (cli/call.py).
"""

import dagster as dg
from dagster._core.execution.plan.objects import ErrorSource

WISHES = ("DagsterExecutionInterruptedError", "KeyboardInterrupt", "Abgebrochen")


def is_interrupt(event: dg.DagsterEvent) -> bool:
    """Whether a step or the run itself was interrupted."""
    if event.is_step_failure:
        return event.step_failure_data.error_source is ErrorSource.INTERRUPT
    if event.event_type is not dg.DagsterEventType.RUN_FAILURE:
        return False
    error = event.job_failure_data.error
    return error is not None and error.cls_name in WISHES
