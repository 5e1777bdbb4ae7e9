"""One home is one study is one Dagster instance; Dagster's own pages find both in the environment.

WIJKBAAT_HOME (home/voorbeeldstad), WIJKBAAT_STUDY (studies/voorbeeldstad), WIJKBAAT_AS_OF, WIJKBAAT_SEED.
"""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg

from pipelines.assets.defs.automation import publish
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.study.workplace import read_study


def workplace_of_environment() -> WorkplaceResource:
    """Read when definitions are loaded, so that a test can name another home first."""
    return WorkplaceResource(
        study=os.environ.get("WIJKBAAT_STUDY", "studies/voorbeeldstad"),
        home=os.environ.get("WIJKBAAT_HOME", "home/voorbeeldstad"),
        as_of=os.environ.get("WIJKBAAT_AS_OF") or None,
        seed=int(os.environ.get("WIJKBAAT_SEED", "1")),
    )


def scheduled_release(workplace: WorkplaceResource) -> dg.ScheduleDefinition:
    """Whoever runs the daemon turns the schedule on; its time stands in the study."""
    return dg.ScheduleDefinition(
        name="scheduled_release",
        job=publish,
        cron_schedule=read_study(Path(workplace.study)).study.schedule,
        execution_timezone="Europe/Amsterdam",
        default_status=dg.DefaultScheduleStatus.STOPPED,
    )
