"""What a mean tells of counts, against every way in which whole scores can add up to it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.gate.means import at_the_end, facts_of_means, tell_the_number
from data_contracts.gate.specs import SPECS

CHANGE = SPECS["out_change__by_domain"]


def row(subject: str = "zrm", life_domain: str = "housing", **figures: float) -> pd.DataFrame:
    usual = dict.fromkeys(["mean_before", "mean_after", "mean_change"], np.nan)
    return pd.DataFrame([{"subject": subject, "life_domain": life_domain} | usual | figures])


def told(**figures: float) -> list[dict[str, float]]:
    """Each fact as the weights of the counts in it."""
    facts = facts_of_means(CHANGE, row(**figures))
    assert facts.row.tolist() == [0] * len(facts.weights)
    rows = [zip(CHANGE.counts, weights, strict=True) for weights in facts.weights.round(9).tolist()]
    return [{name: weight for name, weight in one if weight} for one in rows]


@pytest.mark.parametrize(
    ("mean", "part"), [("mean_before", "n_sufficient_before"), ("mean_after", "n_sufficient_after")]
)
def test_a_mean_of_two_and_a_half_bounds_who_has_four_or_more(mean: str, part: str) -> None:
    """A mean from 2.45 to 2.55: three points above 1 for each that is sufficient; others have 3 and they 5 at most."""
    assert told(**{mean: 2.53}) == [{part: 3.0, "n_clients": -1.55}, {part: -2.0, "n_clients": -0.55}]


def test_a_mean_change_bounds_who_went_up_and_down_by_one_to_four_points() -> None:
    up, down = told(mean_change=0.42)
    assert up == {"n_up": 1.0, "n_down": -4.0, "n_clients": -0.45}
    assert down == {"n_up": -4.0, "n_down": 1.0, "n_clients": 0.35}


def test_without_a_mean_or_a_scale_nothing_is_told() -> None:
    assert told() == []
    nothing = facts_of_means(CHANGE, row("events", "all", mean_before=2.5))
    assert len(nothing.row) == len(nothing.weights) == 0
    reliable = facts_of_means(SPECS["out_change__reliable"], row(mean_before=2.5))
    assert reliable.weights.shape == (0, len(SPECS["out_change__reliable"].counts))


scores = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=30)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(scores)
def test_what_means_tell_is_never_untrue(pairs: list[tuple[int, int]]) -> None:
    before, after = np.array(pairs).T
    counts = [len(pairs), *(int((np.sign(after - before) == way).sum()) for way in (1, 0, -1))]
    counts += [int((side >= 4).sum()) for side in (before, after)]
    means = {"mean_before": before.mean(), "mean_after": after.mean(), "mean_change": (after - before).mean()}
    facts = facts_of_means(CHANGE, row(**means))
    assert len(facts.row) == 6
    assert (facts.weights @ counts <= 1e-9).all()


@pytest.mark.parametrize(
    ("n", "mean", "is_near"),
    [(60, 1.15, True), (60, 1.17, False), (40, 1.25, False), (40, 1.24, True), (60, 4.85, True), (60, 4.83, False),
     (40, 4.75, False), (60, 3.0, False), (60, np.nan, False)],
)  # fmt: skip
def test_a_mean_lies_at_an_end_where_fewer_points_than_the_threshold_keep_it_away(
    n: int, mean: float, is_near: bool
) -> None:
    found = at_the_end(row(mean_before=mean), "mean_before", np.array([n]), np.array([10]))
    assert found.tolist() == [is_near]
    unscored = at_the_end(row("events", "all", mean_before=mean), "mean_before", np.array([n]), np.array([10]))
    assert unscored.tolist() == [False]


def n_that_fit(shown: dict[str, float], step: float, low: int, high: int) -> int:
    """The numbers of clients for which there are whole sums of scores with these rounded means, by trying all."""

    def sums(name: str, n: int) -> list[int]:
        wide = range(-6 * n, 6 * n + 1)
        return [one for one in wide if abs(one / n - shown[name]) <= step / 2 + 1e-12] if name in shown else [0]

    def fits(n: int) -> bool:
        every = product(sums("mean_before", n), sums("mean_after", n), sums("mean_change", n))
        return any(len(shown) < 3 or after - before == change for before, after, change in every)

    return sum(fits(n) for n in range(low, high + 1))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.integers(10, 24), st.integers(0, 40), st.integers(0, 40), st.sampled_from([0.1, 0.05]))
def test_means_tell_the_number_exactly_when_only_one_number_goes_with_them(
    n: int, before: int, after: int, step: float
) -> None:
    exact = {"mean_before": 1 + before / n, "mean_after": 1 + after / n, "mean_change": (after - before) / n}
    shown = {name: float(np.round(mean / step) * step) for name, mean in exact.items()}
    base = 5
    middle = (n + base // 2) // base * base
    for names in (["mean_before"], ["mean_before", "mean_after"], list(shown)):
        means = {name: np.array([shown[name]]) for name in names}
        found = tell_the_number(means, np.array([step]), np.array([n]), base, np.array([10])).tolist()
        fitting = n_that_fit({name: shown[name] for name in names}, step, max(10, middle - 2), middle + 2)
        assert found == [fitting == 1]


@pytest.mark.parametrize(
    ("n", "before", "after", "step"), [(21, 32, 2, 0.05), (12, 34, 37, 0.1), (12, 15, 32, 0.1), (21, 32, 24, 0.05)]
)
def test_the_means_before_and_after_and_their_difference_tell_more_than_each_by_itself(
    n: int, before: int, after: int, step: float
) -> None:
    exact = {"mean_before": 1 + before / n, "mean_after": 1 + after / n, "mean_change": (after - before) / n}
    means = {name: np.array([np.round(mean / step) * step]) for name, mean in exact.items()}
    least, base = (n + 2) // 5 * 5 - 2, 5
    fitting = n_that_fit({name: float(mean[0]) for name, mean in means.items()}, step, max(10, least), least + 4)
    found = tell_the_number(means, np.array([step]), np.array([n]), base, np.array([10]))
    assert found.tolist() == [fitting == 1] == [True]


def test_that_a_shown_number_reaches_the_threshold_helps_to_tell_it() -> None:
    """Of 8 to 12 clients, 2.09 goes with 11 only; of 10 to 12 too; 2.1 in one decimal goes with 8, 10, 11 and 12."""

    def tells(mean: float, step: float, threshold: int) -> bool:
        found = tell_the_number({"mean_score": np.array([mean])}, np.array([step]), np.array([11]), 5,
                                np.array([threshold]))  # fmt: skip
        return bool(found[0])

    assert tells(2.09, 0.01, 8) and tells(2.09, 0.01, 10)
    assert not tells(2.1, 0.1, 8) and not tells(2.1, 0.1, 10)
    assert tells(2.1, 0.1, 12)
