"""The code location: assembles assets, checks, jobs, schedules and the sensor. No logic."""

import dagster as dg

from pipelines.foundation.storage import Ablage
from pipelines.orchestration.eingang_assets import eingang
from pipelines.orchestration.executor import hold_one_state
from pipelines.orchestration.jobs import J_ALLES, J_AUFRAEUMEN, asset_jobs, auftraege, sensoren, zeitplaene
from pipelines.orchestration.publication_assets import publication_assets
from pipelines.orchestration.step_assets import checks, step_assets
from pipelines.orchestration.verteilung import verteilung


def build(ablage: Ablage | None = None) -> dg.Definitions:
    """All definitions over one data folder (default: `$MONITORING_DATA` or `data/`)."""
    ablage = ablage or Ablage()
    jobs = auftraege(ablage, lambda: build(ablage))
    je_name = {j.name: j for j in jobs}
    return dg.Definitions(
        assets=[*eingang(ablage), *step_assets(ablage), *publication_assets(ablage)],
        asset_checks=checks(ablage),
        jobs=[*asset_jobs(), *jobs, *verteilung(ablage, lambda: build(ablage))],
        schedules=zeitplaene(ablage, je_name[J_ALLES], je_name[J_AUFRAEUMEN]),
        sensors=sensoren(ablage, je_name[J_ALLES]),
        executor=hold_one_state(ablage),
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The code location. Nothing is assembled by importing this module: a refresh assembles it for its own data folder."""
    return build()
