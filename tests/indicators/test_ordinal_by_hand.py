"""The ordinal model where its answer is known without it: shares of a table, and steps that would go wrong."""

import numpy as np
import pytest
from scipy import special

from indicators.ordinal.likelihood import terms
from indicators.ordinal.maximum import GRADIENT_TOLERANCE, covariance_at, maximum, near_maximum, plain_start
from indicators.ordinal.model import OrdinalFit, fit_ordinal, share_at_least
from indicators.ordinal.objective import Objective, Parameters
from indicators.ordinal.patterns import patterns
from indicators.ordinal.proportional_odds import FEWEST_BEYOND_CUT, proportional_odds

NO_DESIGN = np.zeros((1, 0))


def panel(seed: int = 6, n: int = 400) -> dict[str, np.ndarray]:
    """Two moments, the second half a step of log odds higher."""
    rng = np.random.default_rng(seed)
    latent = rng.logistic(size=(n, 2)) + rng.normal(0, 1.2, (n, 1)) + np.array([0, 0.5])
    score = 1 + (latent[:, :, None] > np.array([-1.5, 0.0, 1.5])).sum(axis=2)
    client, cell = np.indices(score.shape)
    return {"score": score.ravel(), "cell": cell.ravel(), "client": client.ravel(), "design": np.array([[0.0], [1.0]])}


def objective_of(rows: dict[str, np.ndarray]) -> tuple[Objective, Parameters]:
    data = patterns(rows["score"] - 1, rows["cell"], rows["client"], 4)
    return Objective(data, terms(data), rows["design"], 15), plain_start(data, 1)


def test_steps_that_would_turn_two_thresholds_round_are_shortened() -> None:
    """From thresholds that all but touch, with a guess of the curvature that sends them through each other."""
    rows = panel()
    objective, _ = objective_of(rows)
    close = Parameters(np.array([-0.002, 0.0, 0.002]), np.array([3.0]), 1.0)
    best, is_top = maximum(objective, close, 0.05 * np.eye(5))
    expected = fit_ordinal(**rows)
    assert is_top
    assert (np.diff(best.thresholds) > 0).all()
    assert best.thresholds == pytest.approx(expected.thresholds, abs=1e-4)
    assert best.coefficients == pytest.approx(expected.coefficients, abs=1e-4)


def test_without_a_curvature_nothing_is_sought() -> None:
    objective, start = objective_of(panel())
    best, is_top = maximum(objective, start, np.full((5, 5), np.nan))
    assert best is start and not is_top


def test_where_the_likelihood_is_no_top_there_is_no_covariance() -> None:
    """Far from the top in the client intercept the likelihood curves the other way."""
    objective, start = objective_of(panel())
    at_zero = Parameters(start.thresholds, start.coefficients, 1e-6)
    assert np.isnan(covariance_at(objective, at_zero)).all()


