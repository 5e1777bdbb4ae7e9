"""Everything that Dagster loads: the assets with their checks, jobs, schedule, sensors and resources."""

from __future__ import annotations

import dagster as dg

from pipelines.assets.defs import automation, change, current, gate, intake, logic, mkba, reports
from pipelines.assets.defs.resources import scheduled_release, workplace_of_environment
from pipelines.assets.table_asset import WorkplaceResource, quiet
from pipelines.releases.steps_done import STEPS
from pipelines.storage.tables import Told

ASSETS = [
    intake.intake,
    current.current_tables,
    change.change,
    logic.team_years,
    gate.gate,
    logic.logic,
    mkba.balance,
    reports.release,
]


# Behind the intake, each by its name.
STEP_ASSETS = dict(zip(STEPS, ASSETS[1:], strict=True))


def definitions_over(workplace: WorkplaceResource, told: Told = quiet) -> dg.Definitions:
    """All definitions over one study and its home; `told` hears of every table that is in place."""
    return dg.Definitions(
        assets=ASSETS,
        jobs=[automation.deliver, automation.publish],
        schedules=[scheduled_release(workplace)],
        sensors=[automation.automation, automation.inbox, automation.alerts],
        resources={"workplace": _fixed(workplace), "told": _fixed(told)},
        executor=dg.in_process_executor,
    )


def _fixed(resource: object) -> dg.ResourceDefinition:
    """Without fields of configuration: a run that names another study or home is refused."""
    return dg.ResourceDefinition(lambda _context: resource, config_schema={})


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster's own pages show: the study and the home that the environment names."""
    return definitions_over(workplace_of_environment())
