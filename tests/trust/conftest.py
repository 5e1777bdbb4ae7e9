"""What tests of the gate share: one call that releases a table, with defaults."""

from __future__ import annotations

import pytest
from plain_ledger import Gate, released


@pytest.fixture
def gate() -> Gate:
    """release_table with the usual thresholds and slices and no earlier release; `people` says who is in a row."""
    return released
