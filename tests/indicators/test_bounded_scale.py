"""Two groups that do not begin alike, on a scale that ends: equal change may not be called a difference."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from data_contracts.demonstrable import LESS, MORE, NONE, shows
from indicators.comparison.bounded_scale import on_underlying_scale, over_both
from indicators.comparison.estimates import comparison_estimates
from indicators.comparison.figures import Pairs, difference_in_differences
from indicators.effects.estimates import Outcome

FINANCES = Outcome("after", "zrm", "points", "finances")


def near_an_end(
    seed: int, *, apart: float = -0.8, effect: float = 0.0, level: float = 2.2, n: int = 700
) -> pd.DataFrame:
    """Twelve teams, six in the approach and `apart` from the others for good; all rise by 0.5 on a scale without ends,
    those of the approach by `effect` more. Workers see that with noise and score it from 1 to 5.
    """
    rng = np.random.default_rng(seed)
    team = np.arange(n) % 12
    exposed = (team < 6).astype(int)
    state = level + apart * exposed + 0.08 * rng.standard_normal(12)[team] + 0.8 * rng.standard_normal(n)
    seen = [state + 0.5 * rng.standard_normal(n), state + 0.5 + effect * exposed + 0.5 * rng.standard_normal(n)]
    before, after = (np.clip(np.rint(one), 1, 5) for one in seen)
    return pd.DataFrame(
        {"client_no": np.arange(n), "team_no": team, "exposed": exposed, "before": before, "after": after}
    )


def compared(clients: pd.DataFrame) -> pd.Series:
    rows = comparison_estimates(clients, [FINANCES], ["before"]).estimates
    return rows.assign(word=shows(rows)).set_index("measure").loc["effect"]


def pairs_of(clients: pd.DataFrame) -> Pairs:
    score = (clients[name].to_numpy(float) for name in ("before", "after"))
    return Pairs(*score, clients["exposed"].eq(1).to_numpy(), np.empty((len(clients), 0)))


@pytest.mark.parametrize("level", [2.2, 4.2], ids=["near the lowest score", "near the highest"])
def test_equal_change_near_an_end_of_the_scale_is_not_called_a_difference(level: float) -> None:
    """At 5 % at most one or two of forty; the difference in change in points alone is called in more than ten."""
    words = [compared(near_an_end(seed, level=level))["word"] for seed in range(40)]
    assert sum(word != NONE for word in words) <= 4


def test_a_real_effect_is_still_found() -> None:
    words = [compared(near_an_end(seed, effect=0.5))["word"] for seed in range(20)]
    assert words.count(MORE) >= 15 and LESS not in words


def test_in_points_alone_the_group_nearer_to_the_end_seems_to_move_less() -> None:
    large = pairs_of(near_an_end(1, n=60_000))
    assert difference_in_differences(large) < -0.07
    assert on_underlying_scale(large) == pytest.approx(0, abs=0.02)


def test_when_scores_rise_by_as_many_points_from_every_level_the_figure_in_points_is_right() -> None:
    """Nobody can tell from two moments which of the two it is, so that the margin holds both."""
    rng = np.random.default_rng(2)
    clients = near_an_end(2, n=60_000)
    rises = rng.random(len(clients)) < 0.4
    clients["after"] = np.minimum(clients["before"], 4) + (rises & (clients["before"] < 5))
    clients = clients[clients["before"] < 5]
    assert difference_in_differences(pairs_of(clients)) == pytest.approx(0, abs=0.02)
    row = compared(clients.head(700))
    assert row["ci_low"] < 0 < row["ci_high"]


def test_groups_that_begin_alike_have_one_figure_and_hardly_a_wider_margin() -> None:
    clients = near_an_end(3, apart=0.0, effect=0.3)
    both = json.loads(compared(clients)["assumptions"])["bounded_scale"]
    assert both["in_points"] == pytest.approx(both["underlying"], abs=0.03)
    whole = compared(clients)
    in_tenths = compared(clients.assign(before=clients["before"] / 10, after=clients["after"] / 10))
    assert whole["se"] < 1.2 * 10 * in_tenths["se"]
    assert "bounded_scale" not in json.loads(in_tenths["assumptions"])  # no whole scores


def test_the_margin_over_both_reaches_from_the_lower_end_of_one_to_the_higher_end_of_the_other() -> None:
    estimate, deviation, freedom = over_both((0.1, np.array([0.03, -0.04]), 1e9), (0.3, np.array([0.06, -0.08]), 1e9))
    half = 1.959964 * np.sqrt((deviation**2).sum())
    assert (estimate - half, estimate + half) == pytest.approx((0.1 - 0.05 * 1.959964, 0.3 + 0.1 * 1.959964), abs=1e-6)
    assert freedom == 1e9


def test_where_all_had_one_score_nothing_is_expected_to_move() -> None:
    ones = np.ones(6)
    treated = np.array([True] * 3 + [False] * 3)
    after = np.where(treated, 2.0, 1.0)
    assert on_underlying_scale(Pairs(ones, after, treated, np.empty((6, 0)))) == 1.0


def test_where_a_whole_group_has_one_score_there_is_a_figure_still() -> None:
    before = np.array([1.0, 1, 1, 1, 1, 2, 3, 2])
    after = np.array([1.0, 2, 2, 1, 2, 3, 3, 2])
    treated = np.array([True] * 4 + [False] * 4)
    found = on_underlying_scale(Pairs(before, after, treated, np.empty((8, 0))))
    assert 0 <= found <= 0.5
