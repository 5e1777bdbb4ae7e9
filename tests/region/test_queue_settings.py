"""How runs stand in a queue: who sends and who works say the same, and nothing is acknowledged before it is done."""

from __future__ import annotations

import importlib.util

import pytest

from data_contracts.errors import StudyError
from pipelines.region.queue.settings import app_settings
from pipelines.region.queue.worker import require_queue


def test_a_task_is_kept_until_it_is_done_and_missed_only_after_the_longest_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIJKBAAT_LONGEST_RUN_MINUTES", "90")
    settings = app_settings("appelveen")["config_source"]
    assert settings["task_acks_late"] is settings["task_reject_on_worker_lost"] is True
    assert settings["worker_prefetch_multiplier"] == 1
    assert settings["broker_transport_options"]["visibility_timeout"] > 90 * 60
    assert settings["broker_transport_options"]["unacked_restore_throttle"] == 1
    assert settings["task_default_queue"] == "appelveen"


def test_redis_is_sought_on_this_machine_unless_the_environment_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIJKBAAT_BROKER", raising=False)
    assert app_settings("appelveen")["broker"].startswith("redis://127.0.0.1:")
    monkeypatch.setenv("WIJKBAAT_BROKER", "redis://elders:6379/2")
    assert app_settings("appelveen")["backend"] == "redis://elders:6379/2"


def test_a_longest_run_that_is_no_number_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIJKBAAT_LONGEST_RUN_MINUTES", "lang")
    with pytest.raises(StudyError, match="WIJKBAAT_LONGEST_RUN_MINUTES is geen getal"):
        app_settings("appelveen")


def test_without_the_extra_a_queue_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(StudyError, match=r"wijkbaat\[region\]"):
        require_queue()
