"""One municipality beside a mix of others: known weights, known truth, and what is refused."""

import numpy as np
import pytest

from indicators.series.synthetic_control import TOO_EXACT, TOO_POOR, Imitation, donor_weights, imitation, refusal
from tests.effects.municipal_figures import values

N_BEFORE, N_PERIODS = 16, 22


def imitated(seed: int, step: float = 0.0, n_donors: int = 20) -> Imitation:
    return imitation(values(n_donors, step, seed, N_PERIODS, N_BEFORE), N_BEFORE)


def test_an_exact_mix_of_donors_is_found_back() -> None:
    donors = np.random.default_rng(1).normal(size=(16, 12))
    true = np.zeros(12)
    true[[1, 4, 7]] = 0.5, 0.3, 0.2
    assert donor_weights(donors @ true, donors) == pytest.approx(true, abs=1e-12)


def test_a_line_outside_all_donors_gets_the_nearest_one() -> None:
    assert donor_weights(np.full(8, 9.0), np.tile([1.0, 2.0, 3.0], (8, 1))) == pytest.approx([0, 0, 1])


def test_no_small_move_of_weight_between_donors_comes_nearer() -> None:
    figures = values(12, 0.0, 3, N_PERIODS, N_BEFORE)[:N_BEFORE]
    own, donors = figures[:, 0], figures[:, 1:]
    weights = donor_weights(own, donors)
    best = np.square(own - donors @ weights).sum()
    for giver in np.flatnonzero(weights > 1e-3):
        for taker in range(12):
            moved = weights.copy()
            moved[giver], moved[taker] = moved[giver] - 1e-3, moved[taker] + 1e-3
            assert np.square(own - donors @ moved).sum() >= best - 1e-12


def test_the_level_of_a_municipality_does_not_matter_only_its_course() -> None:
    figures = values(12, -2.0, 4, N_PERIODS, N_BEFORE)
    raised = figures + np.arange(13) * 10
    assert imitation(raised, N_BEFORE).effect == pytest.approx(imitation(figures, N_BEFORE).effect)


def test_where_nothing_happened_a_claim_is_no_more_frequent_than_it_says() -> None:
    found = [imitated(seed) for seed in range(400)]
    shown = [one for one in found if one.refused_because is None]
    assert len(shown) > 380
    claimed = np.mean([one.p_value <= 0.1 for one in shown])
    assert claimed <= 0.1 + 2 * np.sqrt(0.1 * 0.9 / len(shown))
    assert np.mean([one.effect for one in shown]) == pytest.approx(0, abs=0.1)


def test_a_planted_step_is_found_without_bias() -> None:
    found = [one for one in (imitated(seed, step=2.0) for seed in range(200)) if one.refused_because is None]
    assert np.mean([one.effect for one in found]) == pytest.approx(2.0, abs=0.1)
    assert np.mean([one.p_value <= 0.1 for one in found]) > 0.8


def test_the_range_without_one_donor_holds_the_figure() -> None:
    found = imitated(7, step=2.0)
    assert found.lowest < found.effect < found.highest


def test_a_past_that_fits_perfectly_says_nothing() -> None:
    assert imitation(values(80, 0.0, 1, 12, 8), 8).refused_because == TOO_EXACT
    twins = values(12, 0.0, 2, N_PERIODS, N_BEFORE)
    twins[:, 5] = twins[:, 0]
    assert imitation(twins, N_BEFORE).refused_because == TOO_EXACT


def test_a_past_that_nobody_shares_is_refused() -> None:
    figures = values(12, 0.0, 2, N_PERIODS, N_BEFORE)
    figures[:, 0] += 10 * (np.arange(N_PERIODS) % 2)
    assert imitation(figures, N_BEFORE).refused_because == TOO_POOR


def test_series_that_never_change_are_refused_without_a_warning() -> None:
    assert imitation(np.ones((N_PERIODS, 12)), N_BEFORE).refused_because == TOO_EXACT


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((9, 8, 1), "Er zijn 9 andere gemeenten"),
        ((10, 7, 1), "Er zijn 7 perioden vóór"),
        ((10, 8, 0), "nog geen hele periode"),
    ],
)
def test_too_little_is_refused_with_its_reason(counts: tuple[int, int, int], words: str) -> None:
    assert words in (refusal(*counts) or "")
    assert refusal(10, 8, 1) is None
