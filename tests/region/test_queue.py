"""A region through a queue, end to end: a real Redis on loopback, Celery, Dagster. `make test-region`."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.region.one import last_run
from pipelines.region.state import is_at_work
from pipelines.releases.release import decisions, releases
from pipelines.storage.home import Home
from tests.region.running import TOWNS, break_delivery, three_towns
from tests.surfaces.pages import family_of, free_port

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server of the system"),
    pytest.mark.skipif(importlib.util.find_spec("dagster_celery") is None, reason="needs wijkbaat[region]"),
]
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main()", "region"]
# Of a busy machine; who died is missed a minute after that.
LONGEST_MINUTES = "3"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of every process, with a Redis of its own that keeps nothing."""
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(tmp_path)]
    redis = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)
    try:
        yield {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "WIJKBAAT_BROKER": f"redis://127.0.0.1:{port}/0",
            "WIJKBAAT_LONGEST_RUN_MINUTES": LONGEST_MINUTES,
        }
    finally:
        redis.terminate()
        redis.wait()


@contextlib.contextmanager
def workers(file: Path, environment: dict[str, str], *names: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A worker per name; none of what they started is left."""
    started = [subprocess.Popen([*COMMAND, "worker", str(file), name], env=environment) for name in names]
    try:
        yield started
    finally:
        for one in started:
            kill_all(one)


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """The process and all that it started, at once."""
    for pid in family_of(process.pid) if process.poll() is None else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def until(holds: Callable[[], bool], seconds: float) -> None:
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "it took too long"
        time.sleep(0.2)


def sent(file: Path, environment: dict[str, str], *options: str) -> subprocess.Popen[str]:
    words = [*COMMAND, "run", str(file), "--queue", "--json", *options]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> dict[str, dict[str, Any]]:
    """How every municipality stood at the end."""
    text, _ = process.communicate(timeout=1500)
    return {one["name"]: one for one in json.loads(text.splitlines()[-1])["municipalities"]}


def began(home: Home) -> str:
    """When the last run began."""
    known = last_run(home)
    assert known is not None
    return known.began


def published(home: Home) -> list[str]:
    """Every release that was published, as often as it was."""
    return [one["release"] for one in decisions(home) if one["decision"] == "approve"] or [
        one.name for one in releases(home) if one.status == "approved"
    ]


def test_a_killed_worker_and_a_refused_delivery_lose_nothing_and_publish_nothing_twice(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    file = three_towns(tmp_path)
    homes = {name: Home(tmp_path / "homes" / name) for name in TOWNS}
    break_delivery(tmp_path, "kersum")
    with workers(file, environment, "appelveen", "peerdam", "kersum") as (first, *_):
        run = sent(file, environment)
        until(lambda: last_run(homes["appelveen"]) is not None and is_at_work(homes["appelveen"]), 600)
        killed = began(homes["appelveen"])
        kill_all(first)
        until(lambda: not is_at_work(homes["appelveen"]), 10)
        with workers(file, environment, "appelveen"):
            found = told(run)
            assert {name: one["run"] for name, one in found.items()} == {
                "appelveen": "done",
                "peerdam": "done",
                "kersum": "refused",
            }
            assert began(homes["appelveen"]) > killed
            assert (run.returncode, found["kersum"]["n_refused"]) == (3, 1)
            assert releases(homes["kersum"]) == []
            # The next run passes over what was refused, and publishes; where nothing changed nothing is made.
            again = told(sent(file, environment))
    assert all(one["run"] == "done" for one in again.values())
    for name, home in homes.items():
        assert len(releases(home)) == len(published(home)) == 1, name
        assert again[name]["current"] == releases(home)[0].name
    assert (file.parent / "stand.html").is_file()
