"""Send the run of every municipality to its own queue, and stand by until all are done.

What was sent is not lost when this process ends: the next one finds the run that is still under way. A run whose
worker died is sent again, a few times at most; a release is published by its content, so a second time changes nothing.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from contextlib import ExitStack

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.launcher import LaunchRunContext
from dagster_celery.tags import DAGSTER_CELERY_QUEUE_TAG, DAGSTER_CELERY_TASK_ID_TAG

from pipelines.region.members import Municipality
from pipelines.region.one import Ended, last_run
from pipelines.region.queue.job import region_run
from pipelines.region.queue.settings import app_settings
from pipelines.region.state import is_at_work
from pipelines.storage.home import Home

TIMES, LOOK_EVERY = 3, 2.0
UNDER_WAY = (dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED)


def send_and_wait(here: Sequence[Municipality], told: Ended) -> list[int]:
    """Send all, wait for all; gives their exit codes in the order given, 1 where the worker kept dying."""
    with ExitStack() as until_the_end:
        waiting = [_Sent(one, until_the_end) for one in here]
        codes: dict[str, int] = {}
        while len(codes) < len(waiting):
            for one in waiting:
                if one.name in codes:
                    continue
                code = one.look()
                if code is not None:
                    codes[one.name] = code
                    told(one.name, code)
            time.sleep(LOOK_EVERY)
    return [codes[one.name] for one in waiting]


class _Sent:
    """The run of one municipality in Dagster's instance of its home, which launches by Celery."""

    def __init__(self, one: Municipality, until_the_end: ExitStack) -> None:
        assert one.home is not None  # noqa: S101  it runs here
        one.home.prepare()
        self.name, self.home, self.times = one.name, one.home, 0
        self.instance = until_the_end.enter_context(_instance(one.name, one.home))
        self.run_id = self._under_way() or self._send()

    def look(self) -> int | None:
        """The exit code once it ended; a run whose worker died is sent again."""
        celery = self.instance.run_launcher.celery  # type: ignore[attr-defined]
        is_over = celery.AsyncResult(self._run.tags[DAGSTER_CELERY_TASK_ID_TAG]).ready()  # the run ends before its task
        run = self._run
        if run.is_finished:
            ended = last_run(self.home)
            why = (ended.exit if ended else None) or 1  # one that broke before it began left no record of its own
            return 0 if run.status is dg.DagsterRunStatus.SUCCESS else why
        if not is_over or is_at_work(self.home):
            return None
        # A second worker got the task and passed over a run that had started: Dagster does not start it twice.
        self.instance.report_run_failed(run, "De werker is weggevallen.")
        if self.times >= TIMES:
            return 1
        self.run_id = self._send()
        return None

    @property
    def _run(self) -> dg.DagsterRun:
        run = self.instance.get_run_by_id(self.run_id)
        assert run is not None  # noqa: S101  it was found or made
        return run

    def _under_way(self) -> str | None:
        """A run that was sent before and has not ended."""
        wanted = dg.RunsFilter(job_name=region_run.name, statuses=list(UNDER_WAY))
        found = [run for run in self.instance.get_runs(wanted) if DAGSTER_CELERY_TASK_ID_TAG in run.tags]
        return found[0].run_id if found else None

    def _send(self) -> str:
        self.times += 1
        run = self.instance.create_run_for_job(
            job_def=region_run,
            tags={DAGSTER_CELERY_QUEUE_TAG: self.name},
            job_code_origin=dg.reconstructable(region_run).get_python_origin(),
        )
        with warnings.catch_warnings():
            # It names its task anew at every launch, and Celery warns that the first one stays.
            warnings.filterwarnings("ignore", "Task name 'execute_job' is already registered")
            self.instance.run_launcher.launch_run(LaunchRunContext(dagster_run=run, workspace=None))
        return run.run_id


def _instance(name: str, home: Home) -> dg.DagsterInstance:
    settings = app_settings(name)
    config = {key: settings[key] for key in ("broker", "backend", "config_source")} | {"default_queue": name}
    launcher = {"module": "dagster_celery.launcher", "class": "CeleryRunLauncher", "config": config}
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(home.dagster), overrides={"run_launcher": launcher}))
