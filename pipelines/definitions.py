"""Everything that Dagster loads: the assets, checks, job, schedule, sensors and resources in `defs/`."""

from __future__ import annotations

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """All definitions of this code location."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
