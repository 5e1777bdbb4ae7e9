"""What a wizard that was killed left behind goes at the next one; what somebody works in stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pipelines.init.scratch import scratch

HELD = """
import time
from pipelines.init.scratch import scratch
with scratch() as place:
    (place / "rijen.parquet").write_text("rijen")
    print(place, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of another process that was made long ago."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", HELD], stdout=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(tmp_path)}
    ) as other:
        assert other.stdout is not None
        place = Path(other.stdout.readline().strip())
        os.utime(place, (0, 0))
        with scratch():
            assert (place / "rijen.parquet").exists()  # somebody works in it
        other.send_signal(signal.SIGKILL)
    return place


def test_rows_of_a_wizard_that_was_killed_go_at_the_next_one(held: Path) -> None:
    os.utime(held, (0, 0))
    with scratch() as own:
        assert not held.exists() and own.exists()
        assert own.stat().st_mode & 0o077 == 0
    assert not own.exists()


def test_what_was_made_a_moment_ago_may_not_have_its_lock_yet(held: Path) -> None:
    os.utime(held)
    with scratch():
        assert held.exists()
