"""Value of information against closed forms and against R's mgcv (tests/reference/mkba_reference.R)."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri
from scipy.stats import qmc

from mkba.balance.frontier import Place, frontier
from mkba.draws.distributions import at_scores, quantiles
from mkba.inputs.spread import Spread
from mkba.uncertainty.value_of_information import evpi, evppi

DATA = Path(__file__).parent / "data"
R = json.loads((DATA / "mkba_reference.json").read_text())


def sobol(n_inputs: int, blocks: int = 8, power: int = 13) -> np.ndarray:
    parts = [qmc.Sobol(n_inputs, rng=np.random.default_rng(seed)).random(2**power) for seed in range(blocks)]
    return ndtri(np.vstack(parts))


def normal_gain(mean: float, sd: float) -> float:
    """EVPI of one normal net benefit against doing nothing; with the sd of what an input explains EVPPI, else EVSI."""
    return float(sd * stats.norm.pdf(mean / sd) - abs(mean) * stats.norm.cdf(-abs(mean) / sd))


def preposterior_sd(prior_sd: float, sampling_variance: float, n: int) -> float:
    """Sd of the posterior mean that a sample of n will give."""
    return float(prior_sd / np.sqrt(1.0 + sampling_variance / (n * prior_sd**2)))


THREE = sobol(3, blocks=4, power=9)


def test_the_closed_forms_that_we_measure_against_are_the_published_ones() -> None:
    root5 = np.sqrt(5.0)
    assert [normal_gain(1, root5), normal_gain(1, 1), normal_gain(1, 2)] == pytest.approx(
        [0.4798107, 0.0833155, 0.3955931], abs=5e-8
    )
    assert [normal_gain(0, root5), normal_gain(0, 1), normal_gain(0, 2)] == pytest.approx(
        [0.8920621, 0.3989423, 0.7978846], abs=5e-8
    )
    samples = [normal_gain(1, preposterior_sd(1, 1, n)) for n in (10, 100, 1000)]
    assert samples == pytest.approx([0.0723251, 0.0821176, 0.0831946], abs=5e-8)


@pytest.mark.parametrize("sds_above_zero", [2.5, 2.9, 3.3])
def test_a_choice_that_only_the_last_draws_turn_has_its_exact_worth(sds_above_zero: float) -> None:
    scores = sobol(2)
    benefits = np.column_stack([np.zeros(len(scores)), 1e6 * (sds_above_zero + scores[:, 0] + scores[:, 1])])
    worth = evppi(benefits, scores[:, 0], 8)
    exact = 1e6 * normal_gain(sds_above_zero, 1)
    assert exact > 100  # bins of equal size gave half of it, and nothing at 3.3
    assert abs(worth.value - exact) < max(3 * worth.se, 0.02 * exact)


def test_a_bend_and_a_wave_have_their_exact_worth() -> None:
    scores = sobol(2)
    grid = np.linspace(-9, 9, 200_001)
    weights = stats.norm.pdf(grid) / stats.norm.pdf(grid).sum()
    for course in (lambda z: 6 * np.maximum(z - 1.5, 0) - 2, lambda z: np.sin(3 * z) - 0.5, lambda z: z**2 - 6):
        known = course(scores[:, 0])
        benefits = np.column_stack([np.zeros(len(scores)), known + known.std() * scores[:, 1]])
        exact = float(weights @ np.maximum(course(grid), 0))
        assert evppi(benefits, scores[:, 0], 8).value == pytest.approx(exact, rel=0.02)


@pytest.mark.parametrize("mean", [1.0, 0.0])
def test_draws_give_the_closed_forms_within_two_percent(mean: float) -> None:
    scores = sobol(2)
    first, second = mean + scores[:, 0], 2 * scores[:, 1]
    benefits = np.column_stack([np.zeros(len(first)), first + second])
    for worth, exact in (
        (evpi(benefits, 8), normal_gain(mean, np.sqrt(5))),
        (evppi(benefits, first, 8), normal_gain(mean, 1)),
        (evppi(benefits, second, 8), normal_gain(mean, 2)),
    ):
        assert worth.value == pytest.approx(exact, rel=0.02)
        assert abs(worth.value - exact) <= 3 * worth.se + 1e-3 * exact


def test_one_more_year_of_measuring_halves_the_variance() -> None:
    scores = sobol(2)
    benefits = np.column_stack([np.zeros(len(scores)), 1 + scores[:, 0] + 2 * scores[:, 1]])
    exact = normal_gain(1, 2 * np.sqrt(0.5))
    assert evppi(benefits, scores[:, 1], 8).one_more_year == pytest.approx(exact, rel=0.02)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    mean=st.floats(-2, 2),
    weights=st.lists(st.floats(-2, 2), min_size=2, max_size=2),
    bend=st.floats(-1, 1),
)
def test_evppi_lies_between_zero_and_evpi_and_one_more_year_below_it(
    mean: float, weights: list[float], bend: float
) -> None:
    scores = THREE
    outcome = mean + scores[:, :2] @ weights + bend * scores[:, 0] * scores[:, 1] + 0.5 * scores[:, 2]
    benefits = np.column_stack([np.zeros(len(outcome)), outcome])
    single = evppi(benefits, scores[:, 0], 4)
    assert 0 <= single.one_more_year <= single.value <= evpi(benefits, 4).value


def test_evppi_is_that_of_mgcv_on_the_same_draws() -> None:
    with (DATA / "mkba_evppi.csv").open() as file:
        rows = list(csv.DictReader(file))
    columns = {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}
    benefits = np.column_stack([np.zeros(len(rows)), columns["benefit"]])
    assert evpi(benefits).value == pytest.approx(R["evpi"], abs=1e-6)
    for name, theirs in R["evppi"].items():
        # 2,000 draws: both are estimates, mgcv with a penalty and ours with a choice between curve and line.
        assert evppi(benefits, columns[name]).value == pytest.approx(theirs, rel=0.05, abs=0.01), name


@pytest.mark.parametrize("case", R["quantiles"], ids=lambda case: case["distribution"])
def test_quantiles_are_those_of_r(case: dict[str, float]) -> None:
    spread = Spread.model_validate({key: case[key] for key in ("distribution", "value", "low", "high")})
    assert quantiles(spread, R["p"]) == pytest.approx(case["quantiles"], rel=1e-8)
    scores = ndtri(np.array(R["p"]))
    assert at_scores(spread, scores) == pytest.approx(case["quantiles"], rel=1e-5)


def test_dominance_and_incremental_ratios_of_six_options() -> None:
    names = ["E", "D", "C", "B", "A", "usual care"]
    places = dict(
        zip(names, frontier([55_000, 35_000, 25_000, 10_000, 12_000, 5_000], [5, 4, 3, 2, 1.5, 1]), strict=True)
    )
    assert places == {
        "usual care": Place("efficient"),
        "B": Place("efficient", 5_000),
        "D": Place("efficient", 12_500),
        "E": Place("efficient", 20_000),
        "C": Place("extended"),
        "A": Place("dominated"),
    }
