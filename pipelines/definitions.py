"""The code location: assembles assets, checks, jobs, schedules and the sensor. No logic."""

import dagster as dg

from pipelines.ablage import Ablage
from pipelines.assets import checks, entscheidungen, indikatoren, sql_assets, veroeffentlichung
from pipelines.assets_eingang import eingang
from pipelines.auftraege import J_ALLES, J_AUFRAEUMEN, asset_jobs, auftraege, sensoren, zeitplaene


def baue(ablage: Ablage | None = None) -> dg.Definitions:
    """All definitions over one data folder (default: `$MONITORING_DATA` or `data/`)."""
    ablage = ablage or Ablage()
    jobs = auftraege(ablage, lambda: baue(ablage))
    je_name = {j.name: j for j in jobs}
    return dg.Definitions(
        assets=[
            *eingang(ablage),
            *sql_assets(ablage),
            entscheidungen(ablage),
            *indikatoren(ablage),
            *veroeffentlichung(ablage),
        ],
        asset_checks=checks(ablage),
        jobs=[*asset_jobs(), *jobs],
        schedules=zeitplaene(ablage, je_name[J_ALLES], je_name[J_AUFRAEUMEN]),
        sensors=sensoren(ablage, je_name[J_ALLES]),
        executor=dg.in_process_executor,
    )


defs = baue()
