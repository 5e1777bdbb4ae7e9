"""The one job that goes through the queue: the whole run that `wijkbaat run` does, over the home of this process."""

# No `from __future__ import annotations` here: Dagster reads the annotations of the op as types.
import os
from pathlib import Path

import dagster as dg

from pipelines.region.one import run_one
from pipelines.storage.home import Home


@dg.op(description="Leest wat er ligt, rekent, en maakt een concept of een publicatie.")
def whole_run(context: dg.OpExecutionContext) -> None:
    """A whole run; its message stays in the closed zone, the exit code stands in the run."""
    ended = run_one(Path(os.environ["WIJKBAAT_STUDY"]), Home(Path(os.environ["WIJKBAAT_HOME"])))
    if ended.exit:
        raise dg.Failure(f"exit {ended.exit}", allow_retries=False)


@dg.job(executor_def=dg.in_process_executor)
def region_run() -> None:
    """One municipality, once."""
    whole_run()
