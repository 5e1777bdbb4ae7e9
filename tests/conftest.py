"""What holds for all tests: their kind, and which of them one worker does together."""

from __future__ import annotations

from pathlib import Path

import pytest

WHOLE_RUNS = ("flow", "effects")


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in a folder of whole runs is of kind `flow`: `pytest -m 'not flow'` is what takes seconds.

    Tests that look at one run go to one worker, which makes that run once: those of `done`, else those of a file.
    """
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in WHOLE_RUNS:
            item.add_marker(pytest.mark.flow)
        shared = "done" if "done" in getattr(item, "fixturenames", ()) else item.path.as_posix()
        item.add_marker(pytest.mark.xdist_group(shared))
