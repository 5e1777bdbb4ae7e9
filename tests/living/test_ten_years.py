"""After every delivery, withdrawal and taking, what counts is what the declared meaning says, row for row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.living.differences import compared
from tests.living.in_memory import in_memory
from tests.living.municipality import TABLES, Years, ten_years
from tests.living.product import Product, product
from tests.living.reference import Reference
from tests.living.through_the_door import numbered, through_the_door


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("of", [product, in_memory])
def test_the_current_tables_equal_a_slow_reference_in_three_orders_of_arrival(
    of: Callable[[Years, Path], Product], seed: int, tmp_path: Path
) -> None:
    told = compared(seed, tmp_path, quarters=6, every=6, of=of)
    assert told.differences == []
    assert told.rows > 300


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_the_same_holds_for_files_that_are_taken_in_and_decided_about(seed: int, tmp_path: Path) -> None:
    door = through_the_door(ten_years(seed, 5), tmp_path)
    counting: dict[str, bool] = {}
    for step in door.years.steps:
        door.does(step)
        counting[step.delivery] = step.what != "withdraw" and (step.what == "take" or counting.get(step.delivery, True))
        reference = Reference(door.years, [door.years.deliveries[name] for name, counts in counting.items() if counts])
        for table in TABLES:
            assert door.state(table) == numbered(reference, table), (step, table)
