"""What tests of the gate share: one call that releases a table, with defaults."""

from __future__ import annotations

import pytest
from plain_ledger import Gate, released


@pytest.fixture
def gate() -> Gate:
    """One table at the gate with the usual thresholds and slices, no earlier release; `people`: who is in a row."""
    return released
