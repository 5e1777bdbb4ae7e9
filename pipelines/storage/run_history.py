"""Dagster's history of runs: it says how many rows each table had, so it goes when people were erased.

A run that is under way has these files open. So an erasure leaves a mark, in the same step as all that it stages, and
the history goes as soon as no run uses it: at once, or before the next one begins.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pipelines.storage.home import Home, is_in_postgres
from pipelines.storage.staged import Staged

if TYPE_CHECKING:
    from dagster import DagsterInstance

KEPT_RUNS = 40
_MARK, _HISTORY = "forget", "history"


def stage_forgetting(home: Home, staged: Staged) -> None:
    """The history of runs must go."""
    staged.write(home.dagster / _MARK, b"")


def forget_runs(home: Home) -> None:
    """Take the history away where that was asked; nothing else in the store counts rows."""
    if not (home.dagster / _MARK).exists():
        return
    shutil.rmtree(home.dagster / _HISTORY, ignore_errors=True)
    if is_in_postgres():
        _wipe_database(home)
    if not (home.dagster / _HISTORY).exists():
        (home.dagster / _MARK).unlink()


def forget_old_runs(instance: DagsterInstance, home: Home) -> None:
    """Of the runs that ended only the last `KEPT_RUNS` stay: each has a file of some megabytes, for ever.

    Nothing of ours reads an older one: what was received, counted and released stands in receipts, tables, manifests.
    """
    from dagster import DagsterRunStatus, RunsFilter

    ended = [DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED]
    for run_id in instance.get_run_ids(RunsFilter(statuses=ended))[KEPT_RUNS:]:
        instance.delete_run(run_id)
        for path in (home.dagster / "history" / "runs").glob(f"{run_id}.db*"):
            path.unlink()


def _wipe_database(home: Home) -> None:
    """The database is of this home alone, so everything in it goes."""
    from dagster import DagsterInstance  # seconds to import

    with DagsterInstance.from_config(str(home.dagster)) as instance:
        instance.run_storage.wipe()
        instance.event_log_storage.wipe()
