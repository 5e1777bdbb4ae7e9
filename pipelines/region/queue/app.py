"""The worker of one municipality, as Celery loads it: `celery -A pipelines.region.queue.app worker`.

`wijkbaat region worker` sets the environment: the home and the study of this municipality, and its queue. A run of
another home cannot be done here, because Dagster looks it up in the instance of this one.
"""

from __future__ import annotations

import os
import signal
from typing import Any

from celery.signals import worker_init, worker_process_init
from dagster_celery.make_app import make_app
from dagster_celery.tasks import create_execute_job_task

from pipelines.region.queue.settings import app_settings
from pipelines.region.queue.worker import QUEUE
from pipelines.serving.family import end_with_parent

app = make_app(app_settings(os.environ[QUEUE]))
execute_job = create_execute_job_task(app)


@worker_init.connect
def _end_with_the_command(**_told: Any) -> None:
    """The worker goes with the command that started it, also when that was killed."""
    end_with_parent()


@worker_process_init.connect
def _end_with_the_worker(**_told: Any) -> None:
    """A run whose worker was killed would hold the lock of its home for as long as it goes on."""
    import ctypes

    # PR_SET_PDEATHSIG: the kernel kills this process when its parent is gone.
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
