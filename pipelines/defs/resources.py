"""Resource and executor. One home is one study is one Dagster instance; both are named by the environment.

WIJKBAAT_HOME (home/voorbeeldstad), WIJKBAAT_STUDY (studies/voorbeeldstad), WIJKBAAT_AS_OF, WIJKBAAT_SEED.
"""

from __future__ import annotations

import os

import dagster as dg

from pipelines.table_asset import WorkplaceResource


@dg.definitions
def resources() -> dg.Definitions:
    """Read when definitions are loaded, so that a test or the command line can name another home first."""
    workplace = WorkplaceResource(
        study=os.environ.get("WIJKBAAT_STUDY", "studies/voorbeeldstad"),
        home=os.environ.get("WIJKBAAT_HOME", "home/voorbeeldstad"),
        as_of=os.environ.get("WIJKBAAT_AS_OF") or None,
        seed=int(os.environ.get("WIJKBAAT_SEED", "1")),
    )
    return dg.Definitions(resources={"workplace": workplace}, executor=dg.in_process_executor)
