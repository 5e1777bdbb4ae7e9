"""What Dagster remembers of runs is bounded: each run that ended is some megabytes, and a home lives for years."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipelines.assets.run_log import open_instance
from pipelines.storage import run_history
from pipelines.storage.home import Home


@dg.job
def nothing() -> None:
    """A run without steps."""


def test_of_the_runs_that_ended_the_last_stay_and_the_files_of_the_others_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    monkeypatch.setattr(run_history, "KEPT_RUNS", 2)
    with open_instance(home) as instance:
        done = [nothing.execute_in_process(instance=instance).run_id for _ in range(4)]
        waits = instance.create_run_for_job(nothing).run_id
    with open_instance(home) as instance:
        assert set(instance.get_run_ids()) == {*done[2:], waits}
    files = {path.name.split(".")[0] for path in (home.dagster / "history" / "runs").glob("*.db*")}
    assert not files & set(done[:2]) and set(done[2:]) <= files
