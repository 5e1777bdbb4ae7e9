"""No two shown figures of one cell differ by a few people, whatever lies between the two states."""

from __future__ import annotations

import pytest
from differencing import FORGETFUL, KINDS, attacked, total

SEEDS = range(3)
ONE = "erasures and corrections"  # of the erasures that something follows: the others take as long again
CHAINS = {name for name, kind in KINDS.items() if kind.then} - {ONE}


def slowly(names: set[str]) -> list[object]:
    """The names as cases, of which the chains are slow."""
    return [pytest.param(name, marks=[pytest.mark.slow] if name in CHAINS else []) for name in sorted(names)]


@pytest.mark.parametrize("name", slowly(set(KINDS)))
def test_no_figure_moves_by_a_few_people(name: str) -> None:
    found = total(KINDS[name], SEEDS, with_ledger=True)
    assert found.told == 0
    assert found.anew >= 0.95 * found.free


@pytest.mark.parametrize("name", slowly(set(KINDS) - {"nothing", ONE}))
def test_the_same_attack_succeeds_without_the_ledger(name: str) -> None:
    assert any(attacked(KINDS[name], seed, with_ledger=False).told for seed in SEEDS)


@pytest.mark.parametrize("name", slowly(set(FORGETFUL) - {"erasures"}))
def test_the_same_attack_succeeds_when_the_ledger_forgets_how_many_were_erased(name: str) -> None:
    assert total(KINDS[name], SEEDS, with_ledger=True, with_gone=False).told > 0


@pytest.mark.parametrize("seed", [471671, 471672])
def test_a_held_row_stays_where_the_slice_beside_it_is_given_up(seed: int) -> None:
    """Of a slice that gives way what is new goes; a reader keeps the figures that were held."""
    found = attacked(KINDS["erasures, other rounding"], seed, with_ledger=True)
    assert (found.told, found.anew) == (0, found.free)
