"""Resource, schedule and executor. One home is one study is one Dagster instance; both are named by the environment.

WIJKBAAT_HOME (home/voorbeeldstad), WIJKBAAT_STUDY (studies/voorbeeldstad), WIJKBAAT_AS_OF, WIJKBAAT_SEED.
"""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg

from pipelines.assets.defs.automation import publish
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.study.workplace import read_study


@dg.definitions
def resources() -> dg.Definitions:
    """Read when definitions are loaded, so that a test or the command line can name another home first."""
    study = os.environ.get("WIJKBAAT_STUDY", "studies/voorbeeldstad")
    workplace = WorkplaceResource(
        study=study,
        home=os.environ.get("WIJKBAAT_HOME", "home/voorbeeldstad"),
        as_of=os.environ.get("WIJKBAAT_AS_OF") or None,
        seed=int(os.environ.get("WIJKBAAT_SEED", "1")),
    )
    # Whoever runs the daemon turns the schedule on; its time stands in the study.
    schedule = dg.ScheduleDefinition(
        name="scheduled_release",
        job=publish,
        cron_schedule=read_study(Path(study)).study.schedule,
        execution_timezone="Europe/Amsterdam",
        default_status=dg.DefaultScheduleStatus.STOPPED,
    )
    # Without fields of configuration: a run that names another study or home is refused.
    fixed = dg.ResourceDefinition(lambda _context: workplace, config_schema={})
    return dg.Definitions(resources={"workplace": fixed}, schedules=[schedule], executor=dg.in_process_executor)
