"""The worker of one municipality: it takes runs from the queue of that municipality and from no other."""

from __future__ import annotations

import importlib.util
import os

from data_contracts.errors import StudyError
from pipelines.region.members import Municipality
from pipelines.serving.family import run_family

APP, QUEUE = "pipelines.region.queue.app", "WIJKBAAT_QUEUE"


def require_queue() -> None:
    """StudyError where what a queue needs was not installed."""
    if importlib.util.find_spec("dagster_celery") is None:
        raise StudyError("Voor een wachtrij is meer nodig: pip install 'wijkbaat[region]'. Zie docs/regio.md.")


def work(one: Municipality) -> int:
    """Work until stopped; the environment knows one study and one home."""
    assert one.home is not None  # noqa: S101  it runs here
    one.home.prepare()
    known = {
        QUEUE: one.name,
        "WIJKBAAT_STUDY": str(one.study),
        "WIJKBAAT_HOME": str(one.home.root),
        "DAGSTER_HOME": str(one.home.dagster),
    }
    words = [
        "-A",
        APP,
        "worker",
        "-Q",
        one.name,
        "-n",
        f"{one.name}-{os.getpid()}@%h",
        "-c",
        "1",
        "--loglevel",
        "WARNING",
    ]
    return run_family("celery", words, known)
