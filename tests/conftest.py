"""What holds for all tests: their kind."""

from __future__ import annotations

from pathlib import Path

import pytest

WHOLE_RUNS = ("flow", "effects")


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in a folder of whole runs is of kind `flow`: `pytest -m 'not flow'` is what takes seconds."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in WHOLE_RUNS:
            item.add_marker(pytest.mark.flow)
