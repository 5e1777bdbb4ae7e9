"""Ctrl-C and SIGTERM at any moment: one line, exit code 2, nobody left, and the next run gives the same bytes."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flow.conftest import Done
from tests.flow.small import AS_OF
from tests.flow.test_run import released_bytes
from tests.patience import PATIENCE, until
from tests.surfaces.pages import ROOT, family_of, free_port, living

SIGNALS = [signal.SIGTERM, signal.SIGINT]
NOTHING = "Afgebroken. Er is niets gepubliceerd."


def stopped(arguments: list[str], seconds: float, number: signal.Signals) -> tuple[int | None, str, list[int]]:
    """Exit code, what was told, and who is left of a command that got a signal after so many seconds.

    The code is None when the command was done before.
    """
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        told, _ = process.communicate(timeout=seconds)
        return None, told, []
    except subprocess.TimeoutExpired:
        family = family_of(process.pid)
        process.send_signal(number)
        told, _ = process.communicate(timeout=PATIENCE)
    until(lambda: not living(family))
    return process.returncode, told, living(family)


def moments(longest: float, count: int = 10) -> list[tuple[float, signal.Signals]]:
    """Moments drawn once and for all, each with both signals in turn; the first half second belongs to Python."""
    chance = random.Random(1)  # noqa: S311  not for secrets
    return [(chance.uniform(0.5, longest), SIGNALS[at % 2]) for at in range(2 * count)]


def _run(done: Done, home: Path) -> list[str]:
    return ["run", str(done.study), "--deliveries", str(done.delivery), "--home", str(home), "--as-of", AS_OF]


def _ends_well(found: tuple[int | None, str, list[int]], last: str) -> None:
    code, told, left = found
    assert (code, left) == (2, []), told
    assert told.splitlines()[-1] == last
    assert "Traceback" not in told and "Error" not in told


@pytest.mark.parametrize(("seconds", "number"), [(0.5, signal.SIGINT), (2.5, signal.SIGTERM)])
def test_a_run_that_is_stopped_says_so_and_leaves_nobody(
    done: Done, tmp_path: Path, seconds: float, number: signal.Signals
) -> None:
    _ends_well(stopped(_run(done, tmp_path / "home"), seconds, number), NOTHING)
    assert not (tmp_path / "home" / "released" / "CURRENT").exists()


@pytest.mark.slow
def test_a_run_stopped_at_twenty_moments_then_gives_the_same_bytes(done: Done, tmp_path: Path) -> None:
    home = tmp_path / "home"
    current = home / "released" / "CURRENT"
    for seconds, number in moments(longest=sum(done.outcome.seconds.values())):
        # A run before this one may have ended before its signal came: what stood then still stands.
        stood = current.exists() and current.read_bytes()
        code, told, left = stopped(_run(done, home), seconds, number)
        assert left == [] and "Traceback" not in told
        if code is not None:
            assert code == 2
            assert told.splitlines()[-1] == NOTHING or "was toen al gemaakt" in told.splitlines()[-1]
            assert (NOTHING in told) == ((current.exists() and current.read_bytes()) == stood)
    code, told, _ = stopped(_run(done, home), 600, signal.SIGTERM)
    assert code is None, told
    assert released_bytes(home) == released_bytes(done.home)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "longest", "last"),
    [("ui", 40.0, "Afgebroken. Een run die nog bezig was, heeft niets gepubliceerd."), ("session", 5.0, NOTHING)],
)
def test_pages_stopped_at_twenty_moments_leave_nobody(
    done: Done, tmp_path: Path, command: str, longest: float, last: str
) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    for seconds, number in moments(longest):
        port = ["--port", str(free_port())] if command == "ui" else []
        found = stopped([command, str(done.study), "--home", str(tmp_path / "home"), *port], seconds, number)
        # Before the pages are asked for, the command says what every command says.
        _ends_well(found, NOTHING if NOTHING in found[1] else last)