def with_first(n: int, of: int = 4_000) -> OrdinalFit:
    """Two groups seen twice; in the second `n` of `of` clients scored low once."""
    rng = np.random.default_rng(2)
    score = np.full((of, 2), 2)
    score[: of // 2][rng.random((of // 2, 2)) < 0.3] = 1
    score[of - n :, 0] = 1
    client = np.repeat(np.arange(of), 2)
    return fit_ordinal(score.ravel(), (client >= of // 2).astype(int), np.array([[0.0], [1.0]]), client)


def test_a_group_in_which_everybody_scored_alike_carries_no_model() -> None:
    assert with_first(40).converged
    assert not with_first(0).converged


def steadfast(n: int) -> OrdinalFit:
    """Half of the clients scores low twice and half high twice, but for one of each."""
    score = np.repeat([[1, 1], [2, 2]], n, axis=0)
    score[0, 1], score[n, 1] = 2, 1
    client = np.repeat(np.arange(2 * n), 2)
    return fit_ordinal(score.ravel(), client % 2, np.array([[0.0], [1.0]]), client)


@pytest.mark.parametrize(("n", "holds"), [(4, True), (9, True), (10, False), (13, False)])
def test_a_standard_error_up_to_five_is_wide_and_still_an_answer(n: int, holds: bool) -> None:
    """On the scale of log odds; from five on the data do not hold the coefficient at all."""
    fit = steadfast(n)
    assert (np.sqrt(np.diag(fit.covariance))[:2].max() < 5) == holds
    assert fit.converged == holds


def fitted(thresholds: list[float], levels: list[int], sigma: float = 0.0) -> OrdinalFit:
    n_free = len(thresholds) + 1
    covariance = 0.04 * np.eye(n_free)
    return OrdinalFit(np.array(levels), np.array(thresholds), np.zeros(0), sigma, covariance, 0.0, 10, converged=True)


def test_without_differences_between_clients_the_share_is_the_logistic_of_the_threshold() -> None:
    """log odds of 0.8 and a standard error of 0.2: 1.96 of them to each side."""
    share, low, high = share_at_least(fitted([-0.8, 1.0], [1, 2, 5]), 2, NO_DESIGN)
    assert (share[0], low[0], high[0]) == pytest.approx(special.expit([0.8, 0.8 - 0.391993, 0.8 + 0.391993]), abs=1e-6)


def test_everybody_scores_the_lowest_or_more_and_nobody_more_than_the_highest() -> None:
    fit = fitted([-0.8, 1.0], [2, 3, 5])
    assert [float(share_at_least(fit, level, NO_DESIGN)[0][0]) for level in (1, 2, 6)] == [1, 1, 0]
    # Nobody scored 4, so that from 4 on is from 5 on.
    assert share_at_least(fit, 4, NO_DESIGN)[0] == pytest.approx(share_at_least(fit, 5, NO_DESIGN)[0])
    assert share_at_least(fit, 5, NO_DESIGN)[0] == pytest.approx([special.expit(-1.0)])


@pytest.mark.parametrize(("beyond", "cuts"), [(FEWEST_BEYOND_CUT, 2), (FEWEST_BEYOND_CUT - 1, 1)])
def test_a_cut_with_fewer_than_thirty_beyond_it_is_not_compared(beyond: int, cuts: int) -> None:
    rng = np.random.default_rng(1)
    score = rng.integers(1, 3, 600)
    score[rng.choice(600, beyond, replace=False)] = 3
    cell = rng.integers(0, 2, 600)
    found = proportional_odds(score, cell, np.array([[0.0], [1.0]]), np.repeat(np.arange(300), 2))
    assert len(found.cuts) == cuts
    assert np.isnan(found.p_value) == (cuts < 2)
    assert found.df == cuts - 1


def test_where_odds_are_proportional_the_cuts_agree_and_where_not_they_differ() -> None:
    rows = panel(n=1_500)
    assert proportional_odds(**rows).p_value > 0.01
    assert proportional_odds(**rows).cuts.tolist() == [2, 3, 4]
    apart = np.where((rows["cell"] == 1) & (rows["score"] == 2), 4, rows["score"])
    assert proportional_odds(apart, rows["cell"], rows["design"], rows["client"]).p_value < 1e-6


def test_the_first_search_ends_where_the_likelihood_hardly_rises_any_more() -> None:
    objective, start = objective_of(panel())
    near = near_maximum(objective, start)
    gradient = objective.value_and_gradient(near)[1]
    assert np.abs(gradient).max() < 10 * GRADIENT_TOLERANCE
    assert np.abs(objective.value_and_gradient(start)[1]).max() > 10


def test_a_likelihood_that_curves_the_wrong_way_ever_so_little_has_no_covariance() -> None:
    """Of one client who had the lowest score twice, at a client intercept of a half."""
    rows = {"score": np.array([1, 1]), "cell": np.array([0, 1]), "client": np.array([0, 0])}
    objective, _ = objective_of(rows | {"design": np.array([[0.0], [1.0]])})
    flat = Parameters(np.array([-0.5, 0.0, 0.5]), np.array([0.1]), 0.5)
    assert np.isnan(covariance_at(objective, flat)).all()
