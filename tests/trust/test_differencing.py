"""No two shown figures of one cell differ by a few people, whatever lies between the two states."""

from __future__ import annotations

import pytest
from differencing import KINDS, attacked, total

SEEDS = range(3)


@pytest.mark.parametrize("name", KINDS)
def test_no_figure_moves_by_a_few_people(name: str) -> None:
    found = total(KINDS[name], SEEDS, with_ledger=True)
    assert found.told == 0
    assert found.anew >= 0.95 * found.free


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"nothing"}))
def test_the_same_attack_succeeds_without_the_ledger(name: str) -> None:
    assert any(attacked(KINDS[name], seed, with_ledger=False).told for seed in SEEDS)
