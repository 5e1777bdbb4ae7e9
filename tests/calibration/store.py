"""Which municipalities are asked, and what was said of those that are done: a line of JSON each, so a run can go on."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from tests.calibration.populations import POPULATIONS
from tests.calibration.world import said_in

_OF_EACH_THAT_HOLDS = 3  # of the large populations, for one of the others
_SMALL = {"few teams"}
Asked = tuple[str, int]


def asked_in(cycles: int) -> Iterator[Asked]:
    """(population, seed), a cycle after the other: where a run stops, every population has its share."""
    for cycle in range(cycles):
        for one in POPULATIONS:
            times = _OF_EACH_THAT_HOLDS if one.holds and one.name not in _SMALL else 1
            for place in range(times):
                yield one.name, cycle * times + place + 1


def done_in(path: Path) -> list[dict[str, object]]:
    """What stands in the file; a last line that was cut off does not count."""
    if not path.is_file():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return found


def run(path: Path, cycles: int, workers: int, seconds: float) -> None:
    """Ask what is not there yet, until everything is or the time is over."""
    done = {(one["population"], one["seed"]) for one in done_in(path)}
    left = [one for one in asked_in(cycles) if one not in done]
    path.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + seconds
    if path.is_file() and not path.read_text(encoding="utf-8").endswith("\n"):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    if not left:
        return
    # Not forked: a child would keep what its parent does with SIGTERM, and then it cannot be ended.
    fresh = multiprocessing.get_context("spawn")
    # A municipality is many small matrices: with more threads each waits for the others, at twice the processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with path.open("a", encoding="utf-8") as lines, fresh.Pool(workers, initializer=_modest) as pool:
        for row in pool.imap_unordered(_timed, left):
            lines.write(json.dumps(row) + "\n")
            lines.flush()
            if time.monotonic() > until:
                pool.terminate()
                break


def _modest() -> None:
    os.nice(5)


def _timed(asked: Asked) -> dict[str, object]:
    began = time.process_time()
    row = said_in(*asked).row()
    return row | {"processor_s": round(time.process_time() - began, 3)}


def table_of(path: Path) -> pd.DataFrame:
    """What was said, a row per municipality, in order of population and seed."""
    order = {one.name: place for place, one in enumerate(POPULATIONS)}
    frame = pd.DataFrame(done_in(path))
    return frame.sort_values(
        ["population", "seed"], key=lambda column: column.map(order).fillna(column), ignore_index=True
    )
