"""What two balances differ by: under each cause the lines that matter most, and together what the others add."""

from __future__ import annotations

import re

import pytest

from mkba.compare import GROUPS, Difference
from reports.difference import _group


def told(*amounts: float) -> list[float]:
    """The amounts as printed: of the cause, then of the lines under it."""
    by_line = {f"regel {at}": dict.fromkeys(GROUPS, 0.0) | {"effect": amount} for at, amount in enumerate(amounts)}
    parts = dict.fromkeys(GROUPS, 0.0) | {"effect": round(sum(amounts), 2)}
    text = _group(Difference(0.0, parts["effect"], parts, by_line), "effect")
    found = [re.search(r"(−?)€\s([\d.]+),(\d\d)$", line) for line in text]
    return [(-1 if one[1] else 1) * float(f"{one[2].replace('.', '')}.{one[3]}") for one in found if one]


@pytest.mark.parametrize(
    ("amounts", "n_lines"),
    [
        ((37163.92, -19552.68, -19552.68, 15642.14), 4),
        ((100.0, -50.0, 25.0, 12.5, 6.25), 4),
        ((100.0, 0.0, 0.0, 0.0, 0.0), 1),
        ((10.004, 10.004, 10.004), 4),  # each is 10.00, together 30.01
        ((0.0, 0.0), 0),
    ],
)
def test_the_lines_under_a_cause_add_up_to_it(amounts: tuple[float, ...], n_lines: int) -> None:
    cause, *lines = told(*amounts)
    assert len(lines) == n_lines
    if lines:
        assert sum(lines) == pytest.approx(cause, abs=0.001)
