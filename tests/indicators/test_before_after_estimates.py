"""Design A: the mean change with an interval over teams, stamped 'change'."""

import json

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ESTIMATES, JOINT
from indicators.effects.before_after_estimates import _inference, before_after_estimates
from indicators.effects.estimates import Outcome

FINANCES = Outcome("finances", "zrm", "points", "finances", moment_from="first", moment_to="last")


def changes(n_teams: int, n_per_team: int = 15) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    team = np.repeat(np.arange(n_teams), n_per_team)
    return pd.DataFrame(
        {
            "client_no": np.arange(team.size),
            "team_no": team,
            "finances": rng.integers(-1, 3, team.size) + 0.0,
            "housing": rng.integers(-2, 3, team.size) + 0.0,
        }
    )


def test_the_mean_change_carries_the_stamp_change_and_its_contracts() -> None:
    found = before_after_estimates(changes(6), [FINANCES, Outcome("housing", "zrm", "points", "housing")])
    assert set(found.estimates["stamp"]) == {"change"}
    assert found.estimates["estimate"].to_numpy() == pytest.approx(
        changes(6)[["finances", "housing"]].mean().to_numpy()
    )
    assert broken_rules(ESTIMATES, found.estimates) == {}
    assert broken_rules(JOINT, found.joint) == {}
    assert len(found.joint) == 4


def test_with_equal_teams_the_interval_is_the_t_interval_over_team_means() -> None:
    means = changes(6).groupby("team_no")["finances"].mean()
    low, high = stats.t.interval(0.95, 5, loc=means.mean(), scale=means.sem())
    row = before_after_estimates(changes(6), [FINANCES]).estimates.iloc[0]
    assert (row["ci_low"], row["ci_high"]) == (pytest.approx(low), pytest.approx(high))


def test_with_one_team_the_interval_is_about_its_clients_and_says_so() -> None:
    row = before_after_estimates(changes(1, 40), [FINANCES]).estimates.iloc[0]
    known = sm.stats.DescrStatsW(changes(1, 40)["finances"])
    assert row["se"] == pytest.approx(known.std_mean)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx(known.tconfint_mean())
    assert json.loads(row["assumptions"])["teams"]["unit"] == "client"


@pytest.mark.parametrize(
    ("finances", "reason"), [(np.nan, "Minder dan twee"), (0.0, "zonder spreiding")], ids=["one moment only", "ceiling"]
)
def test_an_outcome_without_change_to_see_is_refused(finances: float, reason: str) -> None:
    clients = changes(6).assign(finances=finances)
    found = before_after_estimates(clients, [FINANCES, Outcome("housing", "zrm", "points", "housing")])
    assert reason in found.estimates["refused_because"][0]
    assert pd.isna(found.estimates["refused_because"][1])
    assert len(found.joint) == 1


def test_an_outcome_that_nine_clients_have_is_refused_and_one_that_ten_have_is_not() -> None:
    clients = changes(6, 40).assign(finances=0.0)
    for n, is_refused in ((9, True), (10, False)):
        clients.loc[clients.index[: 6 * n : 6], "finances"] = 1.0
        found = before_after_estimates(clients, [FINANCES]).estimates
        assert found["refused_because"].notna()[0] == is_refused
    evictions = Outcome("finances", "events", "event", what="eviction")
    clients = clients.assign(finances=0.0)
    clients.loc[clients.index[:54:6], "finances"] = 1.0  # rare, not alike: use keeps its margin
    assert before_after_estimates(clients, [evictions]).estimates["refused_because"].isna().all()


def test_an_outcome_that_only_one_of_the_teams_scored_is_refused() -> None:
    clients = changes(6, 40)
    clients.loc[clients["team_no"] > 0, "finances"] = np.nan
    found = before_after_estimates(clients, [FINANCES, Outcome("housing", "zrm", "points", "housing")])
    assert "één van de teams" in found.estimates["refused_because"][0]
    assert found.joint["covariance"].notna().all()


def test_one_client_has_no_more_certainty_than_one_degree_of_freedom() -> None:
    known = np.array([[2.0, np.nan], [np.nan, 1.0]])
    inference = _inference(np.zeros(2, np.int64), known, np.ones((2, 2)))
    assert inference.estimate.tolist() == [2.0, 1.0]
    assert inference.degrees_of_freedom.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("values", "weights", "mean", "error", "freedom"),
    [
        ([1.0, 3.0], [1.0, 1.0], 2.0, 1.0, 1.0),  # the sd of two is the root of two, and there are two
        ([1.0, 3.0], [0.5, 0.5], 2.0, 1.0, 1.0),  # the unit of a weight does not matter
        ([1.0, 3.0, np.nan], [1.0, 1.0, 1.0], 2.0, 1.0, 1.0),
        ([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], 2.0, 1 / np.sqrt(3), 2.0),
        ([4.0], [1.0], 4.0, 0.0, 1.0),
        ([np.nan], [1.0], np.nan, 0.0, 1.0),
    ],
)
def test_of_one_team_the_error_is_that_of_its_clients(
    values: list[float], weights: list[float], mean: float, error: float, freedom: float
) -> None:
    columns = np.array(values)[:, None], np.array(weights)[:, None]
    found = _inference(np.zeros(len(values), np.int64), *columns)
    assert found.estimate == pytest.approx([mean], nan_ok=True)
    assert np.sqrt((found.deviation**2).sum()) == pytest.approx(error)
    assert found.degrees_of_freedom.tolist() == [freedom]


@pytest.mark.parametrize("sizes", [(10, 13), (10, 18), (10, 29), (10, 41), (30, 30), (20, 30)])
def test_two_teams_leave_one_degree_of_freedom_whatever_the_last_digit_says(sizes: tuple[int, int]) -> None:
    """By the last digits it is sometimes a little less than one, and then the figure was refused for missing scores."""
    n = sum(sizes)
    clients = pd.DataFrame(
        {"client_no": np.arange(n), "team_no": np.repeat([1, 2], sizes), "change": np.resize([0.0, 1.0, 1.0, -1.0], n)}
    )
    (row,) = before_after_estimates(clients, [Outcome("change", "zrm", "point", "finances")]).estimates.to_dict(
        "records"
    )
    assert row["refused_because"] is None or pd.isna(row["refused_because"])
    assert row["ci_high"] - row["ci_low"] < 2 * 4
