"""Which jobs failed the last time that they ran, as Dagster remembers it: job, step and exit code, and no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import dagster as dg

from data_contracts import errors
from pipelines.on_schedule.alerts import Failure

_CODES = {
    one.__name__: one.exit_code
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, errors.WijkbaatError)
}


def failures_of(instance: dg.DagsterInstance, jobs: Iterable[str]) -> Iterator[Failure]:
    """A failure for every job of which the last run that ended did not end well; one that was stopped is none."""
    ended = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]
    for job in jobs:
        last = instance.get_run_records(dg.RunsFilter(job_name=job, statuses=ended), limit=1)
        if last and last[0].dagster_run.status is dg.DagsterRunStatus.FAILURE:
            yield _failure(instance, job, last[0].dagster_run.run_id)


def _failure(instance: dg.DagsterInstance, job: str, run_id: str) -> Failure:
    """The first step that failed; a run that never came to a step has none."""
    failed = instance.get_records_for_run(run_id, of_type=dg.DagsterEventType.STEP_FAILURE, limit=1).records
    event = failed[0].event_log_entry.dagster_event if failed else None
    if event is None:
        return Failure(job, "", errors.OurBug.exit_code)
    error = event.step_failure_data.error
    while error is not None and error.cls_name not in _CODES:
        error = error.cause
    code = _CODES[str(error.cls_name)] if error is not None else errors.OurBug.exit_code
    return Failure(job, str(event.step_key), code)
