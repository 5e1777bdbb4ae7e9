"""After every delivery, withdrawal and taking, what counts is what the declared meaning says, row for row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.living.differences import compared


@pytest.mark.parametrize("seed", [0, 1])
def test_the_current_tables_equal_a_slow_reference_in_three_orders_of_arrival(seed: int, tmp_path: Path) -> None:
    told = compared(seed, tmp_path, quarters=6, every=6)
    assert told.differences == []
    assert told.rows > 300
