"""How runs stand in a queue: one queue per municipality, in a Redis of this machine or another.

Through Redis go a run's number and where its code and home lie; nothing about people, and no figure.
"""

from __future__ import annotations

import os
from typing import Any

from data_contracts.errors import StudyError

BROKER = "WIJKBAAT_BROKER"  # in the environment, because it may hold a password
LONGEST_RUN = "WIJKBAAT_LONGEST_RUN_MINUTES"
_MARGIN = 60  # seconds


def broker() -> str:
    """The address of Redis."""
    return os.environ.get(BROKER, "redis://127.0.0.1:6379/0")


def longest_run() -> int:
    """Seconds that a whole run may take."""
    text = os.environ.get(LONGEST_RUN, "240")
    try:
        return round(60 * float(text))
    except ValueError:
        problem = f"{LONGEST_RUN} is geen getal."
    raise StudyError(f"{problem} Zet er het aantal minuten dat de langste run duurt, bijvoorbeeld 240.")


def app_settings(queue: str) -> dict[str, Any]:
    """What Celery is made with, for who sends and for who works: both must say the same.

    A task is acknowledged when it is done, and given back when its process died; who died whole is missed after
    `visibility_timeout`, so that must be longer than any run, or a run that is still at work starts a second time.
    """
    options = {
        "visibility_timeout": longest_run() + _MARGIN,
        "unacked_restore_throttle": 1,  # look at every turn, not at every tenth
    }
    return {
        "broker": broker(),
        "backend": broker(),
        "include": None,
        "config_source": {
            "broker_transport_options": options,
            "result_backend_transport_options": options,
            "broker_connection_retry_on_startup": True,
            "task_acks_late": True,
            "task_reject_on_worker_lost": True,
            "worker_prefetch_multiplier": 1,
            "task_default_queue": queue,
            "task_default_priority": 5,
            "worker_send_task_events": False,
        },
    }
