"""The same delivery gives the same release to the byte, whatever machine, clock and order of files and rows.

What could be told from two releases of the same records, or from the way in which one was made, cannot be.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flow.small import AS_OF, small_delivery, small_study

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main()"]
HERE = {"PYTHONHASHSEED": "0", "TZ": "Europe/Amsterdam", "LC_ALL": "C.UTF-8"}
ELSEWHERE = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "OMP_NUM_THREADS": "1"}


def released(study: Path, delivery: Path, home: Path, machine: dict[str, str], *, cores: int) -> dict[str, bytes]:
    """Every file of the release that `wijkbaat run` makes there."""
    before = os.sched_getaffinity(0)
    given = ["run", str(study), "--deliveries", str(delivery), "--home", str(home), "--as-of", AS_OF]
    try:
        os.sched_setaffinity(0, sorted(before)[:cores])
        subprocess.run([*COMMAND, *given], cwd=ROOT, env=os.environ | machine, check=True, capture_output=True)
    finally:
        os.sched_setaffinity(0, before)
    places = [path for path in (home / "released").rglob("*") if path.is_file() and path.name != "decisions.jsonl"]
    return {str(path.relative_to(home)): path.read_bytes() for path in places}


def in_another_order(delivery: Path, to: Path) -> Path:
    """The same files with their rows in another order, the last file written first."""
    lot = random.Random(7)  # noqa: S311  a draw that can be repeated
    to.mkdir(parents=True)
    for path in sorted(delivery.iterdir(), reverse=True):
        header, *rows = path.read_bytes().splitlines(keepends=True)
        lot.shuffle(rows)
        (to / path.name).write_bytes(header + b"".join(rows))
    return to


def test_machine_clock_and_the_order_of_files_and_rows_change_no_byte(tmp_path: Path) -> None:
    study = small_study(tmp_path)
    delivery = small_delivery(study, tmp_path)
    shuffled = in_another_order(delivery, tmp_path / "anders" / delivery.name)
    here = released(study, delivery, tmp_path / "hier", HERE, cores=2)
    elsewhere = released(study, shuffled, tmp_path / "elders", ELSEWHERE, cores=1)
    assert len(here) > 100
    assert {name for name in here.keys() | elsewhere.keys() if here.get(name) != elsewhere.get(name)} == set()
