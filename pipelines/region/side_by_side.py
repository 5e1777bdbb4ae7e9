"""The municipalities of a region, each in a process of its own: one that fails touches no other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from pipelines.region.members import Municipality
from pipelines.region.one import MODULE, Ended
from pipelines.storage.stopping import at_stop


def run_side_by_side(here: Sequence[Municipality], at_once: int, told: Ended) -> list[int]:
    """Run all of them, at most `at_once` together; gives their exit codes in the order given."""
    running: list[subprocess.Popen[bytes]] = []

    def run(one: Municipality) -> int:
        process = _started(one)
        running.append(process)
        code = process.wait()
        told(one.name, code)
        return code

    def end() -> None:
        for process in running:
            process.terminate()

    with at_stop(end), ThreadPoolExecutor(max_workers=at_once) as pool:
        return list(pool.map(run, here))


def _started(one: Municipality) -> subprocess.Popen[bytes]:
    """Its own process, which knows the study and the home of this municipality and of no other."""
    assert one.home is not None  # noqa: S101  it runs here
    known = {"WIJKBAAT_STUDY": str(one.study), "WIJKBAAT_HOME": str(one.home.root), "PYTHONSAFEPATH": "1"}
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", MODULE, str(one.study), str(one.home.root)],
        env={**os.environ, **known},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
