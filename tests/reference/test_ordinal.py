"""The ordinal mixed model equals R ordinal::clmm on an invented panel. Values made by ordinal.R."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from indicators.ordinal.likelihood import terms
from indicators.ordinal.model import fit_ordinal, share_at_least
from indicators.ordinal.objective import Objective, Parameters
from indicators.ordinal.patterns import patterns
from indicators.ordinal.proportional_odds import proportional_odds

HERE = Path(__file__).parent
EXPECTED = pd.read_csv(HERE / "ordinal.csv").set_index(["name", "model"])["value"]
DATA = pd.read_csv(HERE / "data" / "effect_synth.csv")
DESIGN = np.array([[w == 1, w == 2, a, a * (w == 1), a * (w == 2)] for w in range(3) for a in range(2)], dtype=float)
COEFFICIENTS = ["wave1", "wave2", "arm1", "wave1:arm1", "wave2:arm1"]
THRESHOLDS = ["1|2", "2|3", "3|4", "4|5"]
ROWS = {
    "score": DATA["score"].to_numpy(),
    "cell": (2 * DATA["wave"] + DATA["arm"]).to_numpy(),
    "design": DESIGN,
    "client": DATA["client"].to_numpy(),
}
FIT = fit_ordinal(**ROWS)


def test_client_intercept_equals_clmm_with_fifteen_nodes() -> None:
    expected = EXPECTED.xs("client", level="model")
    # Both stop a little beside the top; the fifth decimal is where they stop being the same.
    assert FIT.log_likelihood == pytest.approx(expected["logLik"], abs=1e-5)
    assert FIT.coefficients == pytest.approx(expected[COEFFICIENTS].to_numpy(), abs=3e-5)
    assert FIT.thresholds == pytest.approx(expected[THRESHOLDS].to_numpy(), abs=3e-5)
    assert FIT.sigma == pytest.approx(expected["sigma"], abs=3e-5)
    errors = [f"se_{name}" for name in THRESHOLDS + COEFFICIENTS]
    assert np.sqrt(np.diag(FIT.covariance))[:-1] == pytest.approx(expected[errors].to_numpy(), abs=2e-4)
    assert FIT.converged and FIT.n_clients == DATA["client"].nunique()


def small(sigma: float = 1.1) -> tuple[Objective, Parameters]:
    rng = np.random.default_rng(3)
    client = np.repeat(np.arange(12), 3)
    data = patterns(rng.integers(0, 4, 36), np.tile([0, 1, 2], 12), client, 4)
    now = Parameters(np.array([-1.0, 0.2, 1.4]), np.array([0.4, -0.3]), sigma)
    objective = Objective(data, terms(data), np.array([[0, 0], [1, 0], [0, 1.0]]), 25)
    return objective, now


@pytest.mark.parametrize(("sigma", "tolerance"), [(1.1, 1e-6), (5.0, 0.02)])
def test_likelihood_equals_brute_force_integration(sigma: float, tolerance: float) -> None:
    """With a very large sigma the integrand is no bell any more, and twenty-five nodes reach fewer digits."""
    objective, now = small(sigma)
    data = objective.data
    thresholds = np.concatenate([[-np.inf], now.thresholds, [np.inf]])
    eta = objective.design @ now.coefficients

    many = np.linspace(-9, 9, 2_001)
    density = stats.norm.pdf(many) * (many[1] - many[0])

    def of_client(pattern: int) -> float:
        rows = slice(data.start[pattern], np.append(data.start, len(data.level))[pattern + 1])
        level, shift = data.level[rows], eta[data.cell[rows]]
        shift = shift + now.sigma * many[:, None]
        chance = special.expit(thresholds[level + 1] - shift) - special.expit(thresholds[level] - shift)
        return float(density @ np.prod(chance, axis=1)) ** data.weight[pattern]

    total = sum(np.log(of_client(pattern)) for pattern in range(len(data.start)))
    assert objective.value_and_gradient(now)[0] == pytest.approx(total, abs=tolerance)
    assert objective.value_and_gradient(now)[0] == pytest.approx(objective.value_and_gradient(now)[0], abs=1e-9)


def test_gradient_equals_differences_of_the_likelihood() -> None:
    objective, now = small()
    point = np.concatenate([now.thresholds, now.coefficients, [now.sigma]])

    def value(at: np.ndarray) -> float:
        return objective.value_and_gradient(Parameters(at[:3], at[3:5], at[5]))[0]

    steps = 1e-5 * np.eye(len(point))
    numeric = [(value(point + step) - value(point - step)) / 2e-5 for step in steps]
    assert objective.value_and_gradient(now)[1] == pytest.approx(np.array(numeric), abs=1e-5)


def test_equal_clients_are_one_pattern() -> None:
    data = patterns(np.array([0, 1, 1, 0, 0, 1]), np.array([0, 1, 1, 0, 0, 1]), np.array([1, 1, 2, 2, 3, 3]), 2)
    assert data.weight.tolist() == [3.0] and len(data.level) == 2


def test_share_at_least_is_averaged_over_clients() -> None:
    """Against a million simulated clients; the share of a client in the middle would be further from one half."""
    rng = np.random.default_rng(5)
    share, low, high = share_at_least(FIT, 4, DESIGN)
    clients = DESIGN[5] @ FIT.coefficients + FIT.sigma * rng.standard_normal(1_000_000)
    simulated = np.mean(clients + rng.logistic(size=1_000_000) > FIT.thresholds[2])
    assert share[5] == pytest.approx(simulated, abs=3 * 0.0005)
    assert (low < share).all() and (share < high).all()
    raw = DATA[(DATA["wave"] == 0) & (DATA["arm"] == 0)]["score"].ge(4).mean()
    assert low[0] < raw < high[0]
    assert share_at_least(FIT, 1, DESIGN)[0].tolist() == [1.0] * 6


def test_everybody_alike_in_one_cell_is_not_called_converged() -> None:
    score = np.where(ROWS["cell"] == 5, 5, ROWS["score"])
    assert not fit_ordinal(**{**ROWS, "score": score}).converged


def test_proportional_odds_hold_on_a_proportional_panel_and_fail_on_another() -> None:
    rng = np.random.default_rng(8)
    client = np.tile(np.arange(600), 2)
    cell = np.repeat([0, 1], 600)
    latent = np.tile(rng.normal(size=600), 2) + rng.logistic(size=1200)
    design = np.array([[0.0], [1.0]])

    def check(effect: np.ndarray):
        score = 1 + np.sum(latent[:, None] + effect * cell[:, None] > np.array([-2, -0.5, 0.5, 2]), axis=1)
        return proportional_odds(score, cell, design, client)

    holds, fails = check(np.full(4, 0.6)), check(np.array([1.8, 0.6, 0.0, -0.6]))
    assert holds.df == 3 and holds.p_value > 0.05
    assert fails.p_value < 1e-6
    assert np.all(np.diff(fails.coefficients[:, 0]) < 0)


def test_the_margin_of_a_share_is_that_of_its_logit_where_nobody_differs() -> None:
    """Without spread between clients the share is expit(x'b - threshold), so its error is that of the line itself."""
    fit = replace(FIT, sigma=0.0)
    share, low, high = share_at_least(fit, 4, DESIGN)
    below = len(fit.thresholds[:2])
    line = np.hstack([np.zeros((6, len(fit.thresholds))), DESIGN])
    line[:, below] = -1
    n = line.shape[1]
    error = np.sqrt(np.einsum("ci,ij,cj->c", line, fit.covariance[:n, :n], line))
    centre = DESIGN @ fit.coefficients - fit.thresholds[below]
    assert share == pytest.approx(special.expit(centre))
    assert low == pytest.approx(special.expit(centre - 1.959964 * error), abs=1e-6)
    assert high == pytest.approx(special.expit(centre + 1.959964 * error), abs=1e-6)


def test_a_cut_with_too_few_below_it_is_passed_over_and_the_next_are_compared() -> None:
    rng = np.random.default_rng(8)
    client, cell = np.tile(np.arange(400), 2), np.repeat([0, 1], 400)
    latent = np.tile(rng.normal(size=400), 2) + rng.logistic(size=800) + 0.6 * cell
    score = 1 + np.sum(latent[:, None] > np.array([-9, -0.5, 0.5, 2]), axis=1)
    score[0] = 1
    assert proportional_odds(score, cell, np.array([[0.0], [1.0]]), client).cuts.tolist() == [3, 4, 5]
